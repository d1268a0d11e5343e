import { fail, ok, type Result } from '../../base/result.ts';
import { type ConditionScope, judgeCondition } from '../../domain/health/condition.ts';
import { parseCondition } from '../../domain/health/conditionParser.ts';
import type { HttpProbeSpec } from '../../domain/health/model.ts';
import { findsPattern } from '../../domain/health/pattern.ts';
import { matchesStatus } from '../../domain/health/statusCodes.ts';
import { daysLeft, expiryWarning } from './certificates.ts';
import type { HttpAnswer } from './httpExchange.ts';
import type { Finding } from './networkProblem.ts';

export interface Judged {
  readonly answer: HttpAnswer;
  readonly redirects: number;
  readonly tookMs: number;
  readonly nowMs: number;
}

type Judgement = Finding & { readonly wanted?: string };

/** The first rule that an answer breaks decides; what could not be judged is never good. */
export function judgeAnswer(spec: HttpProbeSpec, judged: Judged): Judgement {
  const status = judgeStatus(spec, judged.answer.status);
  if (status.verdict === 'down') return status;
  const content = judgeBody(spec, judged) ?? judgeConditions(spec, judged);
  if (content !== undefined) return content;
  if (status.verdict === 'degraded') return status;
  const { certificate } = judged.answer;
  const warnDays = spec.warnCertificateDays ?? 14;
  const warning = certificate === undefined ? undefined : expiryWarning(certificate, warnDays, judged.nowMs);
  return warning === undefined ? status : { verdict: 'degraded', seen: warning, wanted: `${warnDays} days` };
}

function judgeStatus(spec: HttpProbeSpec, code: number): Judgement {
  const seen = `status ${code}`;
  const wanted = spec.status ?? ['2xx'];
  if (matchesStatus(code, wanted)) return { verdict: 'up', seen };
  if (matchesStatus(code, spec.degradedStatus ?? []))
    return { verdict: 'degraded', seen, wanted: wanted.join(', ') };
  if (code === 429)
    return { verdict: 'degraded', seen: 'rate limited (status 429)', wanted: wanted.join(', ') };
  if (spec.isExternalApi && (code === 401 || code === 403))
    return { verdict: 'up', seen: `reachable, not authorised (${seen})` };
  if (spec.isExternalApi && code < 500) return { verdict: 'up', seen: `reachable (${seen})` };
  return { verdict: 'down', seen, wanted: wanted.join(', ') };
}

function judgeBody(spec: HttpProbeSpec, { answer }: Judged): Judgement | undefined {
  if (spec.bodyPattern === undefined) return undefined;
  const found = findsPattern(spec.bodyPattern, answer.body.toString('utf8'));
  if (!found.ok) return { verdict: 'unknown', seen: found.error };
  if (found.value) return undefined;
  const seen = answer.isBodyCut ? 'the first 1 MB of the body do not match' : 'the body does not match';
  return { verdict: 'down', seen, wanted: `a match of ${spec.bodyPattern}` };
}

function judgeConditions(spec: HttpProbeSpec, judged: Judged): Judgement | undefined {
  const scope = scopeOf(judged);
  for (const text of spec.conditions ?? []) {
    const parsed = parseCondition(text);
    if (!parsed.ok) return { verdict: 'unknown', seen: `condition "${text}": ${parsed.error.message}` };
    const { result, seen } = judgeCondition(parsed.value, scope);
    if (result === 'false') return { verdict: 'down', seen, wanted: text };
    if (result === 'error') return { verdict: 'down', seen: `cannot be judged: ${seen}`, wanted: text };
  }
  return undefined;
}

function scopeOf({ answer, redirects, tookMs, nowMs }: Judged): ConditionScope {
  let json: Result<unknown> | undefined;
  return root => {
    if (root === 'status') return ok(answer.status);
    if (root === 'latency') return ok({ ms: tookMs });
    if (root === 'redirects') return ok(redirects);
    if (root === 'header') return ok(answer.headers);
    if (root === 'body')
      return answer.isBodyCut ? fail('the body is too long') : ok(answer.body.toString('utf8'));
    if (root === 'json') {
      json ??= parseJson(answer);
      return json;
    }
    if (root === 'certificate' && answer.certificate !== undefined)
      return ok({ days: daysLeft(answer.certificate, nowMs) });
    return fail(`${root} is absent`);
  };
}

function parseJson(answer: HttpAnswer): Result<unknown> {
  if (answer.isBodyCut) return fail('the body is too long');
  try {
    return ok(JSON.parse(answer.body.toString('utf8')));
  } catch {
    return fail('the body is not JSON');
  }
}
