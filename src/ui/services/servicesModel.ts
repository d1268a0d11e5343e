import { secretsOf } from '../../domain/config/secretNames.ts';
import type { Sample } from '../../domain/health/historyModel.ts';
import {
  type HealthState,
  noEndMs,
  type ProbeHealth,
  type ProbeTarget,
  type Service,
  type ServiceHealth,
  type Transition,
} from '../../domain/health/model.ts';
import { formatClock, formatDuration, formatLatency } from '../format.ts';
import { escapeMarkdown, type Row, type RowIcon } from '../row.ts';
import { sparkline } from './sparkline.ts';

/** Shapes differ as well as colours, so that the state can be told without seeing colours. */
const icons: Readonly<Record<HealthState, RowIcon>> = {
  up: { id: 'circle-filled', color: 'testing.iconPassed' },
  degraded: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  pending: { id: 'error', color: 'problemsWarningIcon.foreground' },
  down: { id: 'error', color: 'testing.iconFailed' },
  blocked: { id: 'circle-large-outline', color: 'charts.purple' },
  unknown: { id: 'question', color: 'disabledForeground' },
  stale: { id: 'history', color: 'disabledForeground' },
};

const severity: Readonly<Record<HealthState, number>> = {
  down: 0,
  pending: 1,
  blocked: 2,
  degraded: 3,
  stale: 4,
  unknown: 5,
  up: 6,
};

export function iconOf(state: HealthState): RowIcon {
  return icons[state];
}

/** What others wait for comes first, then the worst, then by name: the culprit is the first row. */
export function byBlame(all: readonly ServiceHealth[]): (a: ServiceHealth, b: ServiceHealth) => number {
  const blamed = new Set(all.flatMap(({ blockedBy }) => blockedBy));
  const rank = ({ serviceId, state }: ServiceHealth) => (blamed.has(serviceId) ? -1 : severity[state]);
  return (a, b) => rank(a) - rank(b) || a.serviceId.localeCompare(b.serviceId);
}

export function isFailing(state: HealthState): boolean {
  return severity[state] <= severity.degraded;
}

/** Whether a service is about the text that a person typed: by its names and what its probes look at. */
export function matches(service: Service, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  const names = [service.id, service.title, ...service.aliases, ...service.probes.map(({ title }) => title)];
  return names.some(name => name.toLowerCase().includes(wanted));
}

/** What a service's row tells besides its health. */
export interface ServiceRowFacts {
  readonly nowMs: number;
  readonly isConfigured?: boolean;
  /** Names other services as people know them; ids when left out. */
  readonly titleOf?: (serviceId: string) => string;
  /** Newest first. */
  readonly transitions?: readonly Transition[];
}

export function serviceRow(
  service: Service,
  health: ServiceHealth | undefined,
  { nowMs, isConfigured = true, titleOf = id => id, transitions = [] }: ServiceRowFacts,
): Row {
  const state = health?.state ?? 'unknown';
  const since = health && state !== 'unknown' ? formatDuration(nowMs - health.sinceMs) : '';
  const isTimed = state === 'blocked' || state === 'degraded';
  const text = stateText(service, health, titleOf);
  const description = [text, overlay(health), isTimed ? since : ''].filter(Boolean).join(' · ');
  const hasContainer = service.probes.some(({ spec }) => ['container', 'kubernetes'].includes(spec.kind));
  return {
    id: `service:${service.id}`,
    label: service.title,
    description,
    icon: icons[state],
    tooltip: [
      ...serviceTooltip(service, health, { nowMs, titleOf }),
      ...transitions.map(
        ({ atMs, from, to, reason }) =>
          `${formatClock(atMs)} ${from} → ${to}${reason ? `: ${escapeMarkdown(reason)}` : ''}`,
      ),
    ].join('  \n'),
    spoken: [
      `${service.title}, ${state}${since ? ` for ${since}` : ''}, ${text}`,
      ...(overlay(health) === '' ? [] : [overlay(health)]),
    ].join(', '),
    context: [
      'service',
      isFailing(state) && 'failing',
      hasContainer && 'container',
      service.source && 'sourced',
      !isConfigured && 'discovered',
      health?.isInMaintenance && 'maintenance',
      health?.isAcknowledged && 'acknowledged',
    ]
      .filter(Boolean)
      .join(' '),
    expand: isFailing(state) ? 'expanded' : 'collapsed',
  };
}

