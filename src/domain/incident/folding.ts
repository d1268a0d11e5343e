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
  /** Of each command: the same few are run again and again. */
  readonly words: Map<string, readonly string[]>;
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
    words: new Map(),
    outages: new Map(),
    recoveries: new Map(),
    recovered: new Set(),
    lastReading: undefined,
    readings: 0,
  };
  for (const row of rows) {
    if (row.isFolded || row.entry.isRetracted) continue;
    if (row.entry.kind === 'step') foldStep(row, memory);
    else if (row.entry.serviceId !== undefined) foldFact(row, row.entry.serviceId, memory);
  }
}

function foldStep(row: Draft, memory: Memory): void {
  const { source, outcome } = row;
  const facts = outcome?.b ?? (source.t === 'step.started' ? source.b : undefined);
  if (facts === undefined) return;
  if (facts.isMutating) {
    for (const service of facts.services) memory.steps.set(service, row);
    for (const word of commandWords(facts.command, memory.words)) memory.steps.set(word, row);
    memory.lastReading = undefined;
    return;
  }
  const last = memory.lastReading;
  const isRepeated = last?.outcome?.b.command === facts.command && outcome !== undefined && !row.isTouched;
  if (last === undefined || !isRepeated || row.entry.isPinned) {
    memory.lastReading = row.isTouched ? undefined : row;
    memory.readings = 1;
    return;
  }
  memory.readings++;
  last.entry.proofs.push(...row.entry.proofs);
  last.entry.detail = `Run ${memory.readings} times`;
  row.isFolded = true;
}

/** A command that names a service acts on it, even when the runbook did not say so. */
function commandWords(command: string, known: Map<string, readonly string[]>): readonly string[] {
  let words = known.get(command);
  if (words === undefined) {
    words = command.split(/[^\w.-]+/).filter(word => word !== '' && !word.startsWith('-'));
    known.set(command, words);
  }
  return words;
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
  const endMs = outcome === undefined ? Number.POSITIVE_INFINITY : step.entry.atMs + outcome.b.tookMs;
  // A container that dies after the step has ended died of something else.
  const graceMs = fact === 'die' ? 0 : recoveryMs;
  return row.entry.atMs >= step.entry.atMs && row.entry.atMs <= endMs + graceMs;
}

function absorbEffect(step: Draft, row: Draft, fact: Fact, memory: Memory): void {
  const [cause, effect] = [step.entry, row.entry];
  cause.proofs.push(...effect.proofs);
  row.isFolded = true;
  if (cause.isEdited || memory.recovered.has(step)) return;
  if (fact === 'up') {
    const tookMs = effect.atMs - cause.atMs;
    cause.event = `${effect.event.replace(/ went up.*$/s, '')} is up after ${Math.max(1, Math.round(tookMs / 1000))} s`;
    cause.serviceId ??= effect.serviceId;
    memory.recovered.add(step);
  } else if (fact === 'start') cause.event = effect.event;
}

/** A recovery that no step is behind: the probe's and the alert's are one row, as telling as the outage was. */
function foldRecovery(row: Draft, service: string, fact: 'up' | 'resolved', memory: Memory): void {
  if (memory.outages.get(service)?.head.entry.relevance === 'key') row.entry.relevance = 'key';
  memory.outages.delete(service);
  const before = memory.recoveries.get(service);
  if (
    before === undefined ||
    before.isTouched ||
    row.isTouched ||
    row.entry.atMs - before.entry.atMs > outageMs
  ) {
    memory.recoveries.set(service, row);
    return;
  }
  before.entry.proofs.push(...row.entry.proofs);
  row.isFolded = true;
  if (row.entry.relevance === 'key') before.entry.relevance = 'key';
  if (fact === 'up') {
    before.entry.event = row.entry.event;
    before.entry.kind = row.entry.kind;
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
  head.entry.proofs.push(...start.entry.proofs);
  start.isFolded = true;
}

function foldOutage(row: Draft, service: string, fact: Fact, memory: Memory): void {
  const rank = rankOf(row, fact);
  const outage = memory.outages.get(service);
  if (outage === undefined || row.entry.atMs - outage.lastMs > outageMs || outage.head.isTouched) {
    memory.outages.set(service, { head: row, rank, lastMs: row.entry.atMs, start: undefined });
    return;
  }
  noteStart(undefined, outage);
  outage.lastMs = row.entry.atMs;
  if (row.isTouched) return;
  const [head, other] = [outage.head.entry, row.entry];
  head.proofs.push(...other.proofs);
  row.isFolded = true;
  if (other.relevance === 'key') head.relevance = 'key';
  const isTelling = rank > outage.rank;
  const lesser = isTelling ? head.event : other.event;
  if (isTelling) {
    outage.rank = rank;
    head.event = other.event;
    head.kind = other.kind;
  }
  const details = [head.detail, other.detail, lesser].filter(
    text => text !== undefined && !head.event.includes(text),
  );
  head.detail = [...new Set(details)].join('; ') || undefined;
}
