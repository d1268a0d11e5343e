// Suites that run against a real VS Code: finding them, preparing their workspace, counting their results.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Setup, SuiteSetup } from '../../test/host/setup.ts';
import { root } from './process.ts';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Names what was not run and why; shown in the summary. */
  readonly notRun: readonly string[];
}

export const EMPTY_TALLY: Tally = { passed: 0, failed: 0, notRun: [] };

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      notRun: [...sum.notRun, ...tally.notRun],
    }),
    EMPTY_TALLY,
  );
}

/** Files under test/<folder> with the given ending whose path contains one of the filters (all when none). */
export function suiteFiles(folder: string, ending: string, filters: readonly string[]): string[] {
  const files = fs
    .readdirSync(path.join(root, 'test', folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith(ending))
    .map(file => path.join(root, 'test', folder, file))
    .sort();
  return filters.length === 0 ? files : files.filter(file => filters.some(filter => file.includes(filter)));
}

/** Runs the sibling setup of a suite (when it has one) around `action`; the workspace folder is always fresh. */
export async function withSetup<T>(
  suite: string,
  action: (setup: SuiteSetup & { readonly workspace: string }) => Promise<T>,
): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-suite-'));
  const setupFile = suite.replace(/\.(host|ui)\.ts$/, '.setup.ts');
  let setup: SuiteSetup = {};
  try {
    if (fs.existsSync(setupFile)) {
      const module: { setup: Setup } = await import(pathToFileURL(setupFile).href);
      setup = await module.setup({ folder });
    }
    return await action({ ...setup, workspace: setup.workspace ?? folder });
  } finally {
    await setup.teardown?.();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
