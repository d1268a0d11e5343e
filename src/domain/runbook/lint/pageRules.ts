import type { Problem } from '../../../base/source.ts';
import type { Runbook } from '../model.ts';
import { repairMojibake } from '../mojibake.ts';
import type { LineTable } from '../source/lineTable.ts';
import type { LintFacts } from './rule.ts';

/** Relative links whose file does not exist. */
export function brokenLinks(runbook: Runbook, table: LineTable, { exists }: LintFacts): readonly Problem[] {
  if (exists === undefined) return [];
  return runbook.links.flatMap(({ kind, target, line }) => {
    const path = target.replace(/[?#].*$/, '');
    if (kind !== 'file' || path === '' || /[{<]/.test(path)) return [];
    const wanted = resolve(runbook.file, decode(path));
    if (wanted === undefined || exists(wanted)) return [];
    return [
      {
        ...placeOf(table, line, target),
        code: 'broken-link',
        severity: 'warning' as const,
        message: `There is no file ${wanted}.`,
      },
    ];
  });
}

/** Contacts that still hold the template's placeholders: nobody can be reached in an emergency. */
export function unsetContacts(runbook: Runbook, table: LineTable): readonly Problem[] {
  return runbook.contacts.flatMap(({ role, isUnset, line }) =>
    isUnset
      ? [
          {
            ...placeOf(table, line, table.line(line).trim()),
            code: 'unset-contact',
            severity: 'warning' as const,
            message: `The contact "${role}" is not filled in.`,
          },
        ]
      : [],
  );
}

export function mojibake(table: LineTable): readonly Problem[] {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]/.test(table.text)) return [];
  const found: Problem[] = [];
  for (let line = 1; line <= table.count; line++) {
    const text = table.line(line);
    const repaired = repairMojibake(text);
    if (repaired === text) continue;
    const start = firstDifference(text, repaired);
    const tail = firstDifference(
      [...text.slice(start)].reverse().join(''),
      [...repaired.slice(start)].reverse().join(''),
    );
    const end = text.length - tail;
    found.push({
      code: 'mojibake',
      severity: 'info',
      message: `Letters broken by a wrong encoding: this was meant to be ${repaired.slice(start, repaired.length - tail)}.`,
      line,
      startColumn: start,
      endColumn: end,
      fix: {
        title: 'Repair the letters',
        start: table.startOf(line) + start,
        end: table.startOf(line) + end,
        newText: repaired.slice(start, repaired.length - tail),
      },
    });
  }
  return found;
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}

function placeOf(
  table: LineTable,
  line: number,
  part: string,
): Pick<Problem, 'line' | 'startColumn' | 'endColumn'> {
  const at = Math.max(0, table.line(line).indexOf(part));
  return { line, startColumn: at, endColumn: Math.min(at + part.length, table.line(line).length) };
}

/** Path relative to the workspace; undefined when it leads out of it. */
function resolve(from: string, target: string): string | undefined {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
