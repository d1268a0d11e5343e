import {
  type DetailProof,
  type EntryDetail,
  type EntryVersion,
  milestoneNames,
  type TimelineRow,
} from '../../src/shared/timelineProtocol.ts';
import { createButton, createDropdown } from '../components.ts';
import { element } from '../dom.ts';
import { toDurationText } from '../duration.ts';
import type { Zone } from '../zone.ts';
import type { PageActions } from './actions.ts';

export interface DetailParts {
  readonly row: TimelineRow;
  /** Not there yet while the host is being asked. */
  readonly detail: EntryDetail | undefined;
  readonly zone: Zone;
  readonly actions: PageActions;
}

/** Below an opened row: what can be done, the facts, the proofs, and how it read before it was changed. */
export function createDetail(parts: DetailParts): HTMLElement {
  const { row, detail, zone, actions } = parts;
  return element(
    'div',
    { class: 'detail-body' },
    createFacts(row, detail, zone),
    createToolbar(row, actions),
    detail?.detail === undefined ? undefined : element('pre', { class: 'full' }, detail.detail),
    ...(detail?.proofs ?? []).map(proof => createProof(row, proof, actions)),
    createHistory(detail?.history ?? [], zone),
  );
}

function createToolbar(row: TimelineRow, actions: PageActions): HTMLElement {
  const id = row.id;
  const button = (text: string, label: string, onClick: () => void) => createButton({ text, label, onClick });
  const marked = actions.markedIds();
  const milestone = createDropdown({
    label: 'Use this time as a milestone',
    value: '',
    options: [
      { value: '', text: 'Use time as …' },
      ...milestoneNames.map(name => ({ value: name, text: milestoneTitles[name] })),
    ],
    onChange: value => {
      const name = milestoneNames.find(one => one === value);
      if (name) actions.send({ type: 'setMilestone', name, atMs: row.atMs, entryId: id });
    },
  });
  return element(
    'div',
    { class: 'buttons', role: 'toolbar', 'aria-label': 'Entry' },
    button('Edit', 'Edit (e)', () => actions.startEdit(id)),
    button(row.isPinned ? 'Unpin' : 'Pin', 'Pin for the review (p)', () =>
      actions.send({ type: 'pin', entryId: id, isPinned: !row.isPinned }),
    ),
    row.isRetracted
      ? button('Restore', 'Restore (Delete)', () => actions.send({ type: 'restore', entryId: id }))
      : button('Retract', 'Retract, kept in the record (Delete)', () =>
          actions.send({ type: 'retract', entryId: id }),
        ),
    marked.length > 1
      ? button(`Merge ${marked.length}`, 'Merge the marked entries into one (m)', () =>
          actions.send({ type: 'merge', entryIds: marked }),
        )
      : undefined,
    button('Attach evidence', 'Attach a file or picture as evidence', () =>
      actions.send({ type: 'attachEvidence', entryId: id }),
    ),
    milestone,
  );
}

const milestoneTitles: Readonly<Record<(typeof milestoneNames)[number], string>> = {
  impactStart: 'impact start',
  detected: 'detected',
  declared: 'declared',
  acknowledged: 'acknowledged',
  identified: 'identified',
  mitigated: 'mitigated',
  resolved: 'resolved',
  closed: 'closed',
};

function createFacts(row: TimelineRow, detail: EntryDetail | undefined, zone: Zone): HTMLElement {
  const lateMs = detail ? detail.observedAtMs - row.atMs : 0;
  const facts = [
    zone.dateTime(row.atMs),
    Math.abs(lateMs) < 1000 ? undefined : lateMs > 0 ? `recorded ${toDurationText(lateMs)} later` : undefined,
    row.kind,
    row.serviceId,
    row.who,
  ];
  return element('p', { class: 'dim facts' }, facts.filter(fact => fact !== undefined).join(' · '));
}

function createProof(row: TimelineRow, proof: DetailProof, actions: PageActions): HTMLElement {
  const open = element('button', { class: 'link' }, proof.linkText ?? 'open');
  open.addEventListener('click', () =>
    actions.send({ type: 'openProof', entryId: row.id, eventId: proof.eventId }),
  );
  const head = element(
    'div',
    { class: 'proof-head' },
    element('span', {}, proof.label),
    proof.link === undefined ? undefined : open,
    proof.hasText ? createRemoval(row, proof, actions) : undefined,
  );
  const excerpt =
    proof.excerpt === undefined
      ? undefined
      : element('pre', { tabindex: 0, 'aria-label': `Excerpt of ${proof.label}` }, proof.excerpt);
  return element('section', { class: 'proof' }, head, excerpt);
}

function createRemoval(row: TimelineRow, proof: DetailProof, actions: PageActions): HTMLElement {
  const remove = element(
    'button',
    { class: 'link', 'aria-label': `Delete the text of ${proof.label}` },
    'delete',
  );
  remove.addEventListener('click', () =>
    actions.send({ type: 'removeProof', entryId: row.id, eventId: proof.eventId }),
  );
  return remove;
}

function createHistory(history: readonly EntryVersion[], zone: Zone): HTMLElement | undefined {
  if (history.length < 2) return undefined;
  const items = history.map((version, index) => {
    const before = history[index - 1];
    const texts = [
      index === 0 ? 'as first recorded' : version.change,
      version.who,
      version.reason,
      before && before.atMs === version.atMs ? undefined : `time ${zone.time(version.atMs)}`,
      before && before.event === version.event ? undefined : `“${version.event}”`,
      before?.action === version.action ? undefined : `action “${version.action ?? ''}”`,
    ];
    const when = element('time', {}, zone.time(version.recordedAtMs));
    return element('li', {}, when, ` ${texts.filter(text => text !== undefined).join(' · ')}`);
  });
  return element('section', { class: 'history' }, element('h2', {}, 'History'), element('ol', {}, ...items));
}
