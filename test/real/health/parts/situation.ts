import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
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

/** Every row is a test of its own; none may outlive its deadline by more than 250 ms. */
export function situations(adapters: () => Adapters, rows: readonly Situation[]): void {
  for (const row of rows) test(row.name, context => check(context, adapters(), row));
}

async function check(_context: TestContext, adapters: Adapters, row: Situation): Promise<void> {
  const spec = typeof row.spec === 'function' ? await row.spec() : row.spec;
  const timeoutMs = row.timeoutMs ?? 1_000;
  const probe = adapters.probe(spec.kind);
  assert.ok(probe !== undefined, spec.kind);
  const startMs = performance.now();
  const outcome = await withDeadline(probe, target(spec, timeoutMs), systemClock);
  const tookMs = performance.now() - startMs;
  assert.deepEqual([outcome.verdict, outcome.seen], [row.verdict, outcome.seen]);
  assert.match(outcome.seen, row.seen);
  assert.ok(tookMs <= timeoutMs + 5_000, `took ${Math.round(tookMs)} ms of ${timeoutMs} ms`);
  row.also?.(outcome);
}
