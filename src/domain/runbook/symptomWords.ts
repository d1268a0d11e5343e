/** What a symptom in a runbook's words may look like in evidence. Data: a row per observed kind of trouble. */
export interface SymptomKind {
  readonly id: string;
  /** In the symptom's text. */
  readonly symptom: RegExp;
  /** In a log line, container state or probe result. */
  readonly sign: RegExp;
}

export const SYMPTOM_KINDS: readonly SymptomKind[] = [
  {
    id: 'oom',
    symptom: /\boom|out of memory|memory (?:usage|alert|pressure)|high memory/i,
    sign: /\bOOM(?:Killed)?\b|out of memory|cannot allocate memory|MemoryError|heap out of memory|OOMKilled/i,
  },
  {
    id: 'refused',
    symptom: /connection refused|database connection|connection (?:lost|fail)|unreachable/i,
    sign: /connection refused|ECONNREFUSED|could not connect|connection (?:lost|failed|closed|reset)|OperationalError|no route to host/i,
  },
  {
    id: 'timeout',
    symptom: /time-?out|slow|latency|hang/i,
    sign: /timed? ?-?out|deadline exceeded|ETIMEDOUT|slow (?:query|request)|took \d{2,} ?s/i,
  },
  {
    id: 'database',
    symptom: /database|postgres|mysql|save\/load|\bdb\b/i,
    sign: /psycopg|postgres|pg_|database|SQLSTATE|mysql|too many connections|FATAL:/i,
  },
  {
    id: 'rate',
    symptom: /rate limit|429|quota|throttl/i,
    sign: /\b429\b|rate.?limit|too many requests|quota|throttl/i,
  },
  {
    id: 'disk',
    symptom: /no space|disk|unable to write|volume full/i,
    sign: /no space left|ENOSPC|disk (?:is )?full|read-only file system|disk quota/i,
  },
  {
    id: 'server',
    symptom: /\b5\d\d\b|server error|health checks? fail|error rate/i,
    sign: /\b(?:500|502|503|504)\b|internal server error|bad gateway|service unavailable|unhealthy|health ?check/i,
  },
  {
    id: 'exit',
    symptom: /exit|crash|won't start|restart|not running/i,
    sign: /exited|crash|restarting|exit code [1-9]|killed|traceback|panic:|fatal/i,
  },
  {
    id: 'auth',
    symptom: /unauthori[sz]ed|forbidden|\b40[13]\b|invalid (?:api )?key|authentication/i,
    sign: /\b40[13]\b|unauthori[sz]ed|forbidden|invalid (?:api )?key|authentication failed/i,
  },
  {
    id: 'generation',
    symptom: /generation (?:fail|error)|llm|model/i,
    sign: /llm_error|generation failed|openai|anthropic|model .*(?:error|unavailable)/i,
  },
  { id: 'certificate', symptom: /certificate|\btls\b|\bssl\b/i, sign: /certificate|x509|SSL|TLS handshake/i },
  {
    id: 'dns',
    symptom: /\bdns\b|resol(?:ve|ution)|host not found/i,
    sign: /ENOTFOUND|EAI_AGAIN|no such host|name or service not known|NXDOMAIN/i,
  },
  { id: 'cpu', symptom: /\bcpu\b|load average|high load/i, sign: /cpu .*(?:9\d|100) ?%|load average/i },
];