export function probeRow(
  target: ProbeTarget,
  health: ProbeHealth | undefined,
  samples: readonly Sample[] = [],
): Row {
  const state = health?.state ?? 'unknown';
  const last = health?.last;
  const wanted = last?.wanted !== undefined && last.verdict !== 'up' ? `, wanted ${last.wanted}` : '';
  const seen = last ? `${last.seen}${wanted}` : 'not checked yet';
  const latency = last && last.verdict !== 'unknown' ? formatLatency(last.tookMs) : '';
  return {
    id: `probe:${target.id}`,
    label: target.title,
    description: [seen, latency, health?.isFlapping ? 'flapping' : ''].filter(Boolean).join(' · '),
    icon: icons[state],
    tooltip: probeTooltip(target, health, samples),
    spoken: `${target.title}, ${state}, ${seen}`,
    context: [
      'probe',
      target.spec.kind,
      target.source && 'sourced',
      secretsOf(target).length > 0 && (state === 'unknown' ? 'secret unknown' : 'secret'),
    ]
      .filter(Boolean)
      .join(' '),
    expand: 'none',
  };
}

function stateText(
  service: Service,
  health: ServiceHealth | undefined,
  titleOf: (id: string) => string,
): string {
  if (!health) return 'not checked yet';
  if (health.state === 'blocked') return `blocked by ${health.blockedBy.map(titleOf).join(', ')}`;
  if (health.state === 'down' || health.state === 'pending')
    return [health.reason || 'failing', `since ${formatClock(health.sinceMs)}`].join(' · ');
  if (health.state === 'up') return upText(service, health);
  return health.reason || health.state;
}

/** The most telling thing of a healthy service: facts where a probe has some, else its latency. */
function upText(service: Service, health: ServiceHealth): string {
  const lasts = health.probes.flatMap(probe => (probe.last ? [probe.last] : []));
  const facts = lasts.flatMap(last => tellingFacts(last.facts ?? {})).slice(0, 2);
  const network = health.probes.find((_, at) => service.probes[at]?.spec.kind !== 'container')?.last;
  return [network?.seen ?? lasts[0]?.seen, network && formatLatency(network.tookMs), ...facts]
    .filter(Boolean)
    .join(' · ');
}

/** What fits into a row; the tooltip has all of them. */
function tellingFacts(facts: Readonly<Record<string, string>>): readonly string[] {
  const { 'hit rate': hits, 'used memory': used, memory } = facts;
  return [hits && `hits ${hits}`, used ?? memory].flatMap(text => (text ? [text] : []));
}

function overlay(health: ServiceHealth | undefined): string {
  return maintenanceText(health) ?? (health?.isAcknowledged ? 'acknowledged' : '');
}

/** `maintenance until 14:30`; undefined outside of any. */
export function maintenanceText(health: ServiceHealth | undefined): string | undefined {
  if (!health?.isInMaintenance) return undefined;
  const untilMs = health.maintenanceUntilMs ?? noEndMs;
  return untilMs === noEndMs ? 'maintenance' : `maintenance until ${formatClock(untilMs).slice(0, 5)}`;
}

function serviceTooltip(
  service: Service,
  health: ServiceHealth | undefined,
  { nowMs, titleOf }: { readonly nowMs: number; readonly titleOf: (id: string) => string },
): string[] {
  const lines = [`**${escapeMarkdown(service.title)}** ${health?.state ?? 'unknown'}`];
  if (health?.reason) lines.push(escapeMarkdown(health.reason));
  if (health && health.state !== 'unknown')
    lines.push(`since ${formatClock(health.sinceMs)} (${formatDuration(nowMs - health.sinceMs)})`);
  if (health?.isAcknowledged) lines.push(`acknowledged by ${escapeMarkdown(health.acknowledgedBy ?? '')}`);
  if (service.dependsOn.length > 0)
    lines.push(`depends on ${service.dependsOn.map(id => escapeMarkdown(titleOf(id))).join(', ')}`);
  if (service.aliases.length > 0) lines.push(`also called ${service.aliases.map(escapeMarkdown).join(', ')}`);
  if (service.source)
    lines.push(`configured at ${escapeMarkdown(service.source.file)}:${service.source.line}`);
  return lines;
}

