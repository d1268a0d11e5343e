import { isMap, isNode, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
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
  const hidden = document.getIn(['discovery', 'hide'], true);
  if (isSeq(hidden)) return hidden.toJSON().includes(id) ? undefined : addItem(text, hidden, toScalar(id));
  const entry = `hide: [${toScalar(id)}]`;
  const discovery = document.get('discovery', true);
  if (isMap(discovery) && hidden === undefined) return addEntry(text, discovery, entry);
  if (document.has('discovery')) return undefined;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return at(text.length, `${gap}discovery:\n  ${entry}\n`);
}

/** Takes the id out of `discovery.hide`; undefined when it does not stand there. */
export function unhideInConfig(text: string, id: string): TextChange | undefined {
  const document = parseDocument(text);
  const hidden = document.errors.length > 0 ? undefined : document.getIn(['discovery', 'hide'], true);
  if (!isSeq(hidden)) return undefined;
  const place = hidden.items.findIndex(item => isScalar(item) && item.value === id);
  const item = rangeOf(hidden.items[place]);
  if (item === undefined) return undefined;
  if (!hidden.flow) {
    const start = text.lastIndexOf('\n', item.start) + 1;
    const end = text.indexOf('\n', item.end);
    return { start, end: end < 0 ? text.length : end + 1, newText: '' };
  }
  const next = rangeOf(hidden.items[place + 1]);
  const before = rangeOf(hidden.items[place - 1]);
  const start = next === undefined && before !== undefined ? before.end : item.start;
  return { start, end: next?.start ?? item.end, newText: '' };
}

function addItem(text: string, list: YAMLSeq, item: string): TextChange | undefined {
  const whole = rangeOf(list);
  const last = rangeOf(list.items.at(-1));
  if (whole === undefined) return undefined;
  if (last === undefined) return at(whole.start + 1, item);
  if (list.flow) return at(last.end, `, ${item}`);
  const line = text.slice(text.lastIndexOf('\n', last.start) + 1, last.start);
  const end = text.indexOf('\n', last.end);
  return at(end < 0 ? text.length : end, `\n${line}${item}`);
}

function addEntry(text: string, map: YAMLMap, entry: string): TextChange | undefined {
  const whole = rangeOf(map);
  if (whole === undefined) return undefined;
  if (map.flow) return at(whole.start + 1, map.items.length === 0 ? ` ${entry} ` : ` ${entry},`);
  const indent = text.slice(text.lastIndexOf('\n', whole.start) + 1, whole.start);
  return at(whole.start, `${entry}\n${indent}`);
}

/** Without the blank space and comments behind it. */
function rangeOf(node: unknown): { readonly start: number; readonly end: number } | undefined {
  const range = isNode(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : undefined;
}

function toScalar(id: string): string {
  return /^[A-Za-z][\w.-]*$/.test(id) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(id)
    ? id
    : JSON.stringify(id);
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
