import { fail, ok, type Result } from '../../base/result.ts';
import { isBodyOf, isEventType, isRecord } from './eventShapes.ts';
import type { Envelope, EventBodies, EventType, HybridTime, JournalEvent } from './events.ts';

export const journalVersion = 1;
/** What the first line of a file names as its predecessor. */
export const chainStart = '0'.repeat(16);

const tailLength = ',"c":"0123456789abcdef"}'.length;
const tailPattern = /^,"c":"([0-9a-f]{16})"\}$/;
const previousPattern = /,"p":"([0-9a-f]{16})"$/;

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
  const checksum = sha256(head).slice(0, 16);
  return { line: `${head},"c":"${checksum}"}`, checksum };
}

export interface ParsedLine {
  readonly event: JournalEvent;
  readonly previous: string;
  readonly checksum: string;
}

/** Checks and reads one line. The error says in words what is wrong with it. */
export function parseLine(line: string, sha256: HashText): Result<ParsedLine> {
  const head = line.slice(0, -tailLength);
  const checksum = tailPattern.exec(line.slice(-tailLength))?.[1];
  if (checksum === undefined) return fail('not a complete journal line');
  if (sha256(head).slice(0, 16) !== checksum) return fail('its checksum does not match');
  const previous = previousPattern.exec(head.slice(-24))?.[1];
  const event = toEvent(parseJson(line));
  if (previous === undefined || event === undefined) return fail('it is not an event');
  return ok({ event, previous, checksum });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function toEvent(value: unknown): JournalEvent | undefined {
  if (!isRecord(value) || !hasEnvelope(value)) return undefined;
  const { v, t } = value;
  if (v === journalVersion && typeof t === 'string' && isEventType(t) && isBodyOf(t, value['b']))
    return value as unknown as JournalEvent;
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
