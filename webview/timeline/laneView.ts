import type { Lane } from '../../src/domain/incident/model.ts';
import type { TimelineRow, TimelineSnapshot } from '../../src/shared/timelineProtocol.ts';
import { element, replaceChildren, setAttributes, svg } from '../dom.ts';
import { toDurationText } from '../duration.ts';
import type { Zone } from '../zone.ts';
import type { PageActions } from './actions.ts';
import { fitExtent, fullExtent } from './extent.ts';
import { axisPx, createLegendDot, drawChart, lanePx } from './laneChart.ts';
import { listenToPointer } from './lanePointer.ts';
import { stateAt } from './laneShapes.ts';
import type { TimeRange } from './rowFilter.ts';
import { pan, type TimeView, toTime, toX, within, zoom } from './timeView.ts';

export interface LaneInput {
  readonly snapshot: TimelineSnapshot;
  readonly rows: readonly TimelineRow[];
  readonly zone: Zone;
  readonly nowMs: number;
}

/** The lanes with their labels. Until a person zooms it follows the incident; `0` goes back to that. */
export class LaneView {
  readonly node: HTMLElement;
  private readonly labels = element('div', { class: 'lane-labels' });
  private readonly chart = svg('svg', {
    class: 'chart',
    role: 'img',
    'aria-label': 'States of the services over time',
  });
  private readonly plot: HTMLElement;
  private readonly readout = element('div', { class: 'readout', 'aria-hidden': 'true' });
  private readonly cursor = element('div', { class: 'cursor', 'aria-hidden': 'true' });
  private readonly actions: PageActions;
  private input: LaneInput | undefined;
  private chosen: TimeView | undefined;
  private range: TimeRange | undefined;
  private serviceId: string | undefined;
  private replayMs: number | undefined;
  private hoverX: number | undefined;
  private frame = 0;

  constructor(actions: PageActions) {
    this.actions = actions;
    this.readout.hidden = true;
    this.cursor.hidden = true;
    this.plot = element(
      'div',
      {
        class: 'plot',
        tabindex: 0,
        role: 'group',
        'aria-label': 'Lanes: arrow keys move, [ and ] zoom, 0 fits, b filters the list to what is in view',
      },
      this.chart,
      this.cursor,
      this.readout,
    );
    this.node = element('section', { class: 'lanes', 'aria-label': 'Lanes' }, this.labels, this.plot);
    listenToPointer(this.plot, {
      zoom: (factor, x) => this.zoomAt(factor, x),
      pan: px => this.panBy(px),
      select: (fromX, untilX) => this.select(fromX, untilX),
      click: (x, target) => this.click(x, target),
      hover: x => {
        this.hoverX = x;
        // Only the readout: a redrawn mark would lose the tooltip that is about to open.
        this.drawReadout(this.shownView());
      },
    });
    new ResizeObserver(() => this.draw()).observe(this.plot);
  }

  update(input: LaneInput): void {
    this.input = input;
    this.buildLabels();
    this.draw();
  }

  setFilter(range: TimeRange | undefined, serviceId: string | undefined): void {
    this.range = range;
    this.serviceId = serviceId;
    this.buildLabels();
    this.draw();
  }

  /** Labels and lanes as of then; undefined is now. */
  setReplay(atMs: number | undefined): void {
    this.replayMs = atMs;
    this.buildLabels();
    this.draw();
  }

  /** True when the key was for the lanes; `[`, `]` and `0` are heard from everywhere. */
  key(event: KeyboardEvent): boolean {
    const isInside = event.target instanceof Node && this.plot.contains(event.target);
    if (event.key === '[' || (isInside && event.key === '-')) this.zoomAt(1.5);
    else if (event.key === ']' || (isInside && event.key === '+')) this.zoomAt(1 / 1.5);
    else if (event.key === '0') this.fit();
    else if (event.key === 'b') this.actions.setFilter({ range: { ...this.view() } });
    else if (isInside && event.key === 'ArrowLeft') this.panBy(-80);
    else if (isInside && event.key === 'ArrowRight') this.panBy(80);
    else return false;
    return true;
  }

  fit(): void {
    this.chosen = undefined;
    this.draw();
  }

  /** Once a second while the incident is open. */
  tick(nowMs: number): void {
    if (!this.input) return;
    this.input = { ...this.input, nowMs };
    this.draw();
  }

  private view(): TimeView {
    const widthPx = Math.max(this.plot.clientWidth, 50);
    if (!this.input) return { fromMs: 0, untilMs: 1, widthPx };
    const { snapshot, rows, nowMs } = this.input;
    return { ...(this.chosen ?? fitExtent(snapshot, rows, nowMs)), widthPx };
  }

