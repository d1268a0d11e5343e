import type {
  ServiceNeighbour,
  ServiceSnapshot,
  ServiceToHost,
  ServiceToPage,
} from '../../src/shared/serviceProtocol.ts';
import type { Bridge } from '../bridge.ts';
import { createButton } from '../components.ts';
import { element, replaceChildren, setText } from '../dom.ts';
import { toDurationText } from '../duration.ts';
import { createZone, type Zone } from '../zone.ts';
import { type Span, spanMs, spanNames } from './latencyChart.ts';
import { createProbeCard } from './probeCard.ts';

const spans = ['minutes', 'hour', 'day'] as const;

/** Everything about one service, drawn anew with each snapshot (at most four a second). */
export class ServicePage {
  private readonly bridge: Bridge<ServiceToHost, ServiceToPage>;
  private readonly header = element('header', { class: 'header' });
  private readonly notice = element('p', { class: 'notice', role: 'alert' });
  private readonly bar: HTMLElement;
  private readonly cards = element('div', { class: 'cards' });
  private readonly live = element('div', { class: 'visually-hidden', role: 'log', 'aria-live': 'polite' });
  private snapshot: ServiceSnapshot | undefined;
  private zone: Zone = createZone('UTC');
  /** Undefined while nobody chose. */
  private chosen: Span | undefined;
  private shownHeader = '';
  private isPostponed = false;

  constructor(root: HTMLElement, bridge: Bridge<ServiceToHost, ServiceToPage>) {
    this.bridge = bridge;
    const saved = bridge.loadState();
    const span: unknown =
      typeof saved === 'object' && saved !== null ? Reflect.get(saved, 'span') : undefined;
    this.chosen = spans.find(known => known === span);
    this.notice.hidden = true;
    const chips = spans.map(span => {
      const chip = element('button', { class: 'chip', type: 'button', 'data-span': span }, spanNames[span]);
      chip.addEventListener('click', () => this.choose(span));
      return chip;
    });
    this.bar = element('div', { class: 'chips', role: 'group', 'aria-label': 'Time shown' }, ...chips);
    root.append(this.header, this.notice, this.bar, this.cards, this.live);
    new ResizeObserver(() => this.drawCards()).observe(this.cards);
    document.addEventListener('selectionchange', () => this.isPostponed && this.drawCards());
  }

  start(serviceId: string): void {
    this.bridge.saveState({ serviceId, span: this.chosen });
    this.bridge.listen(message => this.receive(message));
    this.bridge.send({ type: 'ready' });
  }

  private receive(message: ServiceToPage): void {
    if (message.type === 'failed') {
      this.notice.hidden = false;
      setText(this.notice, message.text);
      return;
    }
    const before = this.snapshot;
    if (before && message.revision <= before.revision) return;
    if (before?.timeZone !== message.timeZone) this.zone = createZone(message.timeZone);
    this.snapshot = message;
    this.notice.hidden = true;
    if (before?.serviceId !== message.serviceId)
      this.bridge.saveState({ serviceId: message.serviceId, span: this.chosen });
    else if (before.state !== message.state) setText(this.live, `${message.title} is ${message.state}`);
    this.drawHeader(message);
    this.drawCards();
  }

  private choose(span: Span): void {
    this.chosen = span;
    this.bridge.saveState({ serviceId: this.snapshot?.serviceId, span });
    this.drawCards();
  }

