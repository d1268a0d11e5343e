import type { TimelineRow } from '../../src/shared/timelineProtocol.ts';
import { element, replaceChildren, setAttributes, setText } from '../dom.ts';
import { icon } from '../icons.ts';

export interface RowState {
  readonly index: number;
  readonly timeText: string;
  readonly fullTime: string;
  readonly isActive: boolean;
  readonly isMarked: boolean;
  readonly isOpen: boolean;
}

interface RowParts {
  readonly time: HTMLElement;
  readonly icon: HTMLElement;
  readonly text: HTMLElement;
  readonly source: HTMLElement;
  readonly star: HTMLElement;
  shown: TimelineRow | undefined;
}

const partsOf = new WeakMap<HTMLElement, RowParts>();

export function createRow(): HTMLElement {
  const parts: RowParts = {
    time: element('time', { role: 'gridcell' }),
    icon: element('span', { class: 'kind', role: 'presentation' }),
    text: element('span', { class: 'text', role: 'gridcell' }),
    source: element('button', { class: 'link source', tabindex: -1, 'data-do': 'source' }),
    star: element('button', { class: 'star', tabindex: -1, 'data-do': 'pin' }),
    shown: undefined,
  };
  const end = element('span', { class: 'end', role: 'gridcell' }, parts.source, parts.star);
  const row = element('div', { class: 'row', role: 'row' }, parts.time, parts.icon, parts.text, end);
  partsOf.set(row, parts);
  return row;
}

export function updateRow(row: HTMLElement, entry: TimelineRow, state: RowState): void {
  const parts = partsOf.get(row);
  if (!parts) return;
  setAttributes(row, {
    id: `row-${state.index}`,
    'data-index': state.index,
    'aria-rowindex': state.index + 1,
    'aria-selected': state.isActive || state.isMarked ? 'true' : 'false',
    'aria-expanded': state.isOpen ? 'true' : 'false',
    'aria-label': spoken(entry, state),
    class: classOf(entry, state),
  });
  setText(parts.time, state.timeText);
  setAttributes(parts.time, { title: state.fullTime });
  if (parts.shown === entry) return;
  parts.shown = entry;
  replaceChildren(parts.icon, icon(entry.kind));
  replaceChildren(parts.text, ...textOf(entry));
  setText(parts.source, entry.source ?? '');
  parts.source.hidden = entry.source === undefined;
  replaceChildren(parts.star, icon(entry.isPinned ? 'starFull' : 'star'));
  setAttributes(parts.star, {
    'aria-label': entry.isPinned ? 'Unpin' : 'Pin',
    class: entry.isPinned ? 'star on' : 'star',
  });
}

function classOf(entry: TimelineRow, state: RowState): string {
  return [
    'row',
    entry.tone && `tone-${entry.tone}`,
    `kind-${entry.kind}`,
    `relevance-${entry.relevance}`,
    entry.isRetracted && 'retracted',
    state.isActive && 'active',
    state.isMarked && 'marked',
    state.isOpen && 'open',
  ]
    .filter(Boolean)
    .join(' ');
}

function textOf(entry: TimelineRow): (Node | string)[] {
  const nodes = [...withCode(entry.event, entry.command)];
  if (entry.action)
    nodes.push(element('span', { class: 'arrow' }, ' → '), ...withCode(entry.action, entry.command));
  const asides = [
    entry.who,
    entry.isEdited ? 'edited' : undefined,
    entry.isRetracted ? 'retracted' : undefined,
    (entry.proofCount ?? 0) > 1 ? `${entry.proofCount} proofs` : undefined,
  ].filter(text => text !== undefined);
  if (asides.length > 0) nodes.push(element('small', {}, ` · ${asides.join(' · ')}`));
  return nodes;
}

/** A step's command in code font wherever the sentence names it. */
function withCode(text: string, command: string | undefined): (Node | string)[] {
  const at = command ? text.indexOf(command) : -1;
  if (!command || at < 0) return [text];
  return [text.slice(0, at), element('code', {}, command), text.slice(at + command.length)].filter(
    part => part !== '',
  );
}

function spoken(entry: TimelineRow, state: RowState): string {
  return [
    state.fullTime,
    entry.kind,
    entry.event,
    entry.action,
    entry.who && `by ${entry.who}`,
    entry.isPinned && 'pinned',
    entry.isEdited && 'edited',
    entry.isRetracted && 'retracted',
    entry.proofCount && `${entry.proofCount} ${entry.proofCount === 1 ? 'proof' : 'proofs'}`,
  ]
    .filter(Boolean)
    .join(', ');
}
