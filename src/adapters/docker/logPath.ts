import type { LogOpenOptions } from '../../ports.ts';

/**
 * `since` must be `seconds.nanoseconds`: the engine refuses RFC 3339 here, and a plain number of seconds would bring
 * up to a second of lines twice.
 */
export function logPath(idOrName: string, options: LogOpenOptions): string {
  const query = new URLSearchParams({ stdout: '1', stderr: '1', timestamps: '1' });
  if (options.follow) query.set('follow', '1');
  if (options.sinceNs !== undefined) query.set('since', toSince(options.sinceNs));
  query.set('tail', options.tail === undefined ? 'all' : String(options.tail));
  return `/containers/${encodeURIComponent(idOrName)}/logs?${query}`;
}

function toSince(ns: bigint): string {
  const fraction = String(ns % 1_000_000_000n).padStart(9, '0');
  return `${ns / 1_000_000_000n}.${fraction}`;
}

/**
 * The events that change what is shown; exec events of health checks would be most of the stream otherwise. Podman tells
 * of `die`, but filters by its own words.
 */
export function eventsPath(): string {
  const filters = {
    type: ['container'],
    event: [
      'create',
      'start',
      'die',
      'stop',
      'kill',
      'oom',
      'destroy',
      'rename',
      'pause',
      'unpause',
      'restart',
      'update',
      'health_status',
      'died',
      'remove',
    ],
  };
  return `/events?${new URLSearchParams({ filters: JSON.stringify(filters) })}`;
}
