// What a cold extension host pays for us, beside an empty extension (the limit) and VS Code's own Markdown extension
// (the peer), all three in the same host, seven hosts.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { buildExtension } from '../../tools/lib/build.ts';
import { launcherProgram } from '../../tools/lib/hostSuites.ts';
import { root } from '../../tools/lib/process.ts';
import { ensureVsCode } from '../../tools/lib/vscode.ts';
import type { ProbeReport } from './activation/probe.ts';
import type { BenchResult } from './types.ts';

const OURS = 'watchkeeper.watchkeeper';
const EMPTY = 'bench.empty';
const MARKDOWN = 'vscode.markdown-language-features';
const ROUNDS = 7;
const TARGET_MS = 60;
const CLIENTS = /[\\/](dockerode|docker-modem|ioredis|node-fetch)[\\/]/;

export async function run(): Promise<BenchResult> {
  await ensureVsCode();
  await buildExtension();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-activation-'));
  try {
    const probe = await bundleProbe(folder);
    const extensions = installEmptyExtension(folder);
    const reports: ProbeReport[] = [];
    for (let round = 0; round < ROUNDS; round++) reports.push(await launch(folder, probe, extensions));
    return toResult(reports, await clientsInBundle());
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function toResult(reports: readonly ProbeReport[], bundled: readonly string[]): BenchResult {
  const medianOf = (id: string, part: 'loadMs' | 'activateMs' | 'both') =>
    median(
      reports.map(({ costs }) => {
        const { loadMs = Number.NaN, activateMs = Number.NaN } = costs[id] ?? {};
        return part === 'both' ? loadMs + activateMs : part === 'loadMs' ? loadMs : activateMs;
      }),
    );
  const row = (metric: string, part: 'loadMs' | 'activateMs' | 'both') => ({
    metric,
    unit: 'ms',
    ours: medianOf(OURS, part),
    peer: medianOf(MARKDOWN, part),
    limit: medianOf(EMPTY, part),
  });
  const total = row('load + activate', 'both');
  const early = new Set([...reports.flatMap(clientsLoaded), ...bundled]);
  return {
    name: 'activation',
    results: [
      { ...total, target: `< ${TARGET_MS} ms`, met: total.ours < TARGET_MS },
      {
        ...total,
        metric: 'load + activate beside Markdown',
        target: '<= 1.0 x peer',
        met: total.ours <= total.peer,
      },
      { ...row('load code', 'loadMs'), target: null, met: true },
      { ...row('activate', 'activateMs'), target: null, met: true },
      {
        metric: 'client libraries loaded at activation',
        unit: 'count',
        ours: early.size,
        peer: null,
        limit: 0,
        target: '0',
        met: early.size === 0,
      },
    ],
  };
}

/** Client libraries among the loaded files; these are the bundles that they are in. */
function clientsLoaded({ loadedFiles }: ProbeReport): string[] {
  const bundles = ['adapters.cjs', 'kubernetes.cjs'].map(name => path.join(root, 'dist', name));
  return loadedFiles.filter(file => CLIENTS.test(file) || bundles.includes(file));
}

/** Client libraries that the bundler put into what activation reads. */
async function clientsInBundle(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', '*.node'],
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs).filter(input => CLIENTS.test(input));
}

async function launch(folder: string, probe: string, extensions: string): Promise<ProbeReport> {
  const workspace = fs.mkdtempSync(path.join(folder, 'workspace-'));
  const report = `${workspace}.json`;
  await runTests({
    vscodeExecutablePath: launcherProgram(),
    extensionDevelopmentPath: root,
    extensionTestsPath: probe,
    launchArgs: [workspace, `--user-data-dir=${workspace}-user`, `--extensions-dir=${extensions}`],
    extensionTestsEnv: {
      WATCHKEEPER_REPORT: report,
      WATCHKEEPER_BENCH_EXTENSIONS: [OURS, EMPTY, MARKDOWN].join(','),
    },
  });
  return JSON.parse(fs.readFileSync(report, 'utf8'));
}

async function bundleProbe(folder: string): Promise<string> {
  const outfile = path.join(folder, 'probe.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'activation', 'probe.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  return outfile;
}

/** VS Code in the browser takes one extension under development, so this one is an installed one. */
function installEmptyExtension(folder: string): string {
  const extensions = path.join(folder, 'extensions');
  const home = path.join(extensions, 'bench.empty-1.0.0');
  fs.mkdirSync(home, { recursive: true });
  const manifest = { name: 'empty', publisher: 'bench', version: '1.0.0', engines: { vscode: '^1.99.0' } };
  fs.writeFileSync(
    path.join(home, 'package.json'),
    JSON.stringify({ ...manifest, main: './main.js', activationEvents: ['onStartupFinished'] }),
  );
  fs.writeFileSync(path.join(home, 'main.js'), 'exports.activate = () => {};\n');
  return extensions;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
