import { isMap, isSeq, parseDocument } from 'yaml';
import type { Service } from '../health/model.ts';
import { serviceLines } from './writeConfig.ts';

/** A new text for `text[start, end)`. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Adds the id to `discovery.hide`; undefined when it is there, or the text is no YAML to write into. */
export function hideInConfig(text: string, id: string): TextChange | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents)))
    return undefined;
  const hidden = document.getIn(['discovery', 'hide']);
  if (isSeq(hidden)) {
    if (hidden.toJSON().includes(id)) return undefined;
    document.addIn(['discovery', 'hide'], id);
  } else document.setIn(['discovery', 'hide'], [id]);
  return changeBetween(text, document.toString({ lineWidth: 0 }));
}

/** Takes the id out of `discovery.hide`; undefined when it does not stand there. */
export function unhideInConfig(text: string, id: string): TextChange | undefined {
  const document = parseDocument(text);
  const hidden = document.errors.length > 0 ? undefined : document.getIn(['discovery', 'hide']);
  if (!isSeq(hidden)) return undefined;
  const ids: unknown[] = hidden.toJSON();
  const place = ids.indexOf(id);
  if (place < 0) return undefined;
  if (ids.length === 1) document.deleteIn(['discovery', 'hide']);
  else document.deleteIn(['discovery', 'hide', place]);
  return changeBetween(text, document.toString({ lineWidth: 0 }));
}

/**
 * Writes the service into `services`, with the places where its parts were found; all other lines stay to the letter.
 * Undefined when it is there already, or there is nothing in the text to add it to.
 */
export function promoteInConfig(text: string, service: Service): TextChange | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0 || document.hasIn(['services', service.id])) return undefined;
  const lines = text.split('\n');
  const head = lines.findIndex(line => /^services\s*:/.test(line));
  if (head < 0) {
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    return at(text.length, `${gap}services:\n${toText(service, 2)}`);
  }
  const isEmpty = /^services\s*:\s*(?:\{\s*\}|~|null)?\s*(?:#.*)?$/.test(lines[head] ?? '');
  if (!isEmpty) return undefined;
  const end = blockEnd(lines, head);
  const first = lines.slice(head + 1, end).find(line => /^\s+[^\s#]/.test(line));
  const indent = /^\s*/.exec(first ?? '  ')?.[0].length ?? 2;
  const start = offsetOf(lines, head);
  if (first === undefined)
    return {
      start,
      end: start + (lines[head] ?? '').length,
      newText: `services:\n${toText(service, 2).trimEnd()}`,
    };
  const last = offsetOf(lines, end);
  const gap = last > text.length ? '\n' : '';
  return at(Math.min(last, text.length), `${gap}${toText(service, indent)}`);
}

function toText(service: Service, indent: number): string {
  const lines = serviceLines(service).map(line => `${' '.repeat(Math.max(0, indent - 2))}${line}`);
  return `${lines.join('\n')}\n`;
}

/** The line after the last one that stands below `head`; comments and blank lines at its end belong to what follows. */
function blockEnd(lines: readonly string[], head: number): number {
  let end = head + 1;
  for (let index = head + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    if (!/^\s/.test(line)) break;
    end = index + 1;
  }
  return end;
}

function offsetOf(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0);
}

function at(place: number, newText: string): TextChange {
  return { start: place, end: place, newText };
}

/** The smallest stretch that differs, so that cursors and folds elsewhere stay. */
function changeBetween(before: string, after: string): TextChange {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let tail = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (tail < longest && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}
