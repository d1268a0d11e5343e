import { fail, ok, type Result } from '../../base/result.ts';

/** One series of an instant query; `name` holds its labels. */
export interface QuerySample {
  readonly name: string;
  readonly value: number;
}

/** The answer of `/api/v1/query`: a vector or a scalar. */
export function parseQueryAnswer(text: string): Result<readonly QuerySample[]> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return fail('the answer is not from Prometheus');
  }
  if (field(root, 'status') === 'error') return fail(`Prometheus: ${String(field(root, 'error'))}`);
  const data = field(root, 'data');
  const result = field(data, 'result');
  const type = field(data, 'resultType');
  if (type === 'scalar' && Array.isArray(result)) return ok([{ name: 'value', value: Number(result[1]) }]);
  if (type !== 'vector' || !Array.isArray(result)) return fail('the query must give a vector or a scalar');
  return ok(
    result.map(row => {
      const value = field(row, 'value');
      return {
        name: seriesName(field(row, 'metric')),
        value: Number(Array.isArray(value) ? value[1] : Number.NaN),
      };
    }),
  );
}

function seriesName(metric: unknown): string {
  if (typeof metric !== 'object' || metric === null) return 'value';
  const { __name__: name = '', ...labels } = metric as Record<string, string>;
  const inner = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return inner.length === 0 ? name || 'value' : `${name}{${inner.join(', ')}}`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