function probeTooltip(
  target: ProbeTarget,
  health: ProbeHealth | undefined,
  samples: readonly Sample[],
): string {
  const lines = [`**${escapeMarkdown(target.title)}** ${health?.state ?? 'unknown'}`];
  const last = health?.last;
  if (last) {
    lines.push(`seen: ${escapeMarkdown(last.seen)}`);
    if (last.wanted !== undefined) lines.push(`wanted: ${escapeMarkdown(last.wanted)}`);
    lines.push(`took ${formatLatency(last.tookMs)} at ${formatClock(last.atMs)}`);
    for (const [name, value] of Object.entries(last.facts ?? {}))
      lines.push(`${escapeMarkdown(name)}: ${escapeMarkdown(value)}`);
  }
  if (samples.length > 1) lines.push(`last checks: ${sparkline(samples)}`);
  const failure = health?.lastFailure;
  if (failure && failure !== last)
    lines.push(`last failure: ${escapeMarkdown(failure.seen)} at ${formatClock(failure.atMs)}`);
  lines.push(`every ${formatDuration(target.intervalMs)}, time limit ${formatLatency(target.timeoutMs)}`);
  if (target.source) lines.push(`from ${escapeMarkdown(target.source.file)}:${target.source.line}`);
  return lines.join('  \n');
}

/** What fails, the culprits first, as a Markdown list. */
export function failingLines(all: {
  services(): readonly Service[];
  health(serviceId: string): ServiceHealth | undefined;
}): string {
  const titles = new Map(all.services().map(({ id, title }) => [id, title]));
  const titleOf = (id: string) => titles.get(id) ?? id;
  const known = all.services().map(service => ({ service, health: all.health(service.id) }));
  const order = byBlame(known.flatMap(({ health }) => health ?? []));
  const failing = known
    .flatMap(({ service, health }) => (health && isFailing(health.state) ? [{ service, health }] : []))
    .sort((a, b) => order(a.health, b.health));
  const lines = failing.slice(0, 8).map(({ service, health }) => {
    const text = escapeMarkdown(stateText(service, health, titleOf));
    return `- **${escapeMarkdown(service.title)}** ${text}${health.isAcknowledged ? ', acknowledged' : ''}`;
  });
  return [...lines, ...(failing.length > 8 ? [`- ${failing.length - 8} more`] : [])].join('\n');
}

/** One line for view title and status bar: `1 cause · 2 blocked`, `1 failing`, `all up`, `3 of 5 up`. */
export function summary(all: readonly ServiceHealth[]): {
  readonly text: string;
  readonly failing: number;
  readonly worst: HealthState;
} {
  const count = (state: HealthState) => all.filter(health => health.state === state).length;
  const [down, blocked, pending, degraded] = [
    count('down'),
    count('blocked'),
    count('pending'),
    count('degraded'),
  ];
  const worst = [...all].sort((a, b) => severity[a.state] - severity[b.state])[0]?.state ?? 'unknown';
  // What has just begun to fail is as much a cause as what has failed for its whole threshold.
  const causes = down + pending;
  const parts = [
    causes > 0 && (blocked > 0 ? `${causes} cause${causes === 1 ? '' : 's'}` : `${causes} failing`),
    blocked > 0 && `${blocked} blocked`,
    degraded > 0 && `${degraded} degraded`,
  ].filter(part => part !== false);
  const up = count('up');
  const calm = up === all.length ? 'all up' : `${up} of ${all.length} up`;
  return { text: parts.join(' · ') || calm, failing: causes + blocked, worst };
}
