import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { LeaseFile } from '../../src/adapters/leaseFile.ts';
import { systemClock } from '../../src/base/clock.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-lease-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

function lease(file: string, holderId: string, pid = process.pid): LeaseFile {
  return new LeaseFile({ file: path.join(folder, file), holderId, pid, clock: systemClock, renewMs: 400 });
}

async function until(isTrue: () => boolean): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!isTrue()) {
    assert.ok(performance.now() < endMs, 'not within 60 s');
    await pause(10);
  }
}

test('one of several windows holds it, and the next takes over when it is closed', async () => {
  const windows = ['a', 'b', 'c'].map(id => lease('one/lock', id));
  await Promise.all(windows.map(window => window.start()));
  assert.equal(windows.filter(window => window.isHeld).length, 1);
  const holder = windows.find(window => window.isHeld);
  await pause(900);
  assert.equal(holder?.isHeld, true);
  holder?.dispose();
  const others = windows.filter(window => window !== holder);
  await until(() => others.some(window => window.isHeld));
  assert.equal(others.filter(window => window.isHeld).length, 1);
  for (const window of others) window.dispose();
});

test('a holder that crashed is replaced: its process is gone', async () => {
  const file = path.join(folder, 'crashed');
  fs.writeFileSync(file, JSON.stringify({ holderId: 'x', pid: 2 ** 22 + 1, renewedAtMs: Date.now() }));
  const window = lease('crashed', 'a');
  await window.start();
  assert.equal(window.isHeld, true);
  window.dispose();
});

test('a living holder that stopped renewing is replaced after three renewals, and learns that it lost', async () => {
  const file = path.join(folder, 'stuck');
  fs.writeFileSync(file, JSON.stringify({ holderId: 'x', pid: process.pid, renewedAtMs: Date.now() }));
  const window = lease('stuck', 'a');
  await window.start();
  assert.equal(window.isHeld, false);
  await until(() => window.isHeld);
  const told: boolean[] = [];
  window.onDidChange(isHeld => told.push(isHeld));
  fs.writeFileSync(
    file,
    JSON.stringify({ holderId: 'y', pid: process.pid, renewedAtMs: Date.now() + 60_000 }),
  );
  await until(() => told.length > 0);
  assert.deepEqual(told, [false]);
  window.dispose();
});

test("a torn file is nobody's", async () => {
  fs.writeFileSync(path.join(folder, 'torn'), '{"holderId":');
  const window = lease('torn', 'a');
  await window.start();
  assert.equal(window.isHeld, true);
  window.dispose();
});

test('who takes it keeps it, however its taking falls together with renewals, its own and of the holder', {
  timeout: 60_000,
}, async context => {
  // A wall clock that stands still: nobody's renewal ever comes late.
  const clock = { ...systemClock, nowMs: () => 1_000 };
  const names = ['a', 'b', 'c'];
  const windows = names.map(id => {
    const options = { file: path.join(folder, 'race/lock'), holderId: id, pid: process.pid };
    return new LeaseFile({ ...options, clock, renewMs: 2 });
  });
  context.after(() => {
    for (const window of windows) window.dispose();
  });
  await Promise.all(windows.map(window => window.start()));
  for (let round = 0; round < 30; round++) {
    const taker = windows[round % 3];
    const told: boolean[] = [];
    const listening = taker?.onDidChange(isHeld => told.push(isHeld));
    await taker?.take();
    await until(() => windows.every(window => window === taker || !window.isHeld));
    // Several renewals by everybody, none of which may give it back.
    await pause(15);
    assert.equal(taker?.isHeld, true, `round ${round}`);
    assert.ok(!told.includes(false), `round ${round}: lost in between: ${told}`);
    listening?.dispose();
  }
});

test('a lock that a crashed window left behind is broken', async () => {
  fs.mkdirSync(path.join(folder, 'left.lock'));
  const window = lease('left', 'a');
  await window.start();
  assert.equal(window.isHeld, true);
  window.dispose();
  await until(() => !fs.existsSync(path.join(folder, 'left')));
});

test('taking what cannot be written is told to who asked', async () => {
  fs.writeFileSync(path.join(folder, 'plain'), '');
  const window = lease('plain/lock', 'a');
  await assert.rejects(window.take());
  await window.start();
  assert.equal(window.isHeld, false);
  window.dispose();
});
