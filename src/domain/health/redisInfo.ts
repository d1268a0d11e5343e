import type { Verdict } from './model.ts';

/** `INFO` of Redis: `name:value` lines, `#` headings. */
export function parseRedisInfo(text: string): ReadonlyMap<string, string> {
  const info = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) info.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return info;
}

export interface RedisJudgement {
  readonly verdict: Verdict;
  readonly seen: string;
  readonly wanted?: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** A Redis that answers is degraded while it loads, lost its master, cannot save, or is nearly full. */
export function judgeRedisInfo(
  info: ReadonlyMap<string, string>,
  warnMemoryPercent: number | undefined,
): RedisJudgement {
  const facts = redisFacts(info);
  const used = numberOf(info, 'used_memory');
  const max = numberOf(info, 'maxmemory');
  const percent = max > 0 ? (100 * used) / max : undefined;
  if (info.get('loading') === '1') return { verdict: 'down', seen: 'not ready: loading its data', facts };
  if (info.get('master_link_status') === 'down')
    return { verdict: 'degraded', seen: 'replica, link to its master is down', facts };
  if (info.get('rdb_last_bgsave_status') === 'err' || info.get('aof_last_write_status') === 'err')
    return { verdict: 'degraded', seen: 'saving to disk failed; writes may be refused', facts };
  if (percent !== undefined && percent >= 100 && info.get('maxmemory_policy') === 'noeviction')
    return { verdict: 'degraded', seen: 'memory is full, writes are refused', facts };
  if (percent !== undefined && warnMemoryPercent !== undefined && percent >= warnMemoryPercent)
    return {
      verdict: 'degraded',
      seen: `memory ${percent.toFixed(0)} %`,
      wanted: `below ${warnMemoryPercent} %`,
      facts,
    };
  return { verdict: 'up', seen: info.get('role') === 'slave' ? 'PONG (replica)' : 'PONG', facts };
}

function redisFacts(info: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const hits = numberOf(info, 'keyspace_hits');
  const misses = numberOf(info, 'keyspace_misses');
  const max = numberOf(info, 'maxmemory');
  const facts: Record<string, string> = { 'used memory': megabytes(numberOf(info, 'used_memory')) };
  facts['max memory'] = max > 0 ? megabytes(max) : 'no limit';
  if (hits + misses > 0) facts['hit rate'] = `${((100 * hits) / (hits + misses)).toFixed(0)} %`;
  const role = info.get('role');
  if (role !== undefined) facts['role'] = role === 'slave' ? 'replica' : role;
  for (const [name, key] of [
    ['version', 'redis_version'],
    ['clients', 'connected_clients'],
    ['evicted keys', 'evicted_keys'],
  ] as const) {
    const value = info.get(key);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}

function numberOf(info: ReadonlyMap<string, string>, name: string): number {
  return Number(info.get(name) ?? 0) || 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
