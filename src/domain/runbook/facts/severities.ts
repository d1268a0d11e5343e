import type { SeverityLevel } from '../model.ts';
import { parseDurationMs } from '../source/durations.ts';
import { parseLabelled, toPlainText } from '../source/plainText.ts';
import { type Placed, textBlocks } from './page.ts';

const HEADING = /^(?:sev(?:erity)?|s|p)[- ]?(\d)\b\s*[:\-–—]?\s*([^()]*?)\s*(?:\(([^)]*)\))?\s*$/i;
const CELL = /^(?:sev(?:erity)?|s|p)[- ]?(\d)\b/i;

type Draft = { -readonly [K in keyof SeverityLevel]: SeverityLevel[K] };

/** Severity levels from headings with labelled items below, or from a table. Empty where a file defines none. */
export function readSeverities(page: readonly Placed[]): readonly SeverityLevel[] {
  const fromHeadings = readHeadings(page).filter(
    level => level.definition !== undefined || level.responseText !== undefined,
  );
  return fromHeadings.length > 0 ? fromHeadings : readTables(page);
}

function readHeadings(page: readonly Placed[]): readonly SeverityLevel[] {
  const levels: Draft[] = [];
  let current: Draft | undefined;
  for (const { block } of page) {
    if (block.kind === 'heading') {
      const match = /\d/.test(block.text) ? HEADING.exec(toPlainText(block.text)) : null;
      current = match ? toDraft(match, block.startLine) : undefined;
      if (current) levels.push(current);
    } else if (block.kind === 'text' && current) fill(current, block.text);
  }
  return levels;
}

function toDraft(match: RegExpExecArray, line: number): Draft {
  return {
    level: Number(match[1]),
    label: `SEV-${match[1]}`,
    name: (match[2] ?? '').trim(),
    tagline: match[3]?.trim(),
    definition: undefined,
    responseText: undefined,
    responseMs: undefined,
    escalation: undefined,
    updateEveryMs: undefined,
    line,
  };
}

function fill(level: Draft, text: string): void {
  const labelled = parseLabelled(text);
  if (labelled) assign(level, labelled.label, toPlainText(labelled.value));
}

function assign(level: Draft, label: string, value: string): void {
  if (/respon|acknowledge/i.test(label)) {
    level.responseText ??= value;
    level.responseMs ??= parseDurationMs(value);
  } else if (/\bupdates?\b|cadence/i.test(label)) level.updateEveryMs ??= parseDurationMs(value);
  else if (/escalat|notif|who/i.test(label)) level.escalation ??= value;
  else if (/defin|descri|impact|criteria|meaning|example/i.test(label)) level.definition ??= value;
  else if (/^name|^level name|^title/i.test(label)) level.name ||= value;
}

/** CommonMark has no tables: they arrive as paragraphs of `|` lines. */
function readTables(page: readonly Placed[]): readonly SeverityLevel[] {
  return textBlocks(page).flatMap(({ block }) => {
    if (!/^\s*\|.*(?:sev|level|priority)/i.test(block.text)) return [];
    const rows = block.text.split('\n').map(line => (/^\s*\|/.test(line) ? cells(line) : []));
    const [header = [], ...body] = rows;
    if (!header.some(cell => /sev|level|priority/i.test(cell))) return [];
    return body.flatMap((row, i) => {
      const match = CELL.exec(row[0] ?? '');
      if (!match) return [];
      const level = toDraft(match, block.startLine + 1 + i);
      for (const [column, cell] of row.entries()) if (column > 0) assign(level, header[column] ?? '', cell);
      return level.definition !== undefined || level.responseText !== undefined ? [level] : [];
    });
  });
}

function cells(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map(cell => toPlainText(cell));
}
