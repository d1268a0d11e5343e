import type { FailureView, ProbeView, ServiceToHost } from '../../src/shared/serviceProtocol.ts';
import { element } from '../dom.ts';
import { toDurationText } from '../duration.ts';
import type { Zone } from '../zone.ts';
import { drawProbeChart, type Span, spanMs } from './latencyChart.ts';
import { hasLatency, summarise } from './latencyShapes.ts';

export interface CardPlace {
  readonly zone: Zone;
  readonly nowMs: number;
  readonly span: Span;
  readonly widthPx: number;
  send(intent: ServiceToHost): void;
}

/** One check: how it is, how it was, why it last failed, and what is known besides. */
export function createProbeCard(probe: ProbeView, place: CardPlace): HTMLElement {
  const { nowMs, span, widthPx, zone } = place;
  const view = { fromMs: nowMs - spanMs[span], untilMs: nowMs, widthPx };
  const card = element(
    'section',
    { class: 'card', 'aria-label': probe.title },
    createHead(probe, place),
    drawProbeChart(probe, { view, zone, nowMs, span }),
    createNumbers(probe),
    element('div', { class: 'columns' }, createFailures(probe.failures, place), createFacts(probe, place)),
  );
  return card;
}

function createHead(probe: ProbeView, place: CardPlace): HTMLElement {
  const wanted = probe.wanted !== undefined && probe.state !== 'up' ? `, wanted ${probe.wanted}` : '';
  const source = element('button', { class: 'link', 'data-key': `source ${probe.id}` }, probe.source ?? '');
  source.addEventListener('click', () => place.send({ type: 'openProbeSource', probeId: probe.id }));
  return element(
    'div',
    { class: 'card-head' },
    element('span', { class: `dot state-${probe.state}`, 'aria-hidden': 'true' }),
    element('h2', {}, probe.title),
    element('span', { class: 'chip' }, probe.kind),
    element('span', { class: `seen state-${probe.state}` }, `${probe.seen ?? 'not checked yet'}${wanted}`),
    probe.isFlapping ? element('span', { class: 'chip on' }, 'flapping') : undefined,
    element(
      'span',
      { class: 'dim' },
      `${probe.state} for ${toDurationText(Math.max(0, place.nowMs - probe.sinceMs))}`,
    ),
    element('span', { class: 'spacer' }),
    probe.source === undefined ? undefined : source,
  );
}

function createNumbers(probe: ProbeView): HTMLElement {
  const summary = hasLatency(probe.kind) ? summarise(probe.points) : undefined;
  const numbers: readonly (readonly [string, string | undefined])[] = [
    ['last', summary && probe.tookMs !== undefined ? toDurationText(probe.tookMs) : undefined],
    ['median', summary && toDurationText(summary.medianMs)],
    ['p95', summary && toDurationText(summary.p95Ms)],
    ['slowest', summary && toDurationText(summary.maxMs)],
    [`up (${judgedText(probe.judgedMs)})`, probe.uptime === undefined ? undefined : percent(probe.uptime)],
    ['every', toDurationText(probe.everyMs)],
    ...phaseNumbers(probe),
  ];
  const shown = numbers.flatMap(([name, value]) =>
    value === undefined ? [] : [element('div', {}, element('dt', {}, name), element('dd', {}, value))],
  );
  return element('dl', { class: 'numbers' }, ...shown);
}

function phaseNumbers({ phases }: ProbeView): readonly (readonly [string, string | undefined])[] {
  const text = (ms: number | undefined) => (ms === undefined ? undefined : toDurationText(ms));
  return [
    ['name resolved', text(phases?.resolveMs)],
    ['connected', text(phases?.connectMs)],
    ['TLS done', text(phases?.tlsMs)],
    ['first byte', text(phases?.firstByteMs)],
    ['body', text(phases?.bodyMs)],
  ];
}

/** Of a day only where somebody looked for most of it: a share of two minutes must not read as one of a day. */
function judgedText(judgedMs: number): string {
  return judgedMs > 0.9 * spanMs.day ? '24 h' : `of ${toDurationText(judgedMs)} watched`;
}

/** Never rounded up to 100 %: one failure in a thousand must not read as none. */
export function percent(share: number): string {
  const text = (Math.floor(share * 10_000) / 100).toFixed(2);
  return `${text.replace(/\.?0+$/, '')} %`;
}

function createFailures(failures: readonly FailureView[], { zone, nowMs }: CardPlace): HTMLElement {
  const rows = failures.map(({ atMs, seen, wanted, tookMs, firstMs, count }) =>
    element(
      'tr',
      {},
      element('td', { class: 'when', title: zone.dateTime(atMs) }, timeText(zone, atMs, nowMs)),
      element('td', {}, wanted === undefined ? seen : `${seen}, wanted ${wanted}`),
      element(
        'td',
        { class: 'dim' },
        count === 1 ? toDurationText(tookMs) : `×${count} since ${timeText(zone, firstMs, nowMs)}`,
      ),
    ),
  );
  const body =
    rows.length > 0
      ? element('table', {}, element('tbody', {}, ...rows))
      : element('p', { class: 'dim' }, 'None known.');
  return element('div', { class: 'failures' }, element('h3', {}, 'Last failures'), body);
}

function timeText(zone: Zone, atMs: number, nowMs: number): string {
  return zone.date(atMs) === zone.date(nowMs) ? zone.time(atMs) : zone.dateTime(atMs).slice(5, 16);
}

const factTitles: Readonly<Partial<Record<ProbeView['kind'], string>>> = {
  container: 'Container',
  tls: 'Certificate',
  redis: 'Redis',
  postgres: 'PostgreSQL',
  kubernetes: 'Workload',
};

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Moments are told on the page's clock, with how long ago they are. */
function toFactText(value: string, { zone, nowMs }: CardPlace): string {
  if (!moment.test(value)) return value;
  const atMs = Date.parse(value);
  const agoMs = nowMs - atMs;
  const distance = agoMs >= 0 ? `${toDurationText(agoMs)} ago` : `in ${toDurationText(-agoMs)}`;
  return `${zone.dateTime(atMs)} (${distance})`;
}

function createFacts(probe: ProbeView, place: CardPlace): HTMLElement | undefined {
  if (probe.facts.length === 0) return undefined;
  const rows = probe.facts.map(([name, value]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, toFactText(value, place))),
  );
  return element(
    'div',
    { class: 'facts' },
    element('h3', {}, factTitles[probe.kind] ?? 'Facts'),
    element('table', {}, element('tbody', {}, ...rows)),
  );
}
