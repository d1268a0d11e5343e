import type { ContainerRef } from '../../domain/health/model.ts';
import type { PodTarget } from '../../domain/logs/model.ts';
import type { ContainerEvent } from '../../ports.ts';

/** What can be tailed, by what survives a restart, a re-creation or a rotation. */
export type LogSource =
  | { readonly kind: 'container'; readonly ref: ContainerRef }
  | { readonly kind: 'pod'; readonly pod: PodTarget }
  | { readonly kind: 'file'; readonly path: string };

/** Where the first reading begins; later ones begin where the last ended. */
export interface TailStart {
  /** Newest lines only; all of them when absent. */
  readonly tail?: number;
  readonly sinceMs?: number;
}

/** One id per source, however it is asked for. */
export function toSourceId(source: LogSource): string {
  if (source.kind === 'file') return `file:${source.path}`;
  if (source.kind === 'pod') {
    const { context = '', namespace = '', container = '' } = source.pod;
    return `pod:${context}/${namespace}/${podLabel(source.pod)}/${container}`;
  }
  const { ref } = source;
  return ref.by === 'name' ? `container:${ref.name}` : `compose:${ref.project}/${ref.service}/${ref.number}`;
}

/** What a person calls it. */
export function toSourceLabel(source: LogSource): string {
  if (source.kind === 'file') return source.path.split(/[\\/]/).pop() ?? source.path;
  if (source.kind === 'pod') {
    const { container } = source.pod;
    return container === undefined ? podLabel(source.pod) : `${podLabel(source.pod)}/${container}`;
  }
  const { ref } = source;
  if (ref.by === 'name') return ref.name;
  return ref.number === 1 ? ref.service : `${ref.service}-${ref.number}`;
}

function podLabel({ target, selector }: PodTarget): string {
  return target ?? selector ?? '';
}

export function isEventOf(
  ref: ContainerRef,
  containerId: string | undefined,
  event: ContainerEvent,
): boolean {
  if (event.containerId === containerId) return true;
  if (ref.by === 'name') return event.name === ref.name;
  return (
    event.labels['com.docker.compose.project'] === ref.project &&
    event.labels['com.docker.compose.service'] === ref.service
  );
}
