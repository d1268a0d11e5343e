// Prints what the parser sees in a file or in every Markdown file of a folder: for people, or with --json for
// anyone who wants to score it.
import fs from 'node:fs';
import path from 'node:path';
import type { CommandStep, Runbook, Section } from '../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../src/domain/runbook/parseRunbook.ts';

const args = process.argv.slice(2);
const isJson = args.includes('--json');
const target = args.find(arg => !arg.startsWith('--'));
if (target === undefined || !fs.existsSync(target)) {
  console.error(
    target === undefined
      ? 'Usage: npm run runbooks -- <file or folder> [--json]'
      : `There is no file or folder ${target}.`,
  );
  process.exitCode = 1;
} else {
  const runbooks = markdownFiles(target).map(({ file, name }) =>
    parseRunbook(name, fs.readFileSync(file, 'utf8')),
  );
  process.stdout.write(
    isJson ? `${JSON.stringify(toJson(runbooks), undefined, 1)}\n` : runbooks.map(toText).join('\n'),
  );
}

function markdownFiles(where: string): readonly { readonly file: string; readonly name: string }[] {
  if (fs.statSync(where).isFile()) return [{ file: where, name: path.basename(where) }];
  return fs
    .readdirSync(where, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(?:md|markdown|mdx)$/i.test(name) && fs.statSync(path.join(where, name)).isFile())
    .sort()
    .map(name => ({ file: path.join(where, name), name: name.split(path.sep).join('/') }));
}

function toJson(runbooks: readonly Runbook[]): unknown {
  return { files: Object.fromEntries(runbooks.map(runbook => [runbook.file, fileFacts(runbook)])) };
}

function fileFacts(runbook: Runbook): unknown {
  return {
    blocks: runbook.blocks
      .filter(block => block.kind === 'fence')
      .map(block => ({
        start: block.startLine,
        end: block.endLine,
        lang: block.lang,
        text: block.text,
        runnable: block.isRunnable,
        commands: toCommands(block.steps),
      })),
    headings: headingsOf(runbook.sections),
    ...(runbook.unreadable === undefined ? {} : { unreadable: runbook.unreadable }),
  };
}

/** `vars`: read here and not set by an earlier command of the same block. */
function toCommands(steps: readonly CommandStep[]): readonly unknown[] {
  const setSoFar = new Set<string>();
  return steps.map(step => {
    const vars = step.reads.filter(name => !setSoFar.has(name));
    for (const name of step.sets) setSoFar.add(name);
    return {
      text: step.command,
      title: step.title,
      placeholders: step.holes.map(hole => hole.text),
      vars,
      risk: step.risk,
      mode: step.mode,
      ...(step.broken === undefined ? {} : { broken: step.broken }),
    };
  });
}

function headingsOf(sections: readonly Section[]): readonly (readonly [number, number, string])[] {
  return sections.flatMap(section => [
    ...(section.level > 0 ? [[section.range.startLine, section.level, section.title] as const] : []),
    ...headingsOf(section.sections),
  ]);
}

function toText(runbook: Runbook): string {
  const lines = runbook.steps.map(step =>
    step.kind === 'manual'
      ? `${String(step.range.startLine).padStart(5)}  manual          ${step.title}`
      : `${String(step.range.startLine).padStart(5)}  ${step.risk.padEnd(8)}${step.mode.padEnd(8)}${step.title}  ›  ${step.command.split('\n')[0]}`,
  );
  return `${runbook.file}: ${runbook.unreadable ?? `${runbook.title}, ${runbook.steps.length} steps`}\n${lines.join('\n')}\n`;
}
