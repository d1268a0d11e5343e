const CERTAIN: readonly RegExp[] = [
  /^[A-Z][A-Z_-]+(?: [A-Z]+)*(?:\s{2,}[A-Z(%][A-Za-z _()/%-]*)+\s*$/,
  /^[IWEF]\d{4} \d\d:\d\d:\d\d/,
  /^[IWEFD] \| /,
  /^\[?\d{4}-\d\d-\d\d[T _]\d\d:\d\d/,
  /^\[ *\d+\.\d+\] /,
  /^\S[\w ]*\S {2,}\| {2,}\S[\w ]*\S {2,}\| {2,}\S/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\w+\s+\d/,
  /^(?:time|ts|level)=\S+ (?:level|caller|msg|ts)=/,
  /^\(\d+ rows?\)/,
  /^[-+|]{3,}/,
  /^\|.*\|\s*$/,
  /^[bcdlps-](?:[r-][w-][xsStT-]){3}[.+@]?\s/,
  /^top - \d/,
  /^total \d+(?:\.\d+)?[KMG]?\s*$/,
  /^[\w:.]+\{[^}]*=[^}]*\}/,
  /^\s*(?:sum|avg|min|max|count|rate|irate|increase|topk|bottomk|histogram_quantile|sort_desc|sort|absent|label_replace|predict_linear|quantile|max_over_time|avg_over_time|delta|deriv|round|clamp_max|time)\s*(?:by|without)?\s*\(/,
  /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|GRANT|REVOKE|WITH|BEGIN|COMMIT|ROLLBACK|SET|VACUUM|EXPLAIN|SHOW|TRUNCATE|REINDEX|ANALYZE)\s+[A-Za-z_*(]/,
  /^<\?xml|^<!--|^<[a-z]+>.*<\/[a-z]+>\s*$/,
  /^HTTP\/\d/,
  // PromQL: `(metric_a / metric_b) * 100`, or a metric's name alone.
  /^\(*\s*[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?:\{[^}]*\})?(?:\[\w+\])?\)*\s+(?:[-+*/%]|[<>!=]=?|and|or|unless|on|by)\s/,
  /^[a-z][a-z0-9]*(?:_[a-z0-9]+){2,}(?:\{[^}]*\})?$/,
  /^[{[]\s*$/,
  /^[{[]\s*["'{[]/,
  /^["']?[\w./-]+["']?\s*:\s*[[{|>]?\s*$/,
];
const LIKELY: readonly RegExp[] = [
  /^["']?[\w ./()-]+["']?\s*:(?:\s|$)/,
  /^- \S/,
  // `used_memory:1024`, `db:5432 - accepting connections`, `a1b2c3d Fix the timeout`, `app.log  config.yml  run.sh`.
  /^[A-Za-z][\w.-]*:[^\s/]\S*$/,
  /^[\w.-]+:\d+\s/,
  /^(?=[0-9a-f]*\d)[0-9a-f]{7,40}\s+\S/,
  /^[\w.-]+(?:\s{2,}[\w.-]+){2,}$/,
  /^[}\]]+[,;]?\s*$/,
  /\S(?:\s{2,}\S+){3,}/,
  /^\.\.\.|^…|^<(?:snip|output|truncated|SNIP)/,
  /^[A-Z][\w'’,-]*(?:\s+[\w'’",()-]+){2,}[.!?:]?\s*$/,
  /^["“]/,
  /^\d[\d.,]*(?:\s|%|$)/,
  /^[a-z][\w-]*\/[\w.-]+ (?:created|configured|deleted|patched|labeled|annotated|scaled|restarted|evicted|cordoned|uncordoned|drained|condition met)/,
  /^[\w.-]+\/[\w.:-]+ (?:[a-z]+ed|unchanged|exists)\b/,
  /^[a-z]+(?:\.[\w.]+)? "[^"]+" (?:[a-z]+ed|unchanged|exists)\b/,
  /\.\.\. ?(?:done|ok|failed)\.?$/i,
  /^(?:error|warning|warn|info|fatal|debug|notice)\b[:\s[]/i,
];

/** Shapes that are output or another language even at the top of a block tagged as shell. */
export function isCertainOutput(line: string): boolean {
  const text = line.trim();
  return CERTAIN.some(pattern => pattern.test(text));
}

/** Shapes that are output when they follow a command. */
export function isLikelyOutput(line: string): boolean {
  const text = line.trim();
  return isCertainOutput(text) || LIKELY.some(pattern => pattern.test(text));
}

/** `host  all  all  10.0.0.0/8  md5`: columns, though the first word is a program's name. */
export function isTableRow(line: string): boolean {
  return /^\s*[\w.-]+(?:\s{2,}[^\s-]\S*){3,}\s*$/.test(line);
}
