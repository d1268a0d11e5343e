import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeBlock, CommandStep, Risk } from '../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { CORPUS_LABELS } from './corpusLabels.ts';
import { corpusFiles } from './seeds.ts';

interface Judged {
  readonly place: string;
  readonly wanted: { readonly commands: number; readonly risk: string; readonly gaps: number };
  readonly block: CodeBlock | undefined;
}

const RISK_LETTERS: Readonly<Record<string, Risk>> = { r: 'read', c: 'change', d: 'destroy' };
const ORDER: readonly Risk[] = ['read', 'unknown', 'change', 'destroy'];

function judged(): readonly Judged[] {
  const files = new Map(corpusFiles().map(({ file, text }) => [file, parseRunbook(file, text)]));
  return Object.entries(CORPUS_LABELS).flatMap(([name, labels]) => {
    const runbook = files.get(`${name}.md`);
    return labels.split(' ').map(label => {
      const [, line = '', commands = '0', risk = 'r', gaps = '0'] =
        /^(\d+):(\d+)(?:([rcd?])(\d+))?$/.exec(label) ?? [];
      return {
        place: `${name}:${line}`,
        wanted: { commands: Number(commands), risk, gaps: Number(gaps) },
        block: runbook?.blocks.find(block => block.kind === 'fence' && block.startLine === Number(line)),
      };
    });
  });
}

function highestRisk(steps: readonly CommandStep[]): Risk {
  return ORDER[Math.max(0, ...steps.map(step => ORDER.indexOf(step.risk)))] ?? 'read';
}

test('the rules agree with a reader about the blocks of the development corpus', t => {
  if (corpusFiles().length === 0) return t.skip('../shared/corpus is absent');
  const all = judged();
  const missed: string[] = [];
  const count = {
    runnable: 0,
    found: 0,
    right: 0,
    exact: 0,
    gaps: 0,
    gapsFound: 0,
    gapsRight: 0,
    understated: 0,
  };
  for (const { place, wanted, block } of all) {
    assert.ok(block, `${place} is no fenced block`);
    const isWanted = wanted.commands > 0;
    if (isWanted) count.runnable++;
    if (block.isRunnable) count.found++;
    if (isWanted && block.isRunnable) count.right++;
    if (isWanted !== block.isRunnable) missed.push(`${place}: runnable ${block.isRunnable}`);
    if (!isWanted || !block.isRunnable) continue;
    if (block.steps.length === wanted.commands) count.exact++;
    else missed.push(`${place}: ${block.steps.length} commands, a reader sees ${wanted.commands}`);
    const gaps = block.steps.reduce((sum, step) => sum + step.holes.length, 0);
    count.gaps += wanted.gaps;
    count.gapsFound += gaps;
    count.gapsRight += Math.min(gaps, wanted.gaps);
    if (gaps !== wanted.gaps) missed.push(`${place}: ${gaps} gaps, a reader sees ${wanted.gaps}`);
    const risk = highestRisk(block.steps);
    const wantedRisk = RISK_LETTERS[wanted.risk];
    if (wantedRisk && wantedRisk !== 'read' && risk === 'read') count.understated++;
    if (wantedRisk && wantedRisk !== risk) missed.push(`${place}: ${risk}, a reader says ${wantedRisk}`);
  }
  t.diagnostic(`${all.length} blocks: ${JSON.stringify(count)}`);
  for (const line of missed) t.diagnostic(line);
  assert.ok(all.length >= 100);
  assert.ok(count.right / count.found >= 0.98, 'runnable precision');
  assert.ok(count.right / count.runnable >= 0.99, 'runnable recall');
  assert.ok(count.exact / count.right >= 0.97, 'command count exact');
  assert.ok(count.gapsRight / count.gaps >= 0.95, 'recall of gaps');
  assert.ok(count.gapsRight / count.gapsFound >= 0.95, 'precision of gaps');
  assert.equal(count.understated, 0, 'nothing that changes is called read-only');
});
