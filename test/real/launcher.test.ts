import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launcherProgram } from '../../tools/lib/hostSuites.ts';
import { markedProcesses } from '../../tools/lib/processList.ts';
import { ensureVsCode } from '../../tools/lib/vscode.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-launcher-test-'));
const extension = path.join(folder, 'extension');

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

before(async () => {
  await ensureVsCode();
  fs.mkdirSync(extension);
  const manifest = { name: 'probe', publisher: 'test', version: '1.0.0', engines: { vscode: '^1.99.0' } };
  fs.writeFileSync(
    path.join(extension, 'package.json'),
    JSON.stringify({ ...manifest, main: 'main.js', activationEvents: ['*'] }),
  );
  fs.writeFileSync(path.join(extension, 'main.js'), 'exports.activate = () => {};');
});
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Starts the launcher on a suite whose `run` has this body. */
function start(body: string, limitMs = 60_000) {
  const suite = path.join(folder, `suite-${Math.random().toString(36).slice(2)}.js`);
  const report = "require('fs').writeFileSync(process.env.WATCHKEEPER_REPORT, '[]');";
  fs.writeFileSync(suite, `exports.run = async () => { const report = () => { ${report} }; ${body} };`);
  const child = spawn(
    launcherProgram(),
    ['--disable-workspace-trust', `--extensionDevelopmentPath=${extension}`, `--extensionTestsPath=${suite}`],
    {
      env: { ...process.env, WATCHKEEPER_HOST_LIMIT_MS: String(limitMs) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const outcome = new Promise<Outcome>(resolve => child.once('close', code => resolve({ code, output })));
  return { child, outcome, output: () => output };
}

/** Processes started by launchers of this test alone: other runs may be going on beside it. */
function left(launcherPid: number | undefined): number[] {
  return markedProcesses()
    .filter(({ chain }) => chain.some(run => run.startsWith(`${launcherPid?.toString(36)}.`)))
    .map(({ pid }) => pid);
}

async function waitFor(condition: () => boolean, limitMs: number): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!condition() && performance.now() < endMs) await new Promise(resolve => setTimeout(resolve, 100));
}

describe('the stand-in for the code program', () => {
  const cases: readonly (readonly [title: string, body: string, code: number])[] = [
    ['passes a suite that reported', 'report();', 0],
    ['fails a suite that rejects', "throw new Error('planted');", 1],
    ['fails a suite that wrote no report', '', 75],
    ['fails when a test ends the host with 0', 'process.exit(0);', 75],
    [
      'fails when the host crashes, which the workbench calls 0',
      "report(); process.kill(process.pid, 'SIGSEGV');",
      71,
    ],
  ];
  for (const [title, body, code] of cases)
    test(title, async () => {
      const { child, outcome } = start(body);
      const result = await outcome;
      assert.equal(result.code, code, result.output);
      assert.deepEqual(left(child.pid), []);
    });

  test('gives up after its limit', async () => {
    const { child, outcome } = start('await new Promise(() => setInterval(() => {}, 1000));', 9000);
    assert.equal((await outcome).code, 124);
    assert.deepEqual(left(child.pid), []);
  });

  test('ends detached grandchildren too', async () => {
    const body =
      "require('child_process').spawn('setsid', ['nohup', 'sleep', '600'], { detached: true }).unref(); report();";
    const { child, outcome } = start(body);
    assert.equal((await outcome).code, 0);
    assert.deepEqual(left(child.pid), []);
  });

  test('leaves nothing when the launcher itself is killed', async () => {
    const { child, outcome, output } = start(
      "console.log('up'); await new Promise(() => setInterval(() => {}, 1000));",
    );
    await waitFor(() => output().includes('up'), 60_000);
    child.kill('SIGKILL');
    await outcome;
    await waitFor(() => left(child.pid).length === 0, 20_000);
    assert.deepEqual(left(child.pid), []);
  });
});
