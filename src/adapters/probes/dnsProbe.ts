import dns from 'node:dns/promises';
import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import type { Probe } from '../../ports.ts';
import { Attempt, untilAbort } from './attempt.ts';
import { errorCode, networkFinding } from './networkProblem.ts';

/** A name resolves, and to what was expected. Addresses as programs here get them (hosts file included). */
export class DnsProbe implements Probe {
  readonly kind = 'dns';
  private readonly clock: Clock;
  private readonly servers: readonly string[] | undefined;

  /** `servers`: name servers to ask instead of the machine's own. */
  constructor(clock: Clock, servers?: readonly string[]) {
    this.clock = clock;
    this.servers = servers;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'dns') return attempt.outcome({ verdict: 'unknown', seen: 'not a DNS check' });
    const resolver = new dns.Resolver({ timeout: target.timeoutMs, tries: 1 });
    if (this.servers !== undefined) resolver.setServers(this.servers);
    const late = () => {
      resolver.cancel();
      return attempt.outcome({
        verdict: 'unknown',
        seen: 'unknown from here: the name server does not answer',
      });
    };
    try {
      return await untilAbort(signal, late, async () => {
        const records = await this.resolve(resolver, spec.name, spec.recordType.toUpperCase());
        attempt.note('resolveMs');
        return this.judge(records, spec.expect, attempt);
      });
    } catch (error) {
      return attempt.outcome(dnsFinding(error));
    }
  }

  private judge(records: readonly string[], expect: string | undefined, attempt: Attempt): ProbeOutcome {
    const seen = records.slice(0, 5).join(', ');
    if (expect === undefined || records.some(record => record.toLowerCase() === expect.toLowerCase()))
      return attempt.outcome({ verdict: 'up', seen });
    return attempt.outcome({ verdict: 'down', seen: seen || 'no record', wanted: expect });
  }

  private async resolve(resolver: dns.Resolver, name: string, type: string): Promise<readonly string[]> {
    if (this.servers === undefined && (type === 'A' || type === 'AAAA')) {
      const found = await dns.lookup(name, { all: true, family: type === 'A' ? 4 : 6 });
      return found.map(({ address }) => address);
    }
    switch (type) {
      case 'A':
        return resolver.resolve4(name);
      case 'AAAA':
        return resolver.resolve6(name);
      case 'CNAME':
        return resolver.resolveCname(name);
      case 'NS':
        return resolver.resolveNs(name);
      case 'TXT':
        return (await resolver.resolveTxt(name)).map(parts => parts.join(''));
      case 'MX':
        return (await resolver.resolveMx(name)).map(record => record.exchange);
      case 'SRV':
        return (await resolver.resolveSrv(name)).map(record => `${record.name}:${record.port}`);
      case 'PTR':
        return resolver.resolvePtr(name);
      default:
        throw Object.assign(new Error(`record type "${type}" is not supported`), { code: 'EUNSUPPORTED' });
    }
  }
}

/** Here the name is the very thing that is checked, so its absence is a failure. */
function dnsFinding(error: unknown): { readonly verdict: 'down' | 'unknown'; readonly seen: string } {
  const code = errorCode(error);
  if (code === 'ENOTFOUND' || code === 'EAI_NONAME') return { verdict: 'down', seen: 'no such name' };
  if (code === 'ENODATA' || code === 'EAI_NODATA') return { verdict: 'down', seen: 'no record of this type' };
  if (code === 'ESERVFAIL') return { verdict: 'down', seen: 'the name server failed (SERVFAIL)' };
  if (code === 'EREFUSED') return { verdict: 'down', seen: 'the name server refused to answer' };
  if (code === 'ECONNREFUSED' || code === 'ETIMEOUT')
    return { verdict: 'unknown', seen: 'unknown from here: the name server does not answer' };
  if (code === 'EBADRESP' || code === 'EFORMERR')
    return { verdict: 'unknown', seen: "unknown from here: the name server's answer cannot be read" };
  const { seen } = networkFinding(error);
  return { verdict: 'unknown', seen };
}
