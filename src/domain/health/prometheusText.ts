import { fail, ok, type Result } from '../../base/result.ts';

/** One sample of a Prometheus exposition; labels as written, in braces, empty when there are none. */
export interface MetricSample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

const samplePattern =
  /^(?:([A-Za-z_:][\w:]*)\s*(\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\})?|\{("(?:[^"\\]|\\.)*")\s*,?\s*((?:[^"{}]|"(?:[^"\\]|\\.)*")*)\})\s+([+-]?(?:Inf|NaN|[\d.eE+-]+))(?:\s+-?[\d.]+)?(?:\s+#.*)?$/;

/** Strict: a page of HTML or a truncated line is an error with its line, not an odd metric. */
export function parseMetrics(text: string): Result<readonly MetricSample[]> {
  const samples: MetricSample[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const match = samplePattern.exec(line);
    const value = toNumber(match?.[5] ?? '');
    if (match === null || value === undefined) return fail(`line ${index + 1} is no metric`);
    const quoted = match[3]?.slice(1, -1);
    const labels = quoted === undefined ? (match[2] ?? '') : match[4] === '' ? '' : `{${match[4]}}`;
    samples.push({ name: match[1] ?? quoted ?? '', labels, value });
  }
  return samples.length === 0 ? fail('no metrics') : ok(samples);
}

function toNumber(text: string): number | undefined {
  if (/^[+-]?Inf$/.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (text === 'NaN') return Number.NaN;
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? undefined : value;
}

/** The sum of all series of a name, or of those whose labels hold every `key="value"` of `name{key="value"}`. */
export function sumOfSeries(samples: readonly MetricSample[], wanted: string): number | undefined {
  const [name = '', rest = ''] = wanted.split('{', 2);
  const labels = rest.replace(/\}\s*$/, '').match(/[\w.]+\s*=\s*"(?:[^"\\]|\\.)*"/g) ?? [];
  const found = samples.filter(
    sample =>
      sample.name === name.trim() && labels.every(label => sample.labels.includes(label.replace(/\s/g, ''))),
  );
  return found.length === 0 ? undefined : found.reduce((sum, sample) => sum + sample.value, 0);
}
