// A run of tests leaves no process behind: not when a test breaks down, not when it is killed half-way; and a test
// that does leave one is told so.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../tools/lib/process.ts';
import { markedProcesses, startTimeOf } from '../../tools/lib/processList.ts';
import { signal } from '../../tools/lib/processMark.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-leaves-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

const module = (file: string) => JSON.stringify(path.join(root, file));
const REDIS = `
  const { startRedis } = await import(${module('test/parts/redis.ts')});
  const redis = await startRedis({ args: ['--replicaof', '127.0.0.1', '1'] });
  console.log('PID ' + redis.pid + '|');`;

/** Starts a run of its own, as a task does, of one test file with this text. */
function startRun(name: string, text: string) {
  const file = path.join(folder, `${name}.test.mjs`);
  fs.writeFileSync(file, text);
  const program = `
    const { enterRun } = await import(${module('tools/lib/run.ts')});
    const { closeRun } = await import(${module('tools/lib/closeRun.ts')});
    const { runNodeTests } = await import(${module('tools/lib/nodeTests.ts')});
    const run = await enterRun();
    console.log('RUN ' + run.id + '|');
    const { passed, failed } = await runNodeTests([${JSON.stringify(file)}]);
    const left = await closeRun(run, 4000);
    console.log('passed ' + passed + ', failed ' + failed + ', left ' + left);
    process.exit(0);`;
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<string>(resolve => child.once('close', () => resolve(output)));
  return {
    child,
    ended,
    /** The first group of the pattern once it was printed. */
    async said(pattern: RegExp): Promise<string> {
      for (let attempt = 0; attempt < 600; attempt++) {
        const found = pattern.exec(output)?.[1];
        if (found !== undefined) return found;
        await delay(100);
      }
      throw new Error(`not printed: ${pattern}\n${output}`);
    },
  };
}

async function eventuallyGone(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 200 && startTimeOf(pid) !== undefined; attempt++) await delay(100);
  assert.equal(startTimeOf(pid), undefined, `process ${pid} is left`);
}

test('a server that hides its mark is ended with the test that broke down around it', async () => {
  const run = startRun('broken', `${REDIS}\n process.kill(process.pid, 'SIGKILL');`);
  const pid = Number(await run.said(/PID (\d+)\|/));
  const output = await run.ended;
  assert.match(output, /failed 1, left 0/);
  assert.equal(startTimeOf(pid), undefined);
});

test('a test that leaves a process behind fails the run, which names and ends it', async () => {
  const run = startRun(
    'careless',
    `import { spawn } from 'node:child_process';
     const child = spawn('sleep', ['611'], { detached: true, stdio: 'ignore' });
     child.unref();
     console.log('PID ' + child.pid + '|');`,
  );
  const pid = Number(await run.said(/PID (\d+)\|/));
  const output = await run.ended;
  assert.match(output, new RegExp(`✖ a test left a process behind: ${pid} sleep 611`));
  assert.match(output, /left 1/);
  assert.equal(startTimeOf(pid), undefined);
});

for (const name of ['SIGKILL', 'SIGINT'] as const)
  test(`nothing is left of a run that ends half-way by ${name}`, async () => {
    const run = startRun(
      `half-${name}`,
      `${REDIS}\n setInterval(() => {}, 1000);\n await new Promise(() => {});`,
    );
    const pid = Number(await run.said(/PID (\d+)\|/));
    const id = await run.said(/RUN (\S+)\|/);
    run.child.kill(name);
    await eventuallyGone(pid);
    const isLeft = () => markedProcesses().some(({ chain }) => chain.includes(id));
    for (let attempt = 0; attempt < 100 && isLeft(); attempt++) await delay(100);
    assert.equal(isLeft(), false);
  });

test('what was killed together with its guards is cleared away by the next run', async () => {
  const run = startRun('unguarded', `${REDIS}\n await new Promise(() => setInterval(() => {}, 1000));`);
  const pid = Number(await run.said(/PID (\d+)\|/));
  const id = await run.said(/RUN (\S+)\|/);
  const others = markedProcesses().filter(found => found.chain.includes(id) && found.pid !== pid);
  const owners = [run.child.pid ?? 0, ...others.map(found => found.pid)];
  const victims = [...guardsOf(owners), ...owners];
  for (const victim of victims) signal(victim, 'SIGKILL');
  await run.ended;
  assert.notEqual(startTimeOf(pid), undefined, 'nobody was left to end it');
  const base = process.env['WATCHKEEPER_TMP'] ?? os.tmpdir();
  assert.equal(fs.existsSync(path.join(base, `wk-${id}`)), true);
  await startRun('next', '').ended;
  assert.equal(startTimeOf(pid), undefined);
  assert.equal(fs.existsSync(path.join(base, `wk-${id}`)), false);
});

/** Guards are children of the processes whose runs they watch. */
function guardsOf(owners: readonly number[]): number[] {
  return fs.readdirSync('/proc').flatMap(name => {
    try {
      const isGuard = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('guard.ts');
      const parent = Number(/^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
      return isGuard && owners.includes(parent) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}
