import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintRunbook } from '../../../src/domain/runbook/lint.ts';
import type { Runbook } from '../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { toParts } from '../../../src/domain/runbook/source/parts.ts';
import { corpusFiles, readSeed } from './seeds.ts';

const COUNT = Number(process.env['WATCHKEEPER_FUZZ_COUNT'] ?? 1000);
const MAX_MS = 1000;
const BITS = [
  '```',
  '~~~~',
  '```bash\n',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '    ',
  '> ',
  '- [ ] ',
  '1. ',
  '# ',
  '---\n',
  '!!! note\n',
  '<details>',
  '"',
  "'",
  '`',
  '$(',
  '<<EOF\n',
  '\\\n',
  '| ',
  '&& ',
  '{',
  '}',
  '<pod>',
  '\uFEFF',
  '\u00a0',
  '\u200b',
  '\u0000',
  '\ud83d',
  '\ufffd',
  '[[',
  '((',
  'case x in ',
  '*',
  '**Symptoms**: ',
  '$ ',
  '\u2028',
];

/** CPU time in ms, so that a busy machine is not mistaken for a hang. */
function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(since);
  return (user + system) / 1000;
}

/** A small generator of its own, so that a failing seed can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return below => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0;
    return (state >>> 0) % Math.max(1, below);
  };
}

function mutate(text: string, seed: number): string {
  const random = randomFrom(seed);
  let mutated = text;
  for (let i = 1 + random(12); i > 0; i--) {
    const at = random(mutated.length);
    const length = random(random(4) === 0 ? 400 : 8);
    const bit = BITS[random(BITS.length)] ?? '';
    const piece = mutated.slice(at, at + length);
    const kind = random(6);
    if (kind === 0) mutated = mutated.slice(0, at) + mutated.slice(at + length);
    else if (kind === 1) mutated = mutated.slice(0, at) + bit + mutated.slice(at);
    else if (kind === 2) mutated = mutated.slice(0, at) + bit.repeat(1 + random(200)) + mutated.slice(at);
    else if (kind === 3)
      mutated = mutated.slice(0, at) + String.fromCharCode(random(65536)) + mutated.slice(at + 1);
    else if (kind === 4) mutated = mutated.slice(0, at) + piece + piece + mutated.slice(at + length);
    else mutated = mutated.slice(0, at);
  }
  return mutated;
}

function assertSound(runbook: Runbook, text: string): void {
  assert.equal(
    toParts(runbook, text)
      .map(part => part.text)
      .join(''),
    text,
  );
  const ids = runbook.steps.map(step => step.id);
  assert.equal(new Set(ids).size, ids.length, 'ids are unique');
  for (const { range } of [...runbook.steps, ...runbook.checklist, ...runbook.templates]) {
    assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length);
    assert.ok(1 <= range.startLine && range.startLine <= range.endLine);
  }
}

test('no mutated runbook throws, takes a second, or loses a character', t => {
  const sources = [
    readSeed('service-down'),
    readSeed('incident-response'),
    ...corpusFiles().map(one => one.text),
  ].filter(text => text !== undefined);
  if (sources.length === 0) return t.skip('../shared/seeds is absent');
  let slowest = 0;
  for (let i = 0; i < COUNT; i++) {
    const text = mutate(sources[i % sources.length] ?? '', i);
    const start = process.threadCpuUsage();
    try {
      const runbook = parseRunbook('f.md', text);
      slowest = Math.max(slowest, cpuMs(start));
      assertSound(runbook, text);
      lintRunbook(runbook, text, { exists: () => false, hasTool: () => false });
    } catch (error) {
      throw new Error(`mutation ${i}: ${error instanceof Error ? error.stack : error}`);
    }
  }
  t.diagnostic(`${COUNT} mutations, slowest ${slowest.toFixed(1)} ms`);
  assert.ok(slowest < MAX_MS, `slowest took ${slowest} ms`);
});

test('every real file comes back from its parts, and one-line commands stand where they say', t => {
  const files = corpusFiles();
  if (files.length === 0) return t.skip('../shared/corpus is absent');
  for (const { file, text } of files) {
    const runbook = parseRunbook(file, text);
    assertSound(runbook, text);
    for (const step of runbook.steps)
      if (step.kind === 'command' && !step.command.includes('\n'))
        assert.equal(
          text.slice(step.range.start, step.range.end),
          step.command,
          `${file}:${step.range.startLine}`,
        );
  }
});

test('texts made to be slow are read in time', t => {
  const fence = (content: string) => `# T\n\n\`\`\`bash\n${content}\n\`\`\`\n`;
  const rows: readonly (readonly [string, string])[] = [
    ['open quote over many lines', fence(`echo "${'ls -l\n'.repeat(4_000)}`)],
    ['many open quotes', fence('echo "it\'s `x\n'.repeat(5_000))],
    ['deep lists', '- '.repeat(20_000)],
    ['deep quotes', `${'> '.repeat(5_000)}x`],
    ['many headings', '# A\n\n'.repeat(20_000)],
    ['nested substitutions', fence('echo $('.repeat(500))],
    ['many angle brackets', fence(`echo ${'<a'.repeat(50_000)}`)],
    ['many braces', fence(`echo ${'{a '.repeat(50_000)}`)],
    ['one long line', fence(`echo ${'x'.repeat(500_000)}`)],
    ['long table', '| a | b |\n'.repeat(20_000)],
    ['stars', '*'.repeat(100_000)],
    ['links', '[a]('.repeat(30_000)],
    ['many fences', '```sh\nls\n```\n'.repeat(10_000)],
    ['many lines', fence('a\n'.repeat(400_000))],
    ['spaces', `${' '.repeat(200_000)}x`],
    ['words', fence('a '.repeat(100_000))],
    ['gaps', fence(`${'<x> '.repeat(3_000)}`)],
    ['backslashes', fence('a \\\n'.repeat(10_000))],
    ['here-documents', fence('cat <<E\n'.repeat(3_000))],
  ];
  for (const [name, text] of rows) {
    const start = process.threadCpuUsage();
    const runbook = parseRunbook('slow.md', text);
    const tookMs = cpuMs(start);
    t.diagnostic(`${name}: ${tookMs.toFixed(0)} ms`);
    assert.ok(tookMs < MAX_MS, `${name} took ${tookMs.toFixed(0)} ms`);
    assert.equal(
      toParts(runbook, text)
        .map(part => part.text)
        .join(''),
      text,
      name,
    );
  }
});

test('a file of 10 MB and a binary file are refused in words', () => {
  const large = parseRunbook('large.md', '# A\n'.repeat(2_600_000));
  assert.match(large.unreadable ?? '', /9\.9 MB/);
  assert.equal(large.steps.length, 0);
  const binary = parseRunbook('picture.md', `\u0089PNG\r\n${'\u0000\u0001\ufffd'.repeat(500)}`);
  assert.match(binary.unreadable ?? '', /binary/);
});
