import { fail, ok, type Result } from '../../base/result.ts';
import { isBodyOf, isRecord, toEventType } from './eventShapes.ts';
import type { Envelope, EventBodies, EventType, HybridTime, JournalEvent } from './events.ts';
import { type Migration, migrate, migrations } from './migrations.ts';

export const journalVersion = 1;
const digits = 16;
/** What the first line of a file names as its predecessor. */
export const chainStart = '0'.repeat(digits);

const tailStart = ',"c":"';
const tailLength = tailStart.length + digits + '"}'.length;
const previousStart = ',"p":"';
const previousLength = previousStart.length + digits + 1;

/** Hex digest of UTF-8 text. */
export type HashText = (text: string) => string;

/**
 * One journal line without its newline. The checksum stands last and covers every byte before it, the
 * predecessor's checksum included: a flipped byte, a removed or an inserted line shows.
 */
export function encodeEvent<T extends EventType>(
  event: Envelope<T, EventBodies[T]>,
  previous: string,
  sha256: HashText,
): { readonly line: string; readonly checksum: string } {
  const head = JSON.stringify({ ...event, p: previous }).slice(0, -1);
  const checksum = sha256(head).slice(0, digits);
  return { line: `${head},"c":"${checksum}"}`, checksum };
}

/**
 * A line out of which something was taken, as it goes over the old one: as long in bytes, so that every other line
 * stays where it is; with a checksum of its own; and with the first checksum as `o`, by which its successor names it.
 */
export function encodeInPlace(
  { p, c, o = c, ...rest }: Readonly<Record<string, unknown>>,
  old: string,
  sha256: HashText,
): string | undefined {
  const end = `${previousStart}${String(p)}"`;
  const lengthOf = (head: string) => byteLength(head) + end.length + tailLength;
  const whole = JSON.stringify({ ...rest, o }).slice(0, -1);
  // What was taken out may be shorter than the first checksum: then the author's zone, which nothing needs, makes room.
  const start =
    lengthOf(whole) <= byteLength(old) ? whole : JSON.stringify({ ...rest, o, tz: undefined }).slice(0, -1);
  const room = byteLength(old) - lengthOf(start);
  if (room < 0) return undefined;
  const head = `${start}${' '.repeat(room)}${end}`;
  return `${head}${tailStart}${sha256(head).slice(0, digits)}"}`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

export interface ParsedLine {
  readonly event: JournalEvent;
  readonly previous: string;
  /** By which the next line names this one: as first written, whatever was taken out since. */
  readonly checksum: string;
}

/** Checks and reads one line, whatever version wrote it. The error says in words what is wrong with it. */
export function parseLine(
  line: string,
  sha256: HashText,
  steps: ReadonlyMap<number, Migration> = migrations,
): Result<ParsedLine> {
  const head = line.slice(0, -tailLength);
  if (!line.startsWith(tailStart, head.length) || !line.endsWith('"}'))
    return fail('not a complete journal line');
  // Computed, not cut out of the line: a piece of the line would keep all of its text in memory.
  const checksum = sha256(head).slice(0, digits);
  if (!line.startsWith(checksum, head.length + tailStart.length)) return fail('its checksum does not match');
  const written = parseJson(line);
  const event = toEvent(written, steps);
  if (event === undefined || !head.startsWith(previousStart, head.length - previousLength))
    return fail('it is not an event');
  const previous = head.slice(-digits - 1, -1);
  return ok({ event, previous, checksum: firstChecksum(written) ?? checksum });
}

/** Of a line that was rewritten in place. */
function firstChecksum(written: unknown): string | undefined {
  return isRecord(written) && typeof written['o'] === 'string' ? written['o'] : undefined;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function toEvent(written: unknown, steps: ReadonlyMap<number, Migration>): JournalEvent | undefined {
  if (!isRecord(written)) return undefined;
  const current = written['v'] === journalVersion ? written : migrate(written, journalVersion, steps);
  const value = current ?? written;
  if (!hasEnvelope(value)) return undefined;
  const { t, b } = value;
  const type = current !== undefined && typeof t === 'string' ? toEventType(t) : undefined;
  if (type !== undefined && isBodyOf(type, b)) {
    (value as { t: unknown }).t = type;
    return value as unknown as JournalEvent;
  }
  return {
    ...(value as unknown as JournalEvent),
    t: 'unknown',
    b: { type: typeof t === 'string' ? t : String(t), raw: value },
  };
}

function hasEnvelope(value: Readonly<Record<string, unknown>>): boolean {
  const { w, s, h, at, ob, i, a } = value;
  return (
    typeof w === 'string' &&
    typeof s === 'number' &&
    isHybridTime(h) &&
    typeof i === 'string' &&
    typeof at === 'string' &&
    typeof ob === 'string' &&
    isRecord(a) &&
    typeof a['id'] === 'string' &&
    typeof a['name'] === 'string' &&
    isInstant(at) &&
    isInstant(ob)
  );
}

// What we write ourselves is told by its shape: parsing two dates per line costs a third of reading it.
const ownInstant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function isInstant(text: string): boolean {
  return ownInstant.test(text) || !Number.isNaN(Date.parse(text));
}

function isHybridTime(value: unknown): value is HybridTime {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';
}
