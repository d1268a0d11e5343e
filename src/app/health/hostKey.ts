import { assertNever } from '../../base/errors.ts';
import type { ProbeSpec } from '../../domain/health/model.ts';

/** Whom a probe bothers: at most a few at once go to the same one, so that a slow target holds up nobody else. */
export function hostKey(spec: ProbeSpec): string {
  switch (spec.kind) {
    case 'http':
    case 'prometheus':
    case 'metrics':
      return URL.parse(spec.url)?.host ?? spec.url;
    case 'tcp':
    case 'tls':
    case 'postgres':
      return `${spec.host}:${spec.port}`;
    case 'redis':
      return spec.path ?? `${spec.host}:${spec.port}`;
    case 'container':
    case 'engine':
      return 'container engine';
    case 'kubernetes':
      return `kubernetes ${spec.context ?? ''}`;
    case 'dns':
    case 'host':
    case 'command':
      return spec.kind;
    default:
      return assertNever(spec);
  }
}
