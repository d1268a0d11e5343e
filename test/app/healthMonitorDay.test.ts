import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HealthMonitor } from '../../src/app/healthMonitor.ts';
import type { Alert, ProbeOutcome, ProbeTarget, Verdict } from '../../src/domain/health/model.ts';
import { FakeClock } from '../fakes/fakeClock.ts';
import { service } from './monitorScene.ts';

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
  // Across a reload of the window.
  { serviceId: 's12', fromMs: 12 * hour - 5 * minute, toMs: 12 * hour + 5 * minute },
  // While the wall clock is set back one hour.
  { serviceId: 's13', fromMs: 15 * hour - minute, toMs: 15 * hour + 10 * minute },
];

/** What happens to the machine, by the monotonic clock. */
const events: readonly {
  readonly atMs: number;
  readonly what: 'sleep' | 'back' | 'forth' | 'reload' | 'pause';
}[] = [
  { atMs: 8 * hour, what: 'sleep' },
  { atMs: 12 * hour, what: 'reload' },
  { atMs: 15 * hour, what: 'back' },
  { atMs: 18 * hour, what: 'forth' },
  { atMs: 20 * hour, what: 'pause' },
];

class Day {
  readonly clock = new FakeClock(Date.parse('2026-10-24T20:00:00Z'));
  readonly fired = new Map<string, Set<string>>();
  readonly firedAtMs = new Map<string, number[]>();
  checks = 0;
  readonly services = Array.from({ length: 200 }, (_, n) =>
    service({
      id: `s${n}`,
      intervalMs: n < 20 ? minute : 5 * minute,
      ...(n >= 1 && n <= 5 ? { dependsOn: ['s0'] } : {}),
    }),
  );
  monitor = this.open();

  open(): HealthMonitor {
    const monitor = new HealthMonitor(
      () => ({ kind: 'tcp', check: target => this.check(target) }),
      this.clock,
    );
    monitor.onDidChangeAlert(alert => this.note(alert));
    monitor.setServices(this.services);
    return monitor;
  }

  async live(): Promise<void> {
    for (const { atMs, what } of events) {
      await this.clock.advance(atMs - this.clock.monotonicMs());
      if (what === 'sleep') this.clock.jumpWall(3 * hour);
      if (what === 'back') this.clock.jumpWall(-hour);
      if (what === 'forth') this.clock.jumpWall(hour);
      if (what === 'reload') {
        const saved: unknown = JSON.parse(JSON.stringify(this.monitor.saveState()));
        this.monitor.dispose();
        this.clock.jumpWall(4_000);
        this.monitor = this.open();
        this.monitor.restoreState(saved);
      }
      if (what === 'pause') {
        this.monitor.pause();
        await this.clock.advance(30 * minute);
        this.monitor.resume();
      }
    }
    await this.clock.advance(24 * hour - this.clock.monotonicMs());
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

test('a day of 200 probes: sleep, reload, clock steps, a pause, flapping: no false alert and no missed one', async () => {
  const day = new Day();
  const startMs = performance.now();
  await day.live();
  const raised = Object.fromEntries([...day.fired].map(([id, keys]) => [id, keys.size]));
  assert.deepEqual(
    Object.keys(raised).sort(),
    ['s0', 's11', 's12', 's13', 's7', 's9'],
    JSON.stringify(raised),
  );
  for (const id of ['s0', 's7', 's11', 's12', 's13'])
    assert.equal(raised[id], 1, `${id} was raised ${raised[id]} times`);
  assert.ok((raised['s9'] ?? 0) <= 2, `flapping raised ${raised['s9']} notifications`);
  for (const [id, fromMs] of [
    ['s0', 4 * hour],
    ['s7', hour],
    ['s11', 8 * hour],
    ['s13', 15 * hour - minute],
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
