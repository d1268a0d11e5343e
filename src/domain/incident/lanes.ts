import type { JournalEvent } from './events.ts';
import type { Lane, LaneSpan } from './model.ts';

/** Heartbeats come once a minute; a longer silence than this means that nobody was measuring. */
const silenceMs = 150_000;

interface Interval {
  readonly fromMs: number;
  readonly untilMs: number;
}

type ProbeEvent = Extract<JournalEvent, { readonly t: 'probe.changed' }>;

/** One lane per service, from its first known state on; where no window was measuring there is a gap. */
export function lanesOf(events: readonly JournalEvent[]): readonly Lane[] {
  const byService = new Map<string, ProbeEvent[]>();
  for (const event of events) {
    if (event.t !== 'probe.changed') continue;
    const list = byService.get(event.b.service);
    if (list === undefined) byService.set(event.b.service, [event]);
    else list.push(event);
  }
  const gaps = gapsOf(events);
  return [...byService].map(([serviceId, changes]) => ({
    serviceId,
    title: changes.at(-1)?.b.title ?? serviceId,
    spans: cutGaps(toSpans(changes), gaps),
  }));
}

function toSpans(changes: readonly ProbeEvent[]): LaneSpan[] {
  const spans: LaneSpan[] = [];
  const sorted = changes
    .map(event => ({ atMs: Date.parse(event.at), state: event.b.to }))
    .sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, state } of sorted) {
    const last = spans.at(-1);
    if (last?.state === state) continue;
    if (last !== undefined) spans[spans.length - 1] = { ...last, untilMs: atMs };
    // Two windows may report different states at one instant: the later report stands alone.
    if (last?.fromMs === atMs) spans.pop();
    spans.push({ fromMs: atMs, untilMs: undefined, state });
  }
  return spans;
}

/**
 * Stretches that no writer covers: a laptop that slept, a window that was killed. Only writers that send heartbeats
 * (`clock.sampled`) can be told to have been silent.
 */
function gapsOf(events: readonly JournalEvent[]): readonly Interval[] {
  const times = new Map<string, number[]>();
  for (const event of events) {
    if (event.t !== 'clock.sampled') continue;
    const list = times.get(event.w);
    if (list === undefined) times.set(event.w, [Date.parse(event.at)]);
    else list.push(Date.parse(event.at));
  }
  const covered = [...times.values()]
    .flatMap(list => list.sort((a, b) => a - b).map(atMs => ({ fromMs: atMs, untilMs: atMs + silenceMs })))
    .sort((a, b) => a.fromMs - b.fromMs);
  const gaps: Interval[] = [];
  let coveredUntilMs = covered[0]?.untilMs ?? 0;
  for (const { fromMs, untilMs } of covered) {
    if (fromMs > coveredUntilMs) gaps.push({ fromMs: coveredUntilMs - silenceMs, untilMs: fromMs });
    coveredUntilMs = Math.max(coveredUntilMs, untilMs);
  }
  return gaps;
}

function cutGaps(spans: readonly LaneSpan[], gaps: readonly Interval[]): readonly LaneSpan[] {
  let result: LaneSpan[] = [...spans];
  for (const gap of gaps) result = result.flatMap(span => cutGap(span, gap));
  return result;
}

function cutGap(span: LaneSpan, gap: Interval): LaneSpan[] {
  const untilMs = span.untilMs ?? Number.POSITIVE_INFINITY;
  const fromMs = Math.max(span.fromMs, gap.fromMs);
  const endMs = Math.min(untilMs, gap.untilMs);
  if (fromMs >= endMs) return [span];
  const pieces: LaneSpan[] = [];
  if (span.fromMs < fromMs) pieces.push({ ...span, untilMs: fromMs });
  pieces.push({ fromMs, untilMs: endMs, state: 'gap' });
  if (endMs < untilMs) pieces.push({ fromMs: endMs, untilMs: span.untilMs, state: span.state });
  return pieces;
}

/** Total length of the stretches within [fromMs, untilMs) in which at least one lane was down. */
export function downtimeMs(lanes: readonly Lane[], fromMs: number, untilMs: number): number {
  const down = lanes
    .flatMap(lane => lane.spans)
    .filter(span => span.state === 'down')
    .map(span => ({
      fromMs: Math.max(span.fromMs, fromMs),
      untilMs: Math.min(span.untilMs ?? untilMs, untilMs),
    }))
    .filter(span => span.fromMs < span.untilMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  let total = 0;
  let countedUntilMs = fromMs;
  for (const span of down) {
    total += Math.max(0, span.untilMs - Math.max(span.fromMs, countedUntilMs));
    countedUntilMs = Math.max(countedUntilMs, span.untilMs);
  }
  return total;
}
