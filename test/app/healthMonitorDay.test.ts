import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HealthSharing } from '../../src/app/health/healthSharing.ts';
import { HealthMonitor } from '../../src/app/healthMonitor.ts';
import { Emitter } from '../../src/base/emitter.ts';
import type { Alert, ProbeOutcome, ProbeTarget, Verdict } from '../../src/domain/health/model.ts';
import { FakeClock } from '../fakes/fakeClock.ts';
import { service } from './monitorScene.ts';

// Where clocks are put back in the night of this day, in case anything should ask for the time of day.
process.env['TZ'] = 'Europe/Berlin';
const minute = 60_000;
const hour = 60 * minute;

/** When each service really is ill, ms after the start of the day by the monotonic clock. */
interface Illness {
  readonly serviceId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Ill only in every second stretch of this length. */
  readonly flickerMs?: number;
}

const illnesses: readonly Illness[] = [
  { serviceId: 's7', fromMs: 1 * hour, toMs: 1 * hour + 10 * minute },
  // Too short to raise anything.
  { serviceId: 's8', fromMs: 2 * hour, toMs: 2 * hour + 40_000 },
  // The database and all that need it.
  { serviceId: 's0', fromMs: 4 * hour, toMs: 4 * hour + 20 * minute },
  ...[1, 2, 3, 4, 5].map(n => ({
    serviceId: `s${n}`,
    fromMs: 4 * hour + 500,
    toMs: 4 * hour + 20 * minute + 20_000,
  })),
  { serviceId: 's9', fromMs: 6 * hour, toMs: 6 * hour + 30 * minute, flickerMs: 3 * minute },
  // Begins just before the lid is closed and is over after it is opened.
  { serviceId: 's10', fromMs: 8 * hour - 30_000, toMs: 8 * hour + 5_000 },
  // Begins before the lid is closed and lasts.
  { serviceId: 's11', fromMs: 8 * hour - 30_000, toMs: 8 * hour + 15 * minute },
  // While the clocks are put back (five hours after the start).
  { serviceId: 's17', fromMs: 5 * hour - 2 * minute, toMs: 5 * hour + 5 * minute },
  // Raised in the first window, which is closed before it is over.
  { serviceId: 's14', fromMs: 10 * hour - 4 * minute, toMs: 10 * hour + 10 * minute },
  // Begins just before the first window is closed.
  { serviceId: 's15', fromMs: 10 * hour - 20_000, toMs: 10 * hour + 10 * minute },
  // Is over just after.
  { serviceId: 's16', fromMs: 10 * hour - 20 * minute, toMs: 10 * hour + 2_000 },
  // While a third window, which only watches, is opened and closed.
  { serviceId: 's18', fromMs: 16 * hour + 30_000, toMs: 16 * hour + 8 * minute },
  // Across a reload of the window.
  { serviceId: 's12', fromMs: 12 * hour - 5 * minute, toMs: 12 * hour + 5 * minute },
  // While the wall clock is set back one hour.
  { serviceId: 's13', fromMs: 15 * hour - minute, toMs: 15 * hour + 10 * minute },
];

/** What happens to the machine, by the monotonic clock. */
const events: readonly {
  readonly atMs: number;
  readonly what: 'sleep' | 'back' | 'forth' | 'reload' | 'pause' | 'open' | 'close first' | 'close last';
}[] = [
  { atMs: 8 * hour, what: 'sleep' },
  { atMs: 10 * hour - 2 * minute, what: 'open' },
  { atMs: 10 * hour, what: 'close first' },
  { atMs: 12 * hour, what: 'reload' },
  { atMs: 15 * hour, what: 'back' },
  { atMs: 16 * hour, what: 'open' },
  { atMs: 16 * hour + 4 * minute, what: 'close last' },
  { atMs: 18 * hour, what: 'forth' },
  { atMs: 20 * hour, what: 'pause' },
];

/** One window: its own monitor, the lease as the windows pass it on, and what they share. */
class Window {
  readonly monitor: HealthMonitor;
  readonly lease = { isHeld: false, changes: new Emitter<boolean>() };
  private readonly sharing: HealthSharing;

  constructor(monitor: HealthMonitor, day: Day) {
    this.monitor = monitor;
    const { lease } = this;
    lease.isHeld = day.windows.length === 0;
    const held = {
      get isHeld() {
        return lease.isHeld;
      },
      onDidChange: lease.changes.event,
    };
    monitor.setLease(held);
    let seen = '';
    const shared = {
      hasReaders: async () => day.windows.length > 1,
      write: async (text: string) => {
        day.shared = text;
      },
      read: async () => {
        const text = day.shared === seen ? undefined : day.shared;
        seen = day.shared;
        return text;
      },
    };
    this.sharing = new HealthSharing({ monitor, lease: held, shared, clock: day.clock, everyMs: 15_000 });
  }

  take(): void {
    this.lease.isHeld = true;
    this.lease.changes.fire(true);
  }

  close(): void {
    this.sharing.dispose();
    this.monitor.dispose();
  }
}

