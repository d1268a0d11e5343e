import type { Runbook } from '../../domain/runbook/model.ts';
import { escapeMarkdown, type Row, type RowIcon } from '../row.ts';

/** A row about something that is neither section nor step: where it stands, and where it leads. */
export interface FactRow {
  readonly row: Row;
  readonly line: number;
  /** Address, or path relative to the workspace, to open. */
  readonly link: string | undefined;
}

const icons: Readonly<Record<string, RowIcon>> = {
  contact: { id: 'account', color: undefined },
  escalation: { id: 'arrow-up', color: undefined },
  template: { id: 'comment', color: undefined },
  link: { id: 'link', color: undefined },
};

/** People to call, messages to send and pages to look at, in the order of the file. */
export function factRows(runbook: Runbook): readonly FactRow[] {
  const fact = (
    kind: string,
    label: string,
    rest: { description?: string; line: number; link?: string | undefined },
  ) => {
    const { description = '', line, link } = rest;
    const id = `fact:${runbook.file}#${kind}:${line}:${label}`;
    const name = link === undefined ? 'openStepSource' : 'openRunbookLink';
    const row: Row = {
      id,
      label,
      description,
      icon: icons[kind],
      tooltip: [`**${escapeMarkdown(label)}**`, escapeMarkdown(description), `line ${line}`]
        .filter(Boolean)
        .join('  \n'),
      spoken: `${kind} ${label} ${description}`.trim(),
      context: `fact ${kind}`,
      expand: 'none',
      command: { name, argument: id },
    };
    return { row, line, link };
  };
  const seen = new Set<string>();
  return [
    ...runbook.contacts.map(({ role, text, isUnset, line }) =>
      fact('contact', role, { description: isUnset ? `not set: ${text}` : text, line }),
    ),
    ...runbook.escalation.map(({ label, who, detail, line }) =>
      fact('escalation', `${label} ${who}`.trim(), { description: detail ?? '', line }),
    ),
    ...runbook.templates.map(({ title, channel, range }) =>
      fact('template', title, { description: channel ?? '', line: range.startLine }),
    ),
    ...runbook.links
      .filter(({ kind }) => kind !== 'log')
      .map(({ text, target, line }) =>
        fact('link', text || target, { description: target, line, link: toTarget(runbook.file, target) }),
      ),
  ].filter(({ row }) => !seen.has(row.id) && seen.add(row.id));
}

/** Undefined for what leads out of the workspace or is no address that a browser opens. */
function toTarget(file: string, target: string): string | undefined {
  if (/^(?:https?|mailto):/i.test(target)) return target;
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const path = target.replace(/[?#].*$/s, '');
  if (path === '') return undefined;
  const parts = path.startsWith('/') ? [] : file.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
