import type { HealthState } from '../health/model.ts';
import type { Draft } from './drafts.ts';

/** How long after its end a step may still be the cause of a recovery. */
const recoveryMs = 5 * 60_000;
/** Facts of one outage follow each other within this: container died, probe failed, alert fired, died again. */
const outageMs = 2 * 60_000;

interface Outage {
  readonly head: Draft;
  /** First failure below 0, container below 1, probe 1, alert 2: the most telling fact words the row. */
  rank: number;
  lastMs: number;
  /** A start that may have helped; when more fails, it did not. */
  start: Draft | undefined;
}

/** What the walk over the rows in time order remembers, by service. */
interface Memory {
  readonly steps: Map<string, Draft>;
  readonly outages: Map<string, Outage>;
  readonly recoveries: Map<string, Draft>;
  readonly recovered: Set<Draft>;
  lastReading: Draft | undefined;
  readings: number;
}

/**
 * Folds rows by cause. A step, the container's start, the probe's recovery and the alert's end become one row with
 * four proofs; so do the container's death, the probe's failure and the alert. `rows` are in time order.
 */
export function foldByCause(rows: readonly Draft[]): void {
  const memory: Memory = {
    steps: new Map(),
    outages: new Map(),
    recoveries: new Map(),
    recovered: new Set(),
    lastReading: undefined,
    readings: 0,
  };
  for (const row of rows) {
    if (row.isFolded || row.isRetracted) continue;
    if (row.kind === 'step') foldStep(row, memory);
    else if (row.serviceId !== undefined) foldFact(row, row.serviceId, memory);
  }
}

function foldStep(row: Draft, memory: Memory): void {
  const { source, outcome } = row;
  const facts = outcome?.b ?? (source.t === 'step.started' ? source.b : undefined);
  if (facts === undefined) return;
  if (facts.isMutating) {
    for (const service of facts.services) memory.steps.set(service, row);
    for (const word of commandWords(facts.command)) memory.steps.set(word, row);
    memory.lastReading = undefined;
    return;
  }
  const last = memory.lastReading;
  const isRepeated = last?.outcome?.b.command === facts.command && outcome !== undefined && !row.isTouched;
  if (last === undefined || !isRepeated || row.isPinned) {
    memory.lastReading = row.isTouched ? undefined : row;
    memory.readings = 1;
    return;
  }
  memory.readings++;
  last.proofs.push(...row.proofs);
  last.detail = `Run ${memory.readings} times`;
  row.isFolded = true;
}

/** A command that names a service acts on it, even when the runbook did not say so. */
function commandWords(command: string): readonly string[] {
  return command.split(/[^\w.-]+/).filter(word => word !== '' && !word.startsWith('-'));
}

function foldFact(row: Draft, service: string, memory: Memory): void {
  const fact = factOf(row);
  if (fact === undefined) return;
  const step = memory.steps.get(service);
  if (step !== undefined && isEffect(row, fact, step)) {
    memory.outages.delete(service);
    if (!row.isTouched) absorbEffect(step, row, fact, memory);
    return;
  }
  if (fact === 'up' || fact === 'resolved') {
    foldRecovery(row, service, fact, memory);
    return;
  }
  if (fact === 'start') {
    const outage = memory.outages.get(service);
    if (outage !== undefined) noteStart(row, outage);
    return;
  }
  memory.recoveries.delete(service);
  foldOutage(row, service, fact, memory);
}

const failing: ReadonlySet<string> = new Set(['pending', 'down', 'blocked'] satisfies HealthState[]);

type Fact = 'pending' | 'die' | 'start' | 'down' | 'up' | 'firing' | 'resolved';

function factOf({ source }: Draft): Fact | undefined {
  if (source.t === 'alert.firing') return 'firing';
  if (source.t === 'alert.resolved') return 'resolved';
  if (source.t === 'probe.changed' && source.b.from !== source.b.to) {
    const { from, to } = source.b;
    if (to === 'up') return 'up';
    if (to === 'pending') return failing.has(from) ? undefined : 'pending';
    // What failed and is now only degraded is on its way back.
    return to === 'down' || (to === 'degraded' && !failing.has(from)) ? 'down' : undefined;
  }
  if (source.t !== 'container.event') return undefined;
  if (['die', 'oom', 'kill', 'stop'].includes(source.b.action)) return 'die';
  return ['start', 'restart'].includes(source.b.action) ? 'start' : undefined;
}

