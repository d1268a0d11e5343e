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
/** Deeper than this, indentation would be longer than the text. */
const maxIndents = 40;
const jsonToken = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s"{}[\],:]+/g;

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

/**
 * One JSON object over several lines, two spaces deeper for each level. Only white space differs from the text: to parse
 * and print it would change large numbers and drop keys that come twice. Undefined where the text is no JSON object.
 */
export function toJsonLines(text: string): string | undefined {
  if (toJsonSummary(text) === undefined) return undefined;
  const parts: string[] = [];
  let depth = 0;
  const lineBreak = () => `\n${'  '.repeat(Math.min(depth, maxIndents))}`;
  for (const [token] of text.matchAll(jsonToken)) {
    if (token.length > 1 && /^[[{]/.test(token)) parts.push(token.replace(/\s+/g, ''));
    else if (token === '{' || token === '[') {
      depth++;
      parts.push(token, lineBreak());
    } else if (token === '}' || token === ']') {
      depth--;
      parts.push(lineBreak(), token);
    } else if (token === ',') parts.push(token, lineBreak());
    else parts.push(token === ':' ? ': ' : token);
  }
  return parts.join('');
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
