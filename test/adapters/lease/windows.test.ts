import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { WindowReport } from './windowProcess.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-windows-'));
/** Who asked the service, in order. */
const asked: string[] = [];
const server = http.createServer((request, response) => {
  asked.push(request.url?.slice(1) ?? '');
  response.end(`answer ${asked.length}`);
});
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const open = new Set<Window>();

after(() => {
  for (const window of open) window.child.kill('SIGKILL');
  server.close();
  server.closeAllConnections();
  fs.rmSync(folder, { recursive: true, force: true });
});

class Window {
  readonly id: string;
  readonly child: ChildProcess;
  state: WindowReport = { isHeld: false, shown: '' };

  constructor(file: string, id: string) {
    this.id = id;
    this.child = fork(path.join(import.meta.dirname, 'windowProcess.ts'), [file, id, String(port)], {
      execArgv: [],
    });
    this.child.on('message', (state: WindowReport) => {
      this.state = state;
    });
    open.add(this);
  }

  async kill(): Promise<void> {
    open.delete(this);
    const ended = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}

async function until(isTrue: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 50_000;
  while (!isTrue()) {
    assert.ok(performance.now() < endMs, what);
    await pause(10);
  }
}

test('of two windows as real processes one checks, the other shows it, and takes over when the first is killed', {
  timeout: 120_000,
}, async () => {
  const file = path.join(folder, 'one.json');
  const [a, b] = [new Window(file, 'a'), new Window(file, 'b')];
  await until(() => a.state.isHeld || b.state.isHeld, 'nobody took the lease');
  const [first, second] = a.state.isHeld ? [a, b] : [b, a];
  await until(() => second.state.shown !== '', 'the other window shows nothing');
  assert.equal(second.state.isHeld, false);
  assert.deepEqual([...new Set(asked)], [first.id], 'only one window may ask the service');
  await first.kill();
  await until(() => second.state.isHeld, 'nobody took over');
  await until(() => asked.at(-1) === second.id, 'the second window does not check');

  const third = new Window(file, 'c');
  await until(() => third.state.shown !== '', 'the third window shows nothing');
  third.child.send('take');
  await until(() => third.state.isHeld && !second.state.isHeld, 'the lease was not handed over');
  await until(() => asked.at(-1) === 'c', 'who took the lease does not check');
  const from = asked.length;
  await until(() => asked.length >= from + 8, 'checks stopped');
  assert.deepEqual([...new Set(asked.slice(from))], ['c']);
  for (const window of [second, third]) await window.kill();
});
