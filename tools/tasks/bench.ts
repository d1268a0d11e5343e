// npm run bench -- <name> [--json <file>]: us, the peer and the limit in one run, as a table. A timing never fails.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchResult, BenchRow } from '../../test/bench/types.ts';
import { root } from '../lib/process.ts';
import { enterRun } from '../lib/run.ts';

const folder = path.join(root, 'test', 'bench');
const args = process.argv.slice(2);
const jsonAt = args.indexOf('--json');
const jsonFile = jsonAt < 0 ? undefined : args[jsonAt + 1];
const name = args.find((argument, at) => !argument.startsWith('--') && (jsonAt < 0 || at !== jsonAt + 1));
const file = name === undefined ? undefined : benchFile(name);
if (file === undefined || (jsonAt >= 0 && jsonFile === undefined)) {
  console.error(`Usage: npm run bench -- <name> [--json <file>]\nNames: ${benchNames().join(', ')}`);
  process.exit(1);
}
const run = await enterRun();
const module: { run(): Promise<BenchResult> } = await import(pathToFileURL(file).href);
const result = { ...(await module.run()), machine: machine() };
printTable(result.results);
if (jsonFile !== undefined) {
  const { name: benchName, machine: where, results } = result;
  fs.mkdirSync(path.dirname(path.resolve(jsonFile)), { recursive: true });
  fs.writeFileSync(
    jsonFile,
    `${JSON.stringify({ name: benchName, machine: where, results }, undefined, 2)}\n`,
  );
}
await run.end();
process.exit(0);

/** Accepts `timeline-page` for timelinePage.ts. */
function benchFile(wanted: string): string | undefined {
  const camel = wanted.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [wanted, camel].map(base => path.join(folder, `${base}.ts`)).find(candidate => isBench(candidate));
}

function benchNames(): string[] {
  return fs
    .readdirSync(folder)
    .filter(entry => entry.endsWith('.ts') && isBench(path.join(folder, entry)))
    .map(entry => entry.slice(0, -3));
}

function isBench(candidate: string): boolean {
  return (
    fs.existsSync(candidate) &&
    /^export (async function|const) run\b/m.test(fs.readFileSync(candidate, 'utf8'))
  );
}

function machine(): string {
  const cpus = os.cpus();
  const load = os.loadavg()[0]?.toFixed(1);
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus.length} x ${cpus[0]?.model.trim()}, ${memory} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}, load ${load}`;
}

function printTable(rows: readonly BenchRow[]): void {
  const cells = [
    ['metric', 'unit', 'ours', 'peer', 'limit', 'target', 'met'],
    ...rows.map(row => [
      row.metric,
      row.unit,
      ...[row.ours, row.peer, row.limit].map(toCell),
      row.target ?? '–',
      row.target === null ? '–' : row.met ? 'yes' : 'NO',
    ]),
  ];
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map(line => line[column]?.length ?? 0))) ?? [];
  for (const line of cells)
    console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function toCell(value: number | null): string {
  if (value === null) return '–';
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 1000 ? 1 : 0 });
}
