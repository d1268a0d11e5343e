import type { EngineInfo, EngineState } from '../../ports.ts';
import { escapeMarkdown, type Row } from '../row.ts';

/** Which Compose there is to call, by version, and which one made the containers that run. */
export interface ComposeView {
  readonly plugin: string | undefined;
  readonly standalone: string | undefined;
  readonly madeBy: string | undefined;
}

/** Said where both were looked for in vain too: steps that call one of them fail. */
export function composeText({ plugin, standalone, madeBy }: ComposeView): string {
  if (madeBy !== undefined) return `compose ${madeBy}`;
  if (plugin !== undefined) return `docker compose ${plugin}`;
  return standalone === undefined ? '' : `docker-compose ${standalone}`;
}

function composeLines({ plugin, standalone, madeBy }: ComposeView): readonly string[] {
  return [
    `docker compose: ${plugin ?? 'not installed'}`,
    `docker-compose: ${standalone ?? 'not installed'}`,
    ...(madeBy === undefined ? [] : [`the containers of this project were made by compose ${madeBy}`]),
  ];
}

function connectedRow({ endpoint, origin, version, apiVersion }: EngineInfo, compose: ComposeView): Row {
  const description = [origin, composeText(compose)].filter(Boolean).join(' · ');
  return {
    id: 'engine',
    // Distributions add their own suffix, which takes the place of what matters.
    label: `Container engine ${version.replace(/\+.*$/, '')}`,
    description,
    icon: { id: 'vm', color: 'disabledForeground' },
    tooltip: [
      `Container engine ${version} at ${endpoint}`,
      `from ${origin}, API ${apiVersion}`,
      ...composeLines(compose),
    ]
      .map(escapeMarkdown)
      .join('  \n'),
    spoken: `Container engine ${version}, ${description}`,
    context: 'engine',
    expand: 'none',
    command: { name: 'showEngine', argument: '' },
  };
}

/** Calm: without an engine everything that needs none goes on; undefined while one answers or is being looked for. */
export function engineRow(state: EngineState | undefined, compose: ComposeView): Row | undefined {
  if (state?.kind === 'connected') return connectedRow(state.info, compose);
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
    tooltip: [
      'Tried:',
      ...tried.map(line => `- ${line}`),
      '',
      ...composeLines(compose).map(escapeMarkdown),
    ].join('\n'),
    spoken: `No container engine answers, ${only ?? `tried ${state.attempts.length} places`}`,
    context: 'engine',
    expand: 'none',
    command: { name: 'showEngine', argument: '' },
  };
}
