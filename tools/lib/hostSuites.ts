import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import type { HostTestResult } from '../../test/host/harness.ts';
import type { SuiteSetup } from '../../test/host/setup.ts';
import { root } from './process.ts';
import { step } from './progress.ts';
import { addTallies, suiteFiles, type Tally, withSetup } from './suites.ts';
import { ensureVsCode, type VsCodeVersion } from './vscode.ts';
import { writeUserSettings } from './vscodeServer.ts';

/** `desktop` downloads VS Code the way @vscode/test-electron does by itself. */
export type HostKind = VsCodeVersion | 'desktop';

export interface HostRun {
  readonly kind: HostKind;
  readonly filters: readonly string[];
  readonly extension?: string;
  /** Folder of the suites below test/. */
  readonly folder?: string;
}

/** Runs test/host/**\/*.host.ts, each file in a VS Code of its own on a workspace of its own. */
export async function runHostSuites({
  kind,
  filters,
  extension = root,
  folder = 'host',
}: HostRun): Promise<Tally> {
  const suites = suiteFiles(folder, '.host.ts', filters);
  if (kind !== 'desktop') await ensureVsCode(kind);
  const tallies: Tally[] = [];
  for (const suite of suites) tallies.push(await runSuite(suite, kind, extension));
  return addTallies(tallies);
}

async function runSuite(suite: string, kind: HostKind, extension: string): Promise<Tally> {
  const name = path.relative(path.join(root, 'test'), suite);
  console.log(`\n${name} in VS Code (${kind})`);
  return withSetup(suite, async setup => {
    if (setup.notRun !== undefined) {
      console.log(`  did not run: ${setup.notRun}`);
      return { passed: 0, failed: 0, notRun: [`${name}: ${setup.notRun}`] };
    }
    const bundle = await bundleSuite(suite, kind);
    return step(name, () => launchSuite({ bundle, setup, kind, extension, name }));
  });
}

interface SuiteLaunch {
  readonly bundle: string;
  readonly setup: SuiteSetup & { readonly workspace: string };
  readonly kind: HostKind;
  readonly extension: string;
  readonly name: string;
}

async function launchSuite({ bundle, setup, kind, extension, name }: SuiteLaunch): Promise<Tally> {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-host-'));
  const report = path.join(temporary, 'report.json');
  // The project's .vscode-test/user-data would keep what a suite wrote; every suite gets its own.
  const userData = path.join(temporary, 'user');
  // What shells read at their start (and lock, as some do) is the machine's business, not the suite's.
  const home = path.join(temporary, 'home');
  fs.mkdirSync(home);
  writeUserSettings(userData, setup.settings);
  try {
    const isGood = await runTests({
      ...(kind === 'desktop' ? {} : { vscodeExecutablePath: launcherProgram() }),
      extensionDevelopmentPath: extension,
      extensionTestsPath: bundle,
      launchArgs: [setup.workspace, `--user-data-dir=${userData}`],
      extensionTestsEnv: {
        ...(kind === 'desktop' ? {} : { HOME: home }),
        ...setup.env,
        WATCHKEEPER_REPORT: report,
        WATCHKEEPER_VSCODE: kind,
        ...(setup.hasWorkspaceTrust ? { WATCHKEEPER_TRUST: '1' } : {}),
      },
    }).then(
      code => code === 0,
      () => false,
    );
    return toTally(report, isGood, name);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A run that ended badly counts at least one failure, whatever the report says. */
function toTally(report: string, isGood: boolean, name: string): Tally {
  const results: HostTestResult[] = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : [];
  const failed = results.filter(({ error }) => error !== undefined).length;
  if (!isGood && failed === 0) console.log(`  ✖ ${name}: VS Code or the suite broke down`);
  return { passed: results.length - failed, failed: isGood ? failed : Math.max(failed, 1), notRun: [] };
}

async function bundleSuite(suite: string, kind: HostKind): Promise<string> {
  const outfile = path.join(root, '.watchkeeper-dev', 'host', kind, `${path.basename(suite, '.ts')}.cjs`);
  const harness = path.join(root, 'test', 'host', 'harness.ts');
  await build({
    stdin: {
      contents: `import ${JSON.stringify(suite)};\nexport { run } from ${JSON.stringify(harness)};`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'cpu-features', '*.node'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

/** test-electron wants one executable file; ours is TypeScript that needs our Node. */
export function launcherProgram(): string {
  const file = path.join(root, '.watchkeeper-dev', 'code-under-test');
  const launcher = path.join(import.meta.dirname, 'vscodeLauncher.ts');
  const text = `#!/bin/sh\nexec '${process.execPath}' '${launcher}' "$@"\n`;
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text, { mode: 0o755 });
  }
  return file;
}