  /** Not rebuilt while it says the same, so that the focus stays on a button. */
  private drawHeader(snapshot: ServiceSnapshot): void {
    const { title, state, sinceMs, nowMs, reason } = snapshot;
    const since = sinceMs === undefined ? '' : ` for ${toDurationText(Math.max(0, nowMs - sinceMs))}`;
    const { probes, revision, nowMs: now, ...facts } = snapshot;
    void [probes, revision, now];
    const key = JSON.stringify(facts) + since;
    if (key === this.shownHeader) return;
    const focused = document.activeElement?.getAttribute('data-key');
    this.shownHeader = key;
    replaceChildren(
      this.header,
      element(
        'div',
        { class: 'top' },
        element('span', { class: `dot large state-${state}`, 'aria-hidden': 'true' }),
        element('h1', {}, title),
        element('span', { class: `seen state-${state}` }, `${state}${since}`),
        snapshot.isAcknowledged ? element('span', { class: 'chip' }, acknowledgedText(snapshot)) : undefined,
        snapshot.maintenance === undefined
          ? undefined
          : element('span', { class: 'chip' }, snapshot.maintenance),
        element('span', { class: 'buttons' }, ...this.buttons(snapshot)),
      ),
      reason === '' ? undefined : element('p', { class: 'dim reason' }, reason),
      this.links(snapshot),
    );
    if (focused) this.header.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  private buttons(snapshot: ServiceSnapshot): readonly HTMLElement[] {
    const isFailing = ['down', 'degraded', 'pending'].includes(snapshot.state);
    const { isAcknowledged } = snapshot;
    const acknowledge = createButton({
      text: isAcknowledged ? 'Take back acknowledgement' : 'Acknowledge',
      isDisabled: !isFailing && !isAcknowledged,
      onClick: () => this.bridge.send({ type: isAcknowledged ? 'unacknowledge' : 'acknowledge' }),
    });
    const check = createButton({
      text: 'Check now',
      appearance: 'primary',
      onClick: () => this.bridge.send({ type: 'probeNow' }),
    });
    const logs = createButton({ text: 'Logs', onClick: () => this.bridge.send({ type: 'openLogs' }) });
    logs.dataset['key'] = 'logs';
    acknowledge.dataset['key'] = 'acknowledge';
    check.dataset['key'] = 'check';
    const hasLogs = snapshot.probes.some(({ kind }) => kind === 'container');
    return [...(hasLogs ? [logs] : []), acknowledge, check];
  }

  private links(snapshot: ServiceSnapshot): HTMLElement {
    const { blockedBy, dependsOn, source, runbooks } = snapshot;
    const link = (text: string, intent: ServiceToHost) => {
      const button = element('button', { class: 'link', 'data-key': text }, text);
      button.addEventListener('click', () => this.bridge.send(intent));
      return button;
    };
    const neighbour = (one: ServiceNeighbour) =>
      element(
        'span',
        { class: 'neighbour' },
        element('span', { class: `dot state-${one.state}`, role: 'img', 'aria-label': one.state }),
        link(one.title, { type: 'openService', serviceId: one.serviceId }),
      );
    const group = (name: string, nodes: readonly HTMLElement[]) =>
      nodes.length === 0
        ? undefined
        : element('div', {}, element('dt', {}, name), element('dd', {}, ...nodes));
    return element(
      'dl',
      { class: 'links' },
      group('blocked by', blockedBy.map(neighbour)),
      group('depends on', dependsOn.map(neighbour)),
      group(
        'runbooks',
        runbooks.map(file => link(file, { type: 'openRunbook', file })),
      ),
      group('configured in', source === undefined ? [] : [link(source, { type: 'openSource' })]),
    );
  }

  /** Not while a person selects text in them: it would be gone before it is copied. */
  private drawCards(): void {
    const snapshot = this.snapshot;
    const selection = getSelection();
    this.isPostponed = selection?.isCollapsed === false && this.cards.contains(selection.anchorNode);
    if (this.isPostponed) return;
    if (!snapshot) return;
    const span = this.chosen ?? fittingSpan(snapshot);
    for (const chip of this.bar.querySelectorAll('button'))
      chip.setAttribute('aria-pressed', chip.dataset['span'] === span ? 'true' : 'false');
    const place = {
      zone: this.zone,
      nowMs: snapshot.nowMs,
      span,
      widthPx: Math.max(200, this.cards.clientWidth - 34),
      send: (intent: ServiceToHost) => this.bridge.send(intent),
    };
    keepingPlace(this.cards, () =>
      replaceChildren(this.cards, ...snapshot.probes.map(probe => createProbeCard(probe, place))),
    );
    if (snapshot.probes.length === 0) setText(this.cards, 'No checks are configured for this service.');
  }
}

function acknowledgedText({ acknowledgedBy }: ServiceSnapshot): string {
  return acknowledgedBy ? `acknowledged by ${acknowledgedBy}` : 'acknowledged';
}

/** A past of a few minutes would be a blot at the end of an hour. */
function fittingSpan({ probes, nowMs }: ServiceSnapshot): Span {
  const oldestMs = Math.min(...probes.flatMap(probe => probe.points[0]?.atMs ?? []));
  return nowMs - oldestMs < spanMs.minutes ? 'minutes' : 'hour';
}

/** Focus and scroll positions stay where they are while the nodes are made anew. */
function keepingPlace(root: HTMLElement, redraw: () => void): void {
  const key = root.contains(document.activeElement)
    ? document.activeElement?.getAttribute('data-key')
    : undefined;
  const lists = () => [...root.querySelectorAll('.failures tbody')];
  const tops = lists().map(({ scrollTop }) => scrollTop);
  redraw();
  lists().forEach((list, index) => {
    list.scrollTop = tops[index] ?? 0;
  });
  if (key) root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
