// Runs inside the extension host: waits for three extensions to be active, then reads VS Code's own table of what
// their activation cost, and which files the host has loaded by then.
import fs from 'node:fs';
import * as vscode from 'vscode';

export interface ActivationCost {
  readonly loadMs: number;
  readonly activateMs: number;
}

export interface ProbeReport {
  readonly costs: Readonly<Record<string, ActivationCost>>;
  readonly loadedFiles: readonly string[];
}

const LIMIT_MS = 30_000;

export async function run(): Promise<void> {
  const wanted = (process.env['WATCHKEEPER_BENCH_EXTENSIONS'] ?? '').split(',');
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '# Markdown' });
  await vscode.window.showTextDocument(document);
  // An empty folder wakes nobody who waits for files of its own.
  for (const id of wanted) await vscode.extensions.getExtension(id)?.activate();
  await until(
    () => wanted.every(id => vscode.extensions.getExtension(id)?.isActive),
    () => wanted.filter(id => !vscode.extensions.getExtension(id)?.isActive).join(', '),
  );
  const loadedFiles = Object.keys(require.cache);
  await vscode.commands.executeCommand('perfview.show');
  const table = () =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
  const costs = await until(
    () => {
      const found = Object.fromEntries(wanted.flatMap(id => costOf(table(), id)));
      return Object.keys(found).length === wanted.length ? found : undefined;
    },
    () => `${wanted.join(', ')} in ${table()}`,
  );
  const report: ProbeReport = { costs, loadedFiles };
  fs.writeFileSync(process.env['WATCHKEEPER_REPORT'] ?? '', JSON.stringify(report));
}

/** Row `| id | eager | load code | call activate | finish activate | event | by |`, times in ms. */
function costOf(table: string, id: string): [string, ActivationCost][] {
  const row = table.split('\n').find(line => line.split('|')[1]?.trim() === id);
  const [, , , load, call, finish] = row?.split('|').map(cell => cell.trim()) ?? [];
  if (load === undefined || load === '' || call === undefined || finish === undefined) return [];
  return [[id, { loadMs: Number(load), activateMs: Number(call) + Number(finish) }]];
}

async function until<T>(probe: () => T | undefined | false, missing: () => string): Promise<T> {
  const endMs = performance.now() + LIMIT_MS;
  for (;;) {
    const value = probe();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > endMs) throw new Error(`no sign of ${missing()}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