class Day {
  readonly clock = new FakeClock(Date.parse('2026-10-24T20:00:00Z'));
  readonly fired = new Map<string, Set<string>>();
  readonly firedAtMs = new Map<string, number[]>();
  checks = 0;
  shared = '';
  readonly services = Array.from({ length: 200 }, (_, n) =>
    service({
      id: `s${n}`,
      intervalMs: n < 20 ? minute : 5 * minute,
      ...(n >= 1 && n <= 5 ? { dependsOn: ['s0'] } : {}),
    }),
  );
  windows: readonly Window[] = [];

  constructor() {
    this.open();
  }

  /** Of the window that checks. */
  get monitor(): HealthMonitor {
    return this.windows[0]?.monitor ?? assert.fail('no window is open');
  }

  open(): Window {
    const monitor = new HealthMonitor(
      () => ({ kind: 'tcp', check: target => this.check(target) }),
      this.clock,
    );
    monitor.onDidChangeAlert(alert => this.note(alert));
    const window = new Window(monitor, this);
    monitor.setServices(this.services);
    this.windows = [...this.windows, window];
    return window;
  }

  async live(): Promise<void> {
    for (const { atMs, what } of events) {
      await this.clock.advance(atMs - this.clock.monotonicMs());
      if (what === 'sleep') this.clock.jumpWall(3 * hour);
      if (what === 'back') this.clock.jumpWall(-hour);
      if (what === 'forth') this.clock.jumpWall(hour);
      if (what === 'open') this.open();
      if (what === 'close first') await this.close(0);
      if (what === 'close last') await this.close(this.windows.length - 1);
      if (what === 'reload') {
        const saved: unknown = JSON.parse(JSON.stringify(this.monitor.saveState()));
        this.windows[0]?.close();
        this.windows = [];
        this.clock.jumpWall(4_000);
        this.open().monitor.restoreState(saved);
      }
      if (what === 'pause') {
        this.monitor.pause();
        await this.clock.advance(30 * minute);
        this.monitor.resume();
      }
    }
    await this.clock.advance(24 * hour - this.clock.monotonicMs());
  }

  /** The lease goes over when the next window looks for it. */
  private async close(index: number): Promise<void> {
    this.windows[index]?.close();
    this.windows = this.windows.filter((_, other) => other !== index);
    if (index > 0) return;
    await this.clock.advance(4_000);
    this.windows[0]?.take();
  }

  private async check(target: ProbeTarget): Promise<ProbeOutcome> {
    this.checks++;
    const verdict = this.verdictOf(target.serviceId);
    const seen = verdict === 'up' ? 'fine' : 'ill';
    return { verdict, seen, wanted: undefined, atMs: this.clock.nowMs(), tookMs: 1 };
  }

  private verdictOf(serviceId: string): Verdict {
    const nowMs = this.clock.monotonicMs();
    const isIll = illnesses.some(
      ({ serviceId: id, fromMs, toMs, flickerMs }) =>
        id === serviceId &&
        nowMs >= fromMs &&
        nowMs < toMs &&
        (flickerMs === undefined || Math.floor((nowMs - fromMs) / flickerMs) % 2 === 0),
    );
    return isIll ? 'down' : 'up';
  }

  private note(alert: Alert): void {
    if (alert.status !== 'firing') return;
    const keys = this.fired.get(alert.serviceId) ?? new Set();
    if (!keys.has(alert.key))
      this.firedAtMs.set(alert.serviceId, [
        ...(this.firedAtMs.get(alert.serviceId) ?? []),
        this.clock.monotonicMs(),
      ]);
    this.fired.set(alert.serviceId, keys.add(alert.key));
  }
}

const raisedOnce = ['s0', 's7', 's11', 's12', 's13', 's14', 's15', 's16', 's17', 's18'];

test('a day of 200 probes: sleep, reload, clock steps, the change of clocks, windows that come and go, a pause, flapping: no false alert and no missed one', async () => {
  const day = new Day();
  const startMs = performance.now();
  await day.live();
  const raised = Object.fromEntries([...day.fired].map(([id, keys]) => [id, keys.size]));
  assert.deepEqual(Object.keys(raised).sort(), [...raisedOnce, 's9'].sort(), JSON.stringify(raised));
  for (const id of raisedOnce) assert.equal(raised[id], 1, `${id} was raised ${raised[id]} times`);
  assert.ok((raised['s9'] ?? 0) <= 2, `flapping raised ${raised['s9']} notifications`);
  for (const [id, fromMs] of [
    ['s0', 4 * hour],
    ['s7', hour],
    ['s11', 8 * hour],
    ['s13', 15 * hour - minute],
    ['s15', 10 * hour - 20_000],
    ['s17', 5 * hour - 2 * minute],
    ['s18', 16 * hour + 30_000],
  ] as const) {
    const delayMs = (day.firedAtMs.get(id)?.[0] ?? Number.POSITIVE_INFINITY) - fromMs;
    assert.ok(delayMs >= minute - 5_000 && delayMs <= 3 * minute + 15_000, `${id} fired after ${delayMs} ms`);
  }
  for (const health of day.monitor.services()) assert.equal(health.state, 'up', health.serviceId);
  const gaps = day.monitor.history('s50/tcp')?.gaps ?? [];
  assert.deepEqual(
    gaps.map(gap => gap.reason),
    ['sleep', 'sleep', 'paused'],
  );
  assert.ok(day.checks > 20 * 23 * 58 + 180 * 23 * 11);
  console.log(`${day.checks} checks of one day in ${Math.round(performance.now() - startMs)} ms`);
});
