import { incidentStatuses, type TimelineSnapshot } from '../../src/shared/timelineProtocol.ts';
import { createButton, createDropdown } from '../components.ts';
import { element, replaceChildren, setText } from '../dom.ts';
import { toDurationText } from '../duration.ts';
import type { Zone } from '../zone.ts';
import type { PageActions } from './actions.ts';

/** Severity, title, status, commander; milestones with what they took; how long it has been open. */
export class HeaderView {
  readonly node = element('header', { class: 'header' });
  private readonly top = element('div', { class: 'top' });
  private readonly milestones = element('dl', { class: 'milestones' });
  private readonly open = element('dd', { class: 'open-for' });
  private readonly actions: PageActions;
  private snapshot: TimelineSnapshot | undefined;
  private shownTop = '';

  constructor(actions: PageActions) {
    this.actions = actions;
    this.node.append(this.top, this.milestones);
  }

  update(snapshot: TimelineSnapshot, zone: Zone): void {
    this.snapshot = snapshot;
    // Rebuilt only when it says something else: an open dropdown must not close because a row arrived.
    const key = JSON.stringify([snapshot.header, snapshot.isTrusted]);
    if (key !== this.shownTop) this.buildTop(snapshot);
    this.shownTop = key;
    this.buildMilestones(snapshot, zone);
  }

  tick(nowMs: number): void {
    const header = this.snapshot?.header;
    if (header?.openSinceMs === undefined) return;
    setText(this.open, toDurationText((header.openUntilMs ?? nowMs) - header.openSinceMs));
  }

  private buildTop({ header }: TimelineSnapshot): void {
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
    replaceChildren(
      this.top,
      severity,
      element('h1', {}, header.title),
      header.isDrill ? element('span', { class: 'chip drill' }, 'drill') : undefined,
      status,
      element(
        'span',
        { class: 'chip' },
        header.commander ? `commander: ${header.commander}` : 'no commander',
      ),
      element(
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
      ),
      ...header.problems.map(text => element('p', { class: 'problem', role: 'status' }, text)),
    );
  }

  private buildMilestones(snapshot: TimelineSnapshot, zone: Zone): void {
    const groups = snapshot.milestones.map(({ title, atMs, by, tookMs, tookSince }) => {
      const time = element('b', {}, atMs === undefined ? '–' : zone.time(atMs));
      if (atMs !== undefined)
        time.title = `${zone.dateTime(atMs)}${by === 'person' ? ', set by a person' : ', from the record'}`;
      const took =
        tookMs === undefined
          ? undefined
          : element('span', { title: `since ${tookSince}` }, ` (${toDurationText(tookMs)})`);
      return element('div', {}, element('dt', {}, title), element('dd', {}, time, took));
    });
    const isOver = snapshot.header.openUntilMs !== undefined;
    const open = element('div', {}, element('dt', {}, isOver ? 'lasted' : 'open for'), this.open);
    open.hidden = snapshot.header.openSinceMs === undefined;
    replaceChildren(this.milestones, ...groups, open);
  }
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
