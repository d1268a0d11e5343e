import type { Incident } from '../incident/model.ts';
import { isCurated } from './rows.ts';

/** Names the shape of the JSON export; raised when a reader would have to change. */
export const exportVersion = 1;

/** The whole incident as data, times as ISO text in UTC beside the milliseconds' place. */
export function toJsonFile(incident: Incident, nowMs: number): string {
  const data = { version: exportVersion, exportedAt: toIso(nowMs), incident: withIsoTimes(incident) };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}

/** `atMs: 1795…` → `at: "2026-11-21T…Z"`, at any depth. */
function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = /^(at|observedAt|from|until|declaredAt)Ms$/.exec(key)?.[1];
      return name !== undefined && typeof item === 'number' ? [name, toIso(item)] : [key, withIsoTimes(item)];
    }),
  );
}

function toIso(atMs: number): string {
  return new Date(atMs).toISOString();
}

const columns = [
  'time',
  'kind',
  'event',
  'action',
  'service',
  'by',
  'curated',
  'pinned',
  'edited',
  'id',
] as const;

/**
 * The timeline for spreadsheets (RFC 4180, CRLF): every entry that was not retracted, times in UTC. A cell that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 */
export function toCsvFile(incident: Incident): string {
  const rows = incident.entries
    .filter(entry => !entry.isRetracted)
    .map(entry => [
      toIso(entry.atMs),
      entry.kind,
      entry.event,
      entry.action ?? '',
      entry.serviceId ?? '',
      entry.actor?.name ?? '',
      String(isCurated(entry)),
      String(entry.isPinned),
      String(entry.isEdited),
      entry.id,
    ]);
  return [columns, ...rows].map(row => `${row.map(toCsvCell).join(',')}\r\n`).join('');
}

function toCsvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
