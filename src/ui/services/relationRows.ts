import type { HealthState, Service, ServiceHealth } from '../../domain/health/model.ts';
import type { EngineState } from '../../ports.ts';
import { escapeMarkdown, type Row, type RowIcon } from '../row.ts';

/** A service that another one needs, below that one. */
export function dependencyRow(
  ownerId: string,
  needed: { readonly id: string; readonly service: Service | undefined },
  health: ServiceHealth | undefined,
  icon: (state: HealthState) => RowIcon,
): Row {
  const state = health?.state ?? 'unknown';
  const title = needed.service?.title ?? needed.id;
  const description = needed.service === undefined ? 'not configured' : state;
  return {
    id: `needs:${ownerId}>${needed.id}`,
    label: `needs ${title}`,
    description,
    icon: icon(state),
    tooltip: [escapeMarkdown(title), state, escapeMarkdown(health?.reason ?? '')]
      .filter(Boolean)
      .join('  \n'),
    spoken: `needs ${title}, ${description}`,
    context: 'dependency',
    expand: 'none',
    ...(needed.service === undefined
      ? {}
      : { command: { name: 'openService', argument: `service:${needed.id}` } }),
  };
}

/** A runbook that is about the service, below it. */
export function runbookRow(ownerId: string, runbook: { readonly file: string; readonly title: string }): Row {
  return {
    id: `book:${ownerId}>${runbook.file}`,
    label: runbook.title,
    description: runbook.file,
    icon: { id: 'book', color: undefined },
    tooltip: escapeMarkdown(runbook.file),
    spoken: `runbook ${runbook.title}`,
    context: 'runbook',
    expand: 'none',
    command: { name: 'openServiceRunbook', argument: `book:${runbook.file}` },
  };
}

/** Calm: without an engine everything that needs none goes on; undefined while one answers or is being looked for. */
export function engineRow(state: EngineState | undefined): Row | undefined {
  if (state?.kind !== 'absent' || state.attempts.length === 0) return undefined;
  const tried = state.attempts.map(
    ({ endpoint, origin, problem }) =>
      `${escapeMarkdown(endpoint)} (${escapeMarkdown(origin)}): ${escapeMarkdown(problem)}`,
  );
  const [first] = state.attempts;
  const [only] = state.attempts.length === 1 && first ? [`${first.origin}: ${first.problem}`] : [];
  return {
    id: 'engine',
    label: 'No container engine answers',
    description: only ?? `tried ${state.attempts.length} places`,
    icon: { id: 'debug-disconnect', color: 'disabledForeground' },
    tooltip: ['Tried:', ...tried.map(line => `- ${line}`)].join('\n'),
    spoken: `No container engine answers, ${only ?? `tried ${state.attempts.length} places`}`,
    context: 'engine',
    expand: 'none',
    command: { name: 'showEngine', argument: '' },
  };
}
