import type { HealthState, Service, ServiceHealth } from '../../domain/health/model.ts';
import { escapeMarkdown, type Row, type RowIcon } from '../row.ts';
import { shortTitle } from '../shortTitle.ts';

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
  const title = shortTitle(runbook);
  return {
    id: `book:${ownerId}>${runbook.file}`,
    label: title,
    // A path is cut at its end, where its name is: the name alone fits, and the tooltip has the rest.
    description: runbook.file.replace(/^.*\//, ''),
    icon: { id: 'book', color: undefined },
    tooltip: `**${escapeMarkdown(runbook.title)}**  \n${escapeMarkdown(runbook.file)}`,
    spoken: `runbook ${title}`,
    context: 'runbook',
    expand: 'none',
    command: { name: 'openServiceRunbook', argument: `book:${runbook.file}` },
  };
}
