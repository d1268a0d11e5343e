const messageKeys: readonly string[] = ['message', 'msg', '@m', 'text', 'event', 'log'];
const quietKeys: readonly string[] = [
  'level',
  'severity',
  'lvl',
  'time',
  'ts',
  'timestamp',
  '@timestamp',
  '@t',
  '@l',
  'v',
  'pid',
  'hostname',
];
const maxJsonChars = 64 * 1024;

/** One JSON object as a sentence: its message, then its other fields. Undefined where the text is no JSON object. */
export function toJsonSummary(text: string): string | undefined {
  if (text.charCodeAt(0) !== 123 || text.length > maxJsonChars || !text.trimEnd().endsWith('}'))
    return undefined;
  const fields = parseObject(text);
  if (fields === undefined) return undefined;
  const messageKey = messageKeys.find(key => typeof fields[key] === 'string');
  const rest = Object.entries(fields)
    .filter(([key]) => key !== messageKey && !quietKeys.includes(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const message = messageKey === undefined ? [] : [String(fields[messageKey])];
  return [...message, ...rest].join('  ');
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value));
  } catch {
    return undefined;
  }
}
