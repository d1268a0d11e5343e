const tellingKeys = /^(?:errors?|message|reason|detail|details|description)$/i;
const stateKeys = /^(?:status|state|health)$/i;
const maxLength = 160;
const maxDepth = 6;

/**
 * What a health check printed, in one line: of JSON the errors with the name of what they belong to, else its status;
 * of text the first line. Empty when it printed nothing.
 */
export function briefOutput(text: string | undefined): string {
  const trimmed = (text ?? '').trim();
  const value = trimmed.startsWith('{') ? parseObject(trimmed) : undefined;
  const brief = value === undefined ? '' : errorsIn(value, '', 0).join('; ') || statusIn(value);
  return (brief || (trimmed.split(/\r?\n/)[0] ?? '')).trim().slice(0, maxLength);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Engines keep the first 4 kB of an output: JSON may end in the middle.
    return undefined;
  }
}

function errorsIn(value: Readonly<Record<string, unknown>>, owner: string, depth: number): readonly string[] {
  if (depth > maxDepth) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (isObject(part)) return errorsIn(part, key, depth + 1);
    const isTelling = tellingKeys.test(key) && typeof part === 'string' && part.trim() !== '';
    return isTelling ? [owner === '' ? part : `${owner}: ${part}`] : [];
  });
}

function statusIn(value: Readonly<Record<string, unknown>>): string {
  const found = Object.entries(value).find(([key, part]) => stateKeys.test(key) && typeof part === 'string');
  return found === undefined ? '' : `${found[0]} ${found[1]}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
