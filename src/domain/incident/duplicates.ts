import { eventId, type JournalEvent } from './events.ts';

/** Two windows probe the same service a few seconds apart; what they find within this is one fact. */
const sameFactMs = 2 * 60_000;

interface LastSaid {
  readonly event: JournalEvent;
  readonly state: string;
  readonly atMs: number;
}

/**
 * Two windows that saw the same thing wrote it twice: the earliest stands, the others point to it. Facts with a key
 * of their own (a container event's engine, id and time) are told by it; state changes, which every window times
 * by its own probes, by one window saying what another has just said of the same service. `sorted` is causal.
 */
export function foldDuplicates(sorted: readonly JournalEvent[]): {
  readonly unique: readonly JournalEvent[];
  /** Id of the event passed over → id of the one that stands. */
  readonly aliases: Map<string, string>;
} {
  const aliases = new Map<string, string>();
  const firstByKey = new Map<string, JournalEvent>();
  const lastSaid = new Map<string, LastSaid>();
  const unique: JournalEvent[] = [];
  for (const event of sorted) {
    const first = sameKey(event, firstByKey) ?? sameState(event, lastSaid);
    if (first === undefined) unique.push(event);
    else aliases.set(eventId(event), eventId(first));
  }
  return { unique, aliases };
}

function sameKey(event: JournalEvent, firstByKey: Map<string, JournalEvent>): JournalEvent | undefined {
  const key = event.src?.key;
  if (key === undefined) return undefined;
  const first = firstByKey.get(key);
  if (first === undefined) firstByKey.set(key, event);
  return first;
}

function sameState(event: JournalEvent, lastSaid: Map<string, LastSaid>): JournalEvent | undefined {
  const said = stateIn(event);
  if (said === undefined) return undefined;
  const atMs = Date.parse(event.at);
  const last = lastSaid.get(said.about);
  const isSame =
    last !== undefined &&
    last.state === said.state &&
    last.event.w !== event.w &&
    Math.abs(atMs - last.atMs) <= sameFactMs;
  if (isSame) return last.event;
  lastSaid.set(said.about, { event, state: said.state, atMs });
  return undefined;
}

function stateIn(event: JournalEvent): { readonly about: string; readonly state: string } | undefined {
  if (event.t === 'probe.changed') return { about: `probe ${event.b.service}`, state: event.b.to };
  if (event.t === 'alert.firing') return { about: `alert ${event.b.service}`, state: 'firing' };
  if (event.t === 'alert.resolved') return { about: `alert ${event.b.service}`, state: 'resolved' };
  return undefined;
}
