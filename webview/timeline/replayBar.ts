import type { TimelineRow, TimelineSnapshot } from '../../src/shared/timelineProtocol.ts';
import { element, setAttributes, setText } from '../dom.ts';
import type { Zone } from '../zone.ts';
import { spokenMoment, stepFrom, toMoments } from './replay.ts';

export interface ReplayInput {
  readonly snapshot: TimelineSnapshot;
  /** The rows that the filter shows. */
  readonly rows: readonly TimelineRow[];
  readonly zone: Zone;
}

/** Scrubs through the incident: the slider's arrow keys go from one moment to the next, as do its buttons. */
export class ReplayBar {
  readonly node: HTMLElement;
  private readonly toggle = element(
    'button',
    { class: 'chip', type: 'button', 'aria-pressed': 'false' },
    'Replay',
  );
  private readonly controls: HTMLElement;
  private readonly slider = element('input', {
    type: 'range',
    step: 1,
    'aria-label': 'Moment of the replay',
  });
  private readonly time = element('time', { 'aria-hidden': 'true' });
  private readonly onChange: (atMs: number | undefined) => void;
  private input: ReplayInput | undefined;
  private moments: readonly number[] = [];
  private atMs: number | undefined;

  constructor(onChange: (atMs: number | undefined) => void) {
    this.onChange = onChange;
    this.toggle.title = 'Replay: see the services as they were (r)';
    this.toggle.addEventListener('click', () => this.switch());
    this.slider.addEventListener('input', () => this.goTo(Number(this.slider.value)));
    this.slider.addEventListener('keydown', event => this.key(event));
    this.controls = element(
      'span',
      { class: 'replay-controls' },
      this.button('‹', 'Moment before', () => this.step(-1)),
      this.slider,
      this.button('›', 'Next moment', () => this.step(1)),
      this.time,
    );
    this.controls.hidden = true;
    this.node = element(
      'div',
      { class: 'replay', role: 'group', 'aria-label': 'Replay' },
      this.toggle,
      this.controls,
    );
  }

  /** Undefined while the incident is shown as it is now. */
  get momentMs(): number | undefined {
    return this.atMs;
  }

  update(input: ReplayInput): void {
    this.input = input;
    this.moments = toMoments(input.rows, input.snapshot.lanes);
    this.show();
  }

  /** Begins where the incident began; once more leaves it. */
  switch(): void {
    if (this.atMs !== undefined) this.leave();
    else this.enter();
  }

  enter(): void {
    const impactMs = this.input?.snapshot.milestones.find(({ atMs }) => atMs !== undefined)?.atMs;
    this.goTo(impactMs ?? this.moments[0]);
    this.slider.focus();
  }

  leave(): boolean {
    if (this.atMs === undefined) return false;
    this.goTo(undefined);
    return true;
  }

  goTo(atMs: number | undefined): void {
    this.atMs = atMs;
    this.show();
    this.onChange(atMs);
  }

  private step(direction: 1 | -1): void {
    if (this.atMs !== undefined) this.goTo(stepFrom(this.moments, this.atMs, direction));
  }

  private key(event: KeyboardEvent): void {
    const direction = directions[event.key];
    if (direction === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.step(direction);
  }

  private show(): void {
    const { input, atMs } = this;
    this.controls.hidden = atMs === undefined;
    setAttributes(this.toggle, { 'aria-pressed': atMs === undefined ? 'false' : 'true' });
    if (!input || atMs === undefined) return;
    const time = input.zone.time(atMs);
    setAttributes(this.slider, {
      min: Math.min(this.moments[0] ?? atMs, atMs),
      max: Math.max(this.moments.at(-1) ?? atMs, atMs),
      'aria-valuetext': spokenMoment(time, input.snapshot.lanes, atMs),
    });
    this.slider.value = String(atMs);
    setText(this.time, time);
  }

  private button(text: string, label: string, onClick: () => void): HTMLElement {
    const button = element(
      'button',
      { class: 'step', type: 'button', 'aria-label': label, title: label },
      text,
    );
    button.addEventListener('click', onClick);
    return button;
  }
}

const directions: Readonly<Record<string, 1 | -1>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
};
