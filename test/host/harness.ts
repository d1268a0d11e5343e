// Test runner inside the extension host. A suite file calls `test(…)`; `run` is what VS Code calls.
import assert from 'node:assert/strict';
import fs from 'node:fs';

export interface HostTestResult {
  readonly name: string;
  readonly durationMs: number;
  readonly error?: string;
}

interface HostTest {
  readonly name: string;
  readonly action: () => Promise<void> | void;
  readonly limitMs: number;
}

const tests: HostTest[] = [];
const endings: (() => Promise<void> | void)[] = [];

/** Adds a test; tests of a file run one after another in their order, each within `limitMs`. */
export function test(name: string, action: () => Promise<void> | void, limitMs = 120_000): void {
  tests.push({ name, action, limitMs });
}

/** Adds an action that runs after the last test, whatever their results. */
export function after(action: () => Promise<void> | void): void {
  endings.push(action);
}

/** Waits until `probe` neither throws nor returns undefined, and gives its value; else throws its last error. */
export async function eventually<T>(probe: () => Promise<T> | T, limitMs = 30_000): Promise<NonNullable<T>> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== null) return value;
      if (performance.now() > endMs) assert.fail(`still ${value} after ${limitMs} ms`);
    } catch (error) {
      if (performance.now() > endMs) throw error;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Value of a variable that the suite's setup passed in. */
export function fromSetup(name: string): string {
  const value = process.env[name];
  assert.ok(value, `the setup of this suite passed no ${name}`);
  return value;
}

/** Runs all tests, writes the report that proves the suite came to its end, and throws when one failed. */
export async function run(): Promise<void> {
  const results: HostTestResult[] = [];
  const failOutside = (error: unknown) =>
    results.push({ name: 'outside any test', durationMs: 0, error: text(error) });
  process.on('uncaughtException', failOutside);
  for (const item of tests) results.push(await runOne(item));
  for (const action of endings) await Promise.resolve(action()).catch(failOutside);
  process.off('uncaughtException', failOutside);
  const failed = results.filter(({ error }) => error !== undefined);
  const report = process.env['WATCHKEEPER_REPORT'];
  if (report) fs.writeFileSync(report, JSON.stringify(results));
  console.log(`  ${results.length - failed.length} of ${results.length} passed`);
  if (tests.length === 0) throw new Error('the suite has no test');
  if (failed.length > 0) throw new Error(`failed: ${failed.map(({ name }) => name).join('; ')}`);
}

async function runOne({ name, action, limitMs }: HostTest): Promise<HostTestResult> {
  const startedMs = performance.now();
  const durationMs = () => Math.round(performance.now() - startedMs);
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([Promise.resolve().then(action), limit]);
    console.log(`  ✔ ${name} (${durationMs()} ms)`);
    return { name, durationMs: durationMs() };
  } catch (error) {
    console.log(`  ✖ ${name} (${durationMs()} ms)\n${text(error)}`);
    return { name, durationMs: durationMs(), error: text(error) };
  } finally {
    clearTimeout(timer);
  }
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