function isEffect(row: Draft, fact: Fact, step: Draft): boolean {
  if (fact === 'pending' || fact === 'down' || fact === 'firing') return false;
  const { outcome } = step;
  const endMs = outcome === undefined ? Number.POSITIVE_INFINITY : step.atMs + outcome.b.tookMs;
  // A container that dies after the step has ended died of something else.
  const graceMs = fact === 'die' ? 0 : recoveryMs;
  return row.atMs >= step.atMs && row.atMs <= endMs + graceMs;
}

function absorbEffect(step: Draft, row: Draft, fact: Fact, memory: Memory): void {
  step.proofs.push(...row.proofs);
  row.isFolded = true;
  if (step.isEdited || memory.recovered.has(step)) return;
  if (fact === 'up') {
    const tookMs = row.atMs - step.atMs;
    step.event = `${row.event.replace(/ went up.*$/s, '')} is up after ${Math.max(1, Math.round(tookMs / 1000))} s`;
    step.serviceId ??= row.serviceId;
    memory.recovered.add(step);
  } else if (fact === 'start') step.event = row.event;
}

/** A recovery that no step is behind: the probe's and the alert's are one row, as telling as the outage was. */
function foldRecovery(row: Draft, service: string, fact: 'up' | 'resolved', memory: Memory): void {
  if (memory.outages.get(service)?.head.relevance === 'key') row.relevance = 'key';
  memory.outages.delete(service);
  const before = memory.recoveries.get(service);
  if (before === undefined || before.isTouched || row.isTouched || row.atMs - before.atMs > outageMs) {
    memory.recoveries.set(service, row);
    return;
  }
  before.proofs.push(...row.proofs);
  row.isFolded = true;
  if (row.relevance === 'key') before.relevance = 'key';
  if (fact === 'up') {
    before.event = row.event;
    before.kind = row.kind;
  }
}

const ranks: Readonly<Partial<Record<Fact, number>>> = { pending: -1, die: 0, down: 1, firing: 2 };

/** Of what the engine says about one death: that it died, and of what, tells more than the signal before. */
const deathRanks: Readonly<Record<string, number>> = { kill: 0, stop: 0.1, die: 0.2, oom: 0.3 };

function rankOf({ source }: Draft, fact: Fact): number {
  if (source.t === 'container.event') return deathRanks[source.b.action] ?? 0;
  return ranks[fact] ?? 0;
}

/** Of a crash loop's starts only the last may be the way back. */
function noteStart(row: Draft | undefined, outage: Outage): void {
  const { head, start } = outage;
  outage.start = row;
  if (start === undefined || start.isTouched) return;
  head.proofs.push(...start.proofs);
  start.isFolded = true;
}

function foldOutage(row: Draft, service: string, fact: Fact, memory: Memory): void {
  const rank = rankOf(row, fact);
  const outage = memory.outages.get(service);
  if (outage === undefined || row.atMs - outage.lastMs > outageMs || outage.head.isTouched) {
    memory.outages.set(service, { head: row, rank, lastMs: row.atMs, start: undefined });
    return;
  }
  noteStart(undefined, outage);
  outage.lastMs = row.atMs;
  if (row.isTouched) return;
  const { head } = outage;
  head.proofs.push(...row.proofs);
  row.isFolded = true;
  if (row.relevance === 'key') head.relevance = 'key';
  const isTelling = rank > outage.rank;
  const lesser = isTelling ? head.event : row.event;
  if (isTelling) {
    outage.rank = rank;
    head.event = row.event;
    head.kind = row.kind;
  }
  const details = [head.detail, row.detail, lesser].filter(
    text => text !== undefined && !head.event.includes(text),
  );
  head.detail = [...new Set(details)].join('; ') || undefined;
}
