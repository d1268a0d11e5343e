import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, test } from 'node:test';
import { type Adapters, createAdapters } from '../../../../src/adapters/adapters.ts';
import { withDeadline } from '../../../../src/app/health/deadline.ts';
import { systemClock } from '../../../../src/base/clock.ts';
import type { ProbeOutcome, ProbeSpec, ProbeTarget, Verdict } from '../../../../src/domain/health/model.ts';

/** One situation of the world and what must be said about it. */
export interface Situation {
  readonly name: string;
  readonly spec: ProbeSpec | (() => ProbeSpec | Promise<ProbeSpec>);
  readonly verdict: Verdict;
  readonly seen: RegExp;
  readonly timeoutMs?: number;
  /** What else must hold. */
  readonly also?: (outcome: ProbeOutcome) => void;
}

export const secrets = new Map<string, string>();

export function newAdapters(engineSetting = '/nowhere/docker.sock', isTrusted = true): Adapters {
  return createAdapters({
    engineSetting: () => engineSetting,
    readSecret: async name => secrets.get(name),
    isTrusted: () => isTrusted,
    cwd: undefined,
    loadKubernetes: () => import('../../../../src/adapters/kubernetes/kubernetes.ts'),
  });
}

export function target(spec: ProbeSpec, timeoutMs: number, id = JSON.stringify(spec)): ProbeTarget {
  return { id, serviceId: 's', title: '', spec, intervalMs: 10_000, timeoutMs, forMs: 0, source: undefined };
}

const mayOutliveMs = 250;

/** Every row is a test of its own; none may outlive its deadline by more than 250 ms. */
export function situations(adapters: () => Pick<Adapters, 'probe'>, rows: readonly Situation[]): void {
  const beyond: number[] = [];
  for (const row of rows) test(row.name, async () => void beyond.push(await check(adapters(), row)));
  after(() =>
    console.log(`${rows.length} situations; latest ${Math.round(Math.max(...beyond))} ms after its deadline`),
  );
}

/** Gives how long after its deadline it was over, ms. */
async function check(adapters: Pick<Adapters, 'probe'>, row: Situation): Promise<number> {
  const spec = typeof row.spec === 'function' ? await row.spec() : row.spec;
  const timeoutMs = row.timeoutMs ?? 1_000;
  const probe = adapters.probe(spec.kind);
  assert.ok(probe !== undefined, spec.kind);
  // On a busy machine the process itself stands still at times; only what it does besides counts.
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const startMs = performance.now();
  const outcome = await withDeadline(probe, target(spec, timeoutMs), systemClock);
  const tookMs = performance.now() - startMs;
  loop.disable();
  const stoodStillMs = 3 * (loop.max / 1e6);
  assert.deepEqual([outcome.verdict, outcome.seen], [row.verdict, outcome.seen]);
  assert.match(outcome.seen, row.seen);
  assert.ok(
    tookMs <= timeoutMs + mayOutliveMs + stoodStillMs,
    `took ${Math.round(tookMs)} ms of ${timeoutMs} ms, stood still for ${Math.round(stoodStillMs)} ms`,
  );
  row.also?.(outcome);
  return tookMs - timeoutMs;
}
