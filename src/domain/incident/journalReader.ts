import type { JournalEvent } from './events.ts';
import { chainStart, type HashText, parseLine } from './journalLine.ts';
import { type Migration, migrations } from './migrations.ts';

interface WriterState {
  lastChecksum: string;
  last: JournalEvent | undefined;
  /** Checksum of each event by its number, as a number: as texts they take more room than many an event. */
  readonly seen: number[];
}

/**
 * Reads the lines of one incident, whichever writers they are from, as they come. A damaged line is reported and
 * passed over: every line proves itself by its own checksum, so one bad byte must not hide what came after it.
 */
export class JournalReader {
  private readonly sha256: HashText;
  private readonly steps: ReadonlyMap<number, Migration>;
  private readonly writers = new Map<string, WriterState>();
  private readonly found: string[] = [];

  constructor(sha256: HashText, steps: ReadonlyMap<number, Migration> = migrations) {
    this.sha256 = sha256;
    this.steps = steps;
  }

  /** What could not be read or does not fit, in words. */
  get problems(): readonly string[] {
    return this.found;
  }

  /** The new events among `lines`, in the order given; lines read before are passed over. */
  add(lines: readonly string[]): JournalEvent[] {
    const events: JournalEvent[] = [];
    for (const line of lines) {
      const parsed = parseLine(line, this.sha256, this.steps);
      if (!parsed.ok) {
        this.found.push(`A journal line of ${line.length} characters cannot be read: ${parsed.error}.`);
        continue;
      }
      const { event, previous, checksum } = parsed.value;
      if (this.isNew(event, previous, checksum)) events.push(event);
    }
    return events;
  }

  private isNew(event: JournalEvent, previous: string, checksum: string): boolean {
    const state = this.stateOf(event.w);
    const mark = Number.parseInt(checksum, 16);
    if (state.seen[event.s] === mark) return false;
    if (previous !== state.lastChecksum)
      this.found.push(
        `The journal of writer ${event.w} is not continuous between events ${state.last?.s ?? 0} and ${event.s}.`,
      );
    state.seen[event.s] = mark;
    state.lastChecksum = checksum;
    shareTexts(event, state.last);
    state.last = event;
    return true;
  }

  private stateOf(writer: string): WriterState {
    let state = this.writers.get(writer);
    if (state === undefined) {
      state = { lastChecksum: chainStart, last: undefined, seen: [] };
      this.writers.set(writer, state);
    }
    return state;
  }
}

type Shared = { -readonly [K in 'w' | 'i' | 'tz' | 'at' | 'ob' | 'a']: JournalEvent[K] };

/** Who writes, and of which incident, is the same line after line: one copy of it is a third of a journal's memory. */
function shareTexts(event: Shared, before: JournalEvent | undefined): void {
  if (event.ob === event.at) event.ob = event.at;
  if (before === undefined) return;
  event.w = before.w;
  if (event.i === before.i) event.i = before.i;
  if (event.tz === before.tz) event.tz = before.tz;
  if (event.a.id === before.a.id && event.a.name === before.a.name) event.a = before.a;
}
