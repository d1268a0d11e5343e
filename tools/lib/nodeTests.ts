import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, run } from './process.ts';
import { EMPTY_TALLY, type Tally } from './suites.ts';

export interface NodeTestOptions {
  readonly concurrency?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Prints failures and totals only. */
  readonly isQuiet?: boolean;
}

/**
 * Runs test files on Node's own test runner and counts tests (not suites); skipped ones are named. A handle
 * that a failed test left open must not hold up the rest.
 */
export async function runNodeTests(files: readonly string[], options: NodeTestOptions = {}): Promise<Tally> {
  if (files.length === 0) return EMPTY_TALLY;
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-tally-'));
  const tallyFile = path.join(temporary, 'tally.json');
  const reporter = path.join(import.meta.dirname, 'tallyReporter.ts');
  try {
    const code = await run(
      process.execPath,
      [
        '--test',
        ...['--test-force-exit', '--test-timeout=240000'],
        ...(options.concurrency === undefined ? [] : [`--test-concurrency=${options.concurrency}`]),
        `--test-reporter=${options.isQuiet ? 'dot' : 'spec'}`,
        '--test-reporter-destination=stdout',
        `--test-reporter=${reporter}`,
        `--test-reporter-destination=${tallyFile}`,
        ...files,
      ],
      { cwd: root, env: { ...process.env, ...options.env } },
    );
    const tally: Tally = JSON.parse(fs.readFileSync(tallyFile, 'utf8'));
    return code === 0 || tally.failed > 0 ? tally : { ...tally, failed: 1 };
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

/** Test files that run straight from TypeScript with nothing but Node: all but those on real parts. */
export function unitTestFiles(): string[] {
  const folder = path.join(root, 'test');
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts') && !file.startsWith(`real${path.sep}`))
    .map(file => path.join(folder, file))
    .sort();
}