  private shownView(): TimeView {
    return this.chosen ? within(this.view(), this.limits()) : this.view();
  }

  private limits(): TimeView {
    const view = this.view();
    if (!this.input) return view;
    const { snapshot, rows, nowMs } = this.input;
    return { ...fullExtent(snapshot, rows, nowMs), widthPx: view.widthPx };
  }

  private zoomAt(factor: number, x?: number): void {
    const view = this.view();
    this.chosen = zoom(view, factor, toTime(view, x ?? view.widthPx / 2), this.limits());
    this.draw();
  }

  private panBy(px: number): void {
    const view = this.view();
    this.chosen = pan(view, (px / view.widthPx) * (view.untilMs - view.fromMs), this.limits());
    this.draw();
  }

  private select(fromX: number, untilX: number): void {
    const view = this.view();
    const [fromMs, untilMs] = [toTime(view, Math.min(fromX, untilX)), toTime(view, Math.max(fromX, untilX))];
    this.actions.setFilter({ range: { fromMs, untilMs } });
  }

  private click(x: number, target: Element): void {
    const id = target.getAttribute('data-id');
    if (id) this.actions.reveal(id);
    else if (this.range) this.actions.setFilter({ range: undefined });
    else this.actions.revealTime(toTime(this.view(), x));
  }

  private draw(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.drawNow();
    });
  }

  private drawNow(): void {
    if (!this.input) return;
    const { snapshot, rows, zone, nowMs } = this.input;
    const view = this.shownView();
    const isLive = snapshot.header.openUntilMs === undefined;
    const { lanes, milestones } = snapshot;
    drawChart(this.chart, {
      view,
      lanes,
      rows,
      milestones,
      zone,
      nowMs,
      isLive,
      range: this.range,
      replayMs: this.replayMs,
    });
    this.drawReadout(view);
  }

  private drawReadout(view: TimeView): void {
    const input = this.input;
    const hoverX = this.hoverX;
    this.readout.hidden = hoverX === undefined || !input;
    this.cursor.hidden = this.readout.hidden;
    if (hoverX === undefined || !input) return;
    const atMs = toTime(view, hoverX);
    const states = input.snapshot.lanes.map(lane => {
      const state = stateAt(lane, atMs, input.nowMs)?.state ?? 'gap';
      return element('li', {}, createLegendDot(state), `${lane.title} `, element('b', {}, stateWord(state)));
    });
    replaceChildren(this.readout, element('time', {}, input.zone.time(atMs)), element('ul', {}, ...states));
    const isLeft = hoverX > view.widthPx - 190;
    this.readout.style.transform = `translate(${isLeft ? hoverX - 180 : hoverX + 14}px, ${axisPx}px)`;
    this.cursor.style.transform = `translateX(${toX(view, atMs)}px)`;
  }

  private buildLabels(): void {
    const input = this.input;
    if (!input) return;
    replaceChildren(this.labels, ...input.snapshot.lanes.map(lane => this.label(lane, input)));
    this.labels.style.paddingTop = `${axisPx}px`;
  }

  private label(lane: Lane, { nowMs, snapshot }: LaneInput): HTMLElement {
    const { replayMs } = this;
    const last = replayMs === undefined ? lane.spans.at(-1) : stateAt(lane, replayMs, nowMs);
    const atMs = replayMs ?? snapshot.header.openUntilMs ?? nowMs;
    const state = last?.state ?? (replayMs === undefined ? 'unknown' : 'gap');
    const untilMs = replayMs ?? last?.untilMs ?? atMs;
    const since = last ? ` for ${toDurationText(Math.max(0, untilMs - last.fromMs))}` : '';
    const button = element(
      'button',
      { class: 'lane-label' },
      createLegendDot(state),
      element('span', {}, lane.title),
    );
    setAttributes(button, {
      'aria-pressed': this.serviceId === lane.serviceId ? 'true' : 'false',
      'aria-label': `${lane.title}: ${stateWord(state)}${since}. Show its entries only`,
      title: `${stateWord(state)}${since}`,
    });
    button.style.height = `${lanePx}px`;
    button.addEventListener('click', () =>
      this.actions.setFilter({ serviceId: this.serviceId === lane.serviceId ? undefined : lane.serviceId }),
    );
    return button;
  }
}

function stateWord(state: string): string {
  return state === 'gap' ? 'no data' : state;
}
