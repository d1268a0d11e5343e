import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { LeaseFile } from '../../../src/adapters/leaseFile.ts';
import { SharedStateFile } from '../../../src/adapters/sharedStateFile.ts';
import { HealthSharing } from '../../../src/app/health/healthSharing.ts';
import { HealthMonitor } from '../../../src/app/healthMonitor.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { ProbeTarget, Verdict } from '../../../src/domain/health/model.ts';
import type { Probe } from '../../../src/ports.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { service } from '../monitorScene.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-sharing-'));
after(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** One window: a monitor with its own probe, on the folder that all of them share. */
class Window {
  verdict: Verdict = 'up';
  checks = 0;
  readonly monitor: HealthMonitor;
  readonly lease: LeaseFile;
  readonly shared: SharedStateFile;
  readonly sharing: HealthSharing;

  /** The lease is settled first: a window that does not hold it yet counts as a reader, and may be slow. */
  static async open(file: string, name: string): Promise<Window> {
    const lease = new LeaseFile({
      file: `${path.join(folder, file)}.lease`,
      holderId: name,
      pid: process.pid,
      clock: systemClock,
      renewMs: 600,
    });
    await lease.start();
    return new Window(file, name, lease);
  }

  private constructor(file: string, name: string, lease: LeaseFile) {
    const clock = systemClock;
    const probe: Probe = { kind: 'tcp', check: target => this.check(target) };
    this.monitor = new HealthMonitor(() => probe, clock, { coalesceMs: 0 });
    const place = path.join(folder, file);
    this.lease = lease;
    this.monitor.setLease(this.lease);
    this.monitor.setServices([service({ id: 'redis', intervalMs: 50, forMs: 100 })]);
    this.shared = new SharedStateFile({ file: place, writerId: name, clock });
    this.sharing = new HealthSharing({
      monitor: this.monitor,
      lease: this.lease,
      shared: this.shared,
      clock,
      everyMs: 30,
    });
  }

  state(): string | undefined {
    return this.monitor.service('redis')?.state;
  }

  close(): void {
    this.sharing.dispose();
    this.lease.dispose();
    this.monitor.dispose();
  }

  private async check(target: ProbeTarget): ReturnType<Probe['check']> {
    this.checks++;
    const seen = `${target.title} ${this.verdict}`;
    return { verdict: this.verdict, seen, wanted: undefined, atMs: Date.now(), tookMs: 1 };
  }
}

async function until(holds: () => boolean, limitMs = 60_000): Promise<number> {
  const startMs = performance.now();
  while (!holds()) {
    assert.ok(performance.now() - startMs < limitMs, `not within ${limitMs} ms`);
    await pause(10);
  }
  return performance.now() - startMs;
}

async function openTwo(file: string): Promise<[holder: Window, other: Window]> {
  return [await Window.open(file, 'first'), await Window.open(file, 'second')];
}

test('one of two windows checks, and the other shows what it finds', async () => {
  const [holder, other] = await openTwo('one');
  let followed = 0;
  other.sharing.onDidFollow(() => followed++);
  await until(() => other.state() === 'up');
  assert.equal(other.checks, 0);
  assert.ok(holder.checks > 0);
  holder.verdict = 'down';
  await until(() => other.state() === 'down');
  assert.equal(other.monitor.service('redis')?.reason, 'tcp down');
  assert.ok(followed > 1);
  assert.ok((other.monitor.history('redis/tcp')?.samples.length ?? 0) > 1, 'the past comes along');
  assert.equal(other.checks, 0);
  holder.close();
  other.close();
});

test('the other window takes over when the first is gone, with "down since" as it was', async () => {
  const [holder, other] = await openTwo('two');
  holder.verdict = 'down';
  other.verdict = 'down';
  await until(() => other.state() === 'down');
  const sinceMs = other.monitor.service('redis')?.sinceMs;
  holder.close();
  // Three renewals of 5 s are the longest in use; here a renewal is 0.6 s.
  await until(() => other.checks > 0);
  assert.equal(other.state(), 'down');
  assert.equal(other.monitor.service('redis')?.sinceMs, sinceMs);
  other.close();
});

test('a person who acts in the other window makes it the one that checks', async () => {
  const [holder, other] = await openTwo('three');
  holder.verdict = 'down';
  other.verdict = 'down';
  await until(() => other.state() === 'down');
  await other.lease.take();
  other.monitor.acknowledge('redis', 'Ada');
  await until(() => !holder.lease.isHeld);
  await until(() => holder.monitor.service('redis')?.acknowledgedBy === 'Ada');
  const { checks } = holder;
  await pause(200);
  assert.equal(holder.checks, checks);
  holder.close();
  other.close();
});

test('a pause is seen by all windows, and ends with the window that paused', async () => {
  const [holder, other] = await openTwo('four');
  await until(() => other.state() === 'up');
  holder.monitor.pause();
  holder.sharing.publishSoon();
  await until(() => other.sharing.isPaused);
  holder.close();
  await until(() => other.lease.isHeld && !other.sharing.isPaused && other.checks > 0);
  other.close();
});

test('a maintenance window is known to all windows, and to those that are opened later', async () => {
  const [holder, other] = await openTwo('five');
  await until(() => other.state() === 'up');
  await other.lease.take();
  const nowMs = Date.now();
  other.monitor.setMaintenance([
    { serviceIds: ['redis'], fromMs: nowMs, untilMs: nowMs + 3_600_000 },
    { serviceIds: ['redis'], fromMs: nowMs - 20, untilMs: nowMs - 10 },
  ]);
  other.sharing.publishSoon();
  await until(() => holder.monitor.service('redis')?.isInMaintenance === true);
  assert.equal(holder.monitor.service('redis')?.maintenanceUntilMs, nowMs + 3_600_000);
  assert.equal(holder.monitor.saveState().maintenance.length, 1);
  other.monitor.setMaintenance([]);
  other.sharing.publishSoon();
  await until(() => holder.monitor.service('redis')?.isInMaintenance === false);
  holder.close();
  other.close();
});

test('nothing is written while nobody else reads', async () => {
  const only = await Window.open('six', 'only');
  await until(() => only.checks > 3);
  await pause(100);
  assert.equal(fs.existsSync(path.join(folder, 'six')), false);
  only.close();
});

test('half a text from another window changes nothing', async () => {
  const [holder, other] = await openTwo('seven');
  await until(() => other.state() === 'up');
  holder.close();
  await other.shared.write('{"health":');
  await until(() => other.checks > 0);
  assert.equal(other.state(), 'up');
  other.close();
});

test('a window that is closed while it reads asks no more', async () => {
  const clock = new FakeClock();
  const monitor = new HealthMonitor(() => undefined, clock);
  let finish = (_text: string | undefined) => {};
  let reads = 0;
  const sharing = new HealthSharing({
    monitor,
    lease: { isHeld: false, onDidChange: () => ({ dispose() {} }) },
    shared: {
      hasReaders: async () => false,
      write: async () => {},
      read: () => {
        reads++;
        return new Promise<string | undefined>(resolve => {
          finish = resolve;
        });
      },
    },
    clock,
  });
  await clock.advance(3_000);
  assert.equal(reads, 1);
  sharing.dispose();
  monitor.dispose();
  finish(undefined);
  await clock.advance(60_000);
  assert.equal(reads, 1);
  assert.equal(clock.pendingTimers, 0);
});
