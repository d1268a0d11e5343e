import type { Clock } from '../../base/clock.ts';
import { errorText } from '../../base/errors.ts';
import type { HttpProbeSpec, ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import type { Probe } from '../../ports.ts';
import { Attempt } from './attempt.ts';
import { certificateTexts } from './certificates.ts';
import { exchange, type HttpAnswer, type HttpAsk } from './httpExchange.ts';
import { judgeAnswer } from './httpJudge.ts';
import { fillSecrets, type ReadSecret, SecretMissing } from './secrets.ts';

const maxBodyBytes = 1_048_576;

/** HTTP and HTTPS by node's own client: cheaper than any other, and it tells when each phase was over. */
export class HttpProbe implements Probe {
  readonly kind = 'http';
  private readonly clock: Clock;
  private readonly readSecret: ReadSecret;

  constructor(clock: Clock, readSecret: ReadSecret) {
    this.clock = clock;
    this.readSecret = readSecret;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'http') return attempt.outcome({ verdict: 'unknown', seen: 'not an HTTP check' });
    const url = URL.parse(spec.url);
    if (url === null || !/^https?:$/.test(url.protocol))
      return attempt.outcome({ verdict: 'unknown', seen: `"${spec.url}" is not an http(s) address` });
    try {
      const headers = await this.headers(spec);
      const ask = { url, method: spec.method ?? 'GET', headers, maxBodyBytes, signal };
      return await this.follow(spec, ask, attempt);
    } catch (error) {
      if (signal.aborted) return attempt.timedOut();
      if (error instanceof SecretMissing)
        return attempt.outcome({ verdict: 'unknown', seen: errorText(error) });
      return attempt.failed(error);
    }
  }

  private async headers(spec: HttpProbeSpec): Promise<Record<string, string>> {
    const headers: Record<string, string> = { 'user-agent': 'watchkeeper', accept: '*/*' };
    for (const [name, value] of Object.entries(spec.headers ?? {}))
      headers[name.toLowerCase()] = await fillSecrets(value, this.readSecret);
    return headers;
  }

  private async follow(spec: HttpProbeSpec, first: HttpAsk, attempt: Attempt): Promise<ProbeOutcome> {
    const max = spec.maxRedirects ?? 5;
    let ask = first;
    for (let redirects = 0; ; redirects++) {
      const answer = await exchange(ask, attempt);
      const next = max === 0 ? undefined : redirectOf(answer);
      if (next === undefined) return this.judge(spec, answer, redirects, attempt);
      if (redirects >= max)
        return attempt.outcome({ verdict: 'down', seen: `more than ${max} redirects`, wanted: 'an answer' });
      if (!/^https?:$/.test(next.protocol))
        return attempt.outcome({
          verdict: 'down',
          seen: `redirect to ${next.protocol}//`,
          wanted: 'an answer',
        });
      ask = { ...ask, url: next, headers: headersFor(next, ask) };
    }
  }

  private judge(spec: HttpProbeSpec, answer: HttpAnswer, redirects: number, attempt: Attempt): ProbeOutcome {
    const nowMs = this.clock.nowMs();
    attempt.end(attempt.phases.bodyMs);
    const finding = judgeAnswer(spec, { answer, redirects, tookMs: attempt.tookMs, nowMs });
    const facts = {
      status: String(answer.status),
      ...(redirects > 0 ? { redirects: String(redirects), 'answered by': answer.url.href } : {}),
      ...(answer.certificate === undefined ? {} : certificateTexts(answer.certificate)),
    };
    return attempt.outcome(finding, facts);
  }
}

function redirectOf({ status, headers, url }: HttpAnswer): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return undefined;
  return URL.parse(headers.location, url.href) ?? undefined;
}

/** Credentials are for the host that they were written for. */
function headersFor(next: URL, { url, headers }: HttpAsk): Readonly<Record<string, string>> {
  if (next.host === url.host && next.protocol === url.protocol) return headers;
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name === 'user-agent' || name === 'accept'),
  );
}
