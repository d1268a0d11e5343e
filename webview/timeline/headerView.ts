import {
  type HeaderMoment,
  incidentStatuses,
  type TimelineHeader,
  type TimelineSnapshot,
} from '../../src/shared/timelineProtocol.ts';
import { createButton, createDropdown } from '../components.ts';
import { element, replaceChildren, setText } from '../dom.ts';
import { toDurationText } from '../duration.ts';
import type { Zone } from '../zone.ts';
import type { PageActions } from './actions.ts';
import { headerAt, openMsAt } from './headerThen.ts';

/** Severity, title, status, commander; milestones with what they took; how long it has been open. */
export class HeaderView {
  readonly node = element('header', { class: 'header' });
  private readonly top = element('div', { class: 'top' });
  private readonly milestones = element('dl', { class: 'milestones' });
  private readonly open = element('dd', { class: 'open-for' });
  private readonly actions: PageActions;
  private snapshot: TimelineSnapshot | undefined;
  private shownTop = '';
  private momentMs: number | undefined;
  private zone: Zone | undefined;

  constructor(actions: PageActions) {
    this.actions = actions;
    this.node.append(this.top, this.milestones);
  }

  update(snapshot: TimelineSnapshot, zone: Zone): void {
    this.snapshot = snapshot;
    this.zone = zone;
    // Rebuilt only when it says something else: an open dropdown must not close because a row arrived.
    const key = JSON.stringify([snapshot.header, snapshot.isTrusted, this.momentMs]);
    if (key !== this.shownTop) this.buildTop(snapshot.header);
    this.shownTop = key;
    this.buildMilestones(snapshot, zone);
  }

  /** With a moment it says how things stood then; nothing in it can be changed meanwhile. */
  setReplay(momentMs: number | undefined, nowMs: number): void {
    this.momentMs = momentMs;
    if (this.snapshot && this.zone) this.update(this.snapshot, this.zone);
    this.tick(nowMs);
  }

  tick(nowMs: number): void {
    if (!this.snapshot) return;
    const openMs = openMsAt(this.snapshot.header, this.momentMs ?? nowMs);
    setText(this.open, openMs === undefined ? '–' : toDurationText(openMs));
  }

  private buildTop(header: TimelineHeader): void {
    const then = this.momentMs === undefined ? undefined : headerAt(header, this.momentMs);
    const { title, commander } = then ?? header;
    const isBefore = this.momentMs !== undefined && then === undefined;
    replaceChildren(
      this.top,
      ...(this.momentMs === undefined ? [] : [chip('as it was')]),
      ...this.standing(header, then),
      element('h1', {}, title),
      header.isDrill ? element('span', { class: 'chip drill' }, 'drill') : undefined,
      isBefore ? undefined : chip(commander ? `commander: ${commander}` : 'no commander'),
      this.buttons(header),
      ...header.problems.map(text => element('p', { class: 'problem', role: 'status' }, text)),
    );
  }

  private standing(header: TimelineHeader, then: HeaderMoment | undefined): readonly HTMLElement[] {
    if (this.momentMs === undefined) return this.choices(header);
    if (then === undefined) return [chip('not declared yet')];
    const label = header.severities.find(({ level }) => level === then.severity)?.label;
    return [chip(label ?? `SEV-${then.severity}`), chip(then.status)];
  }

  private choices(header: TimelineHeader): readonly HTMLElement[] {
    const severity = createDropdown({
      label: 'Severity',
      value: String(header.severity),
      options: severityOptions(header.severities, header.severity),
      onChange: value => this.actions.send({ type: 'changeSeverity', severity: Number(value) }),
    });
    severity.classList.add('sev-choice', `sev-${Math.min(Math.max(header.severity, 1), 4)}`);
    const status = createDropdown({
      label: 'Status',
      value: header.status,
      options: incidentStatuses.map(value => ({ value, text: value })),
      onChange: value => {
        const chosen = incidentStatuses.find(one => one === value);
        if (chosen) this.actions.send({ type: 'changeStatus', status: chosen });
      },
    });
    status.classList.add('status-choice');
    return [severity, status];
  }

  private buttons(header: TimelineHeader): HTMLElement {
    return element(
      'div',
      { class: 'buttons' },
      createButton({
        text: 'Add note',
        label: 'Add note (n)',
        onClick: () => this.actions.focusComposer(),
      }),
      createButton({
        text: header.reviewPath === undefined ? 'Generate review' : 'Update review',
        appearance: 'primary',
        ...(header.reviewPath === undefined ? {} : { label: header.reviewPath }),
        onClick: () => this.actions.send({ type: 'generateReview' }),
      }),
    );
  }

  private buildMilestones(snapshot: TimelineSnapshot, zone: Zone): void {
    const { momentMs = Number.POSITIVE_INFINITY } = this;
    const known = snapshot.milestones.map(one =>
      one.atMs === undefined || one.atMs <= momentMs ? one : { ...one, atMs: undefined, tookMs: undefined },
    );
    const groups = known.map(({ title, atMs, by, tookMs, tookSince }) => {
      const time = element('b', {}, atMs === undefined ? '–' : zone.time(atMs));
      if (atMs !== undefined)
        time.title = `${zone.dateTime(atMs)}${by === 'person' ? ', set by a person' : ', from the record'}`;
      const took =
        tookMs === undefined
          ? undefined
          : element('span', { title: `since ${tookSince}` }, ` (${toDurationText(tookMs)})`);
      return element('div', {}, element('dt', {}, title), element('dd', {}, time, took));
    });
    const { openUntilMs } = snapshot.header;
    const isOver = openUntilMs !== undefined && openUntilMs <= momentMs;
    const open = element('div', {}, element('dt', {}, isOver ? 'lasted' : 'open for'), this.open);
    open.hidden = snapshot.header.openSinceMs === undefined;
    replaceChildren(this.milestones, ...groups, open);
  }
}

function chip(text: string): HTMLElement {
  return element('span', { class: 'chip' }, text);
}

function severityOptions(
  severities: readonly { readonly level: number; readonly label: string }[],
  current: number,
): readonly { readonly value: string; readonly text: string }[] {
  const known =
    severities.length > 0 ? severities : [1, 2, 3, 4].map(level => ({ level, label: `SEV-${level}` }));
  const all = known.some(({ level }) => level === current)
    ? known
    : [{ level: current, label: `SEV-${current}` }, ...known];
  return all.map(({ level, label }) => ({ value: String(level), text: label }));
}
