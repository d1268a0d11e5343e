import { isIP } from 'node:net';
import type { Redis } from 'ioredis';
import type { Clock } from '../../base/clock.ts';
import { errorText } from '../../base/errors.ts';
import type { ProbeOutcome, ProbeTarget, RedisProbeSpec } from '../../domain/health/model.ts';
import { judgeRedisInfo, parseRedisInfo } from '../../domain/health/redisInfo.ts';
import type { Probe } from '../../ports.ts';
import { Attempt, untilAbort } from './attempt.ts';
import { type Finding, networkFinding } from './networkProblem.ts';
import type { ReadSecret } from './secrets.ts';

interface Kept {
  readonly key: string;
  readonly client: Redis;
  /** The client rejects with "Connection is closed."; why it was closed comes only in its error event. */
  cause: unknown;
}

/** PING and INFO over one connection per target, kept between checks: a new one costs eighteen times as much. */
export class RedisProbe implements Probe {
  readonly kind = 'redis';
  private readonly clock: Clock;
  private readonly readSecret: ReadSecret;
  private readonly kept = new Map<string, Kept>();

  constructor(clock: Clock, readSecret: ReadSecret) {
    this.clock = clock;
    this.readSecret = readSecret;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'redis') return attempt.outcome({ verdict: 'unknown', seen: 'not a Redis check' });
    const onAbort = () => {
      this.drop(target.id);
      return attempt.timedOut();
    };
    return untilAbort(signal, onAbort, () => this.ask(target.id, spec, attempt));
  }

  dispose(): void {
    for (const id of [...this.kept.keys()]) this.drop(id);
  }

  private async ask(id: string, spec: RedisProbeSpec, attempt: Attempt): Promise<ProbeOutcome> {
    const password = spec.passwordSecret === undefined ? undefined : await this.readSecret(secretName(spec));
    if (spec.passwordSecret !== undefined && password === undefined)
      return attempt.outcome({ verdict: 'unknown', seen: `the secret "${secretName(spec)}" is not set` });
    const kept = await this.clientFor(id, spec, password);
    try {
      if (kept.client.status === 'wait') await kept.client.connect();
      attempt.note('connectMs');
      await kept.client.ping();
      const info = parseRedisInfo(await kept.client.info());
      const judged = judgeRedisInfo(info, spec.warnMemoryPercent);
      return attempt.outcome(judged, judged.facts);
    } catch (error) {
      const finding = redisFinding(error, kept.cause);
      if (kept.client.status !== 'ready' || finding.verdict === 'down') this.drop(id);
      return attempt.outcome(finding);
    }
  }

  /** A connection that broke, or whose address or password changed, is replaced. */
  private async clientFor(id: string, spec: RedisProbeSpec, password: string | undefined): Promise<Kept> {
    const key = JSON.stringify([spec, password]);
    const known = this.kept.get(id);
    if (known?.key === key && (known.client.status === 'ready' || known.client.status === 'wait'))
      return known;
    this.drop(id);
    const { Redis } = await import('ioredis');
    const kept: Kept = { key, client: new Redis(redisOptions(spec, password)), cause: undefined };
    kept.client.on('error', error => {
      kept.cause ??= error;
    });
    this.kept.set(id, kept);
    return kept;
  }

  private drop(id: string): void {
    this.kept.get(id)?.client.disconnect();
    this.kept.delete(id);
  }
}

function secretName(spec: RedisProbeSpec): string {
  return (spec.passwordSecret ?? '').replace(/^secret:/, '');
}

function redisOptions(spec: RedisProbeSpec, password: string | undefined) {
  return {
    ...(spec.path === undefined ? { host: spec.host, port: spec.port } : { path: spec.path }),
    ...(spec.tls ? { tls: isIP(spec.host) === 0 ? { servername: spec.host } : {} } : {}),
    ...(spec.username === undefined ? {} : { username: spec.username }),
    ...(password === undefined ? {} : { password }),
    protocol: 2 as const,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    disableClientInfo: true,
    // The deadline of the check is kept outside; the client's own would come late and say less.
    connectTimeout: 60_000,
  };
}

/** Answers of a living Redis that refuse the question, and the errors of the connection. */
function redisFinding(error: unknown, cause: unknown): Finding {
  const text = /^Connection is closed|Stream isn't writeable/.test(errorText(error))
    ? errorText(cause ?? error)
    : errorText(error);
  if (/\bNOAUTH\b/.test(text)) return { verdict: 'degraded', seen: 'up, credentials needed' };
  if (/WRONGPASS|invalid password|ERR AUTH/.test(text))
    return { verdict: 'degraded', seen: 'up, credentials refused' };
  if (/\bNOPERM\b/.test(text))
    return { verdict: 'degraded', seen: 'up, this user may not ask PING and INFO' };
  if (/\bLOADING\b/.test(text)) return { verdict: 'down', seen: 'not ready: loading its data' };
  if (/\bMASTERDOWN\b/.test(text)) return { verdict: 'degraded', seen: 'replica without its master' };
  if (/\bMISCONF\b/.test(text)) return { verdict: 'degraded', seen: 'refuses writes: saving to disk failed' };
  if (/\bREADONLY\b/.test(text)) return { verdict: 'degraded', seen: 'read-only replica' };
  if (/\bBUSY\b/.test(text)) return { verdict: 'degraded', seen: 'busy with a script' };
  if (/max number of clients/.test(text)) return { verdict: 'down', seen: 'too many connections' };
  if (/Protocol error|Unknown RESP/i.test(text))
    return { verdict: 'down', seen: 'the other side does not speak Redis' };
  if (/Connection is closed/.test(text))
    return { verdict: 'down', seen: 'connection closed by the other side' };
  return networkFinding(cause ?? error);
}
