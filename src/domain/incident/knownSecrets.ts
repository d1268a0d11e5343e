const secretNames = /key|token|secret|pass|pwd|dsn|credential/i;
const harmlessNames = /^(?:old)?pwd$|(?:_|-)(?:file|path|url_path|name|id)$/i;
const minLength = 6;

/** Values that names such as `DB_PASSWORD` give away, and passwords inside of addresses, whatever their name. */
export function secretValues(variables: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(variables).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [...(secretNames.test(name) && !harmlessNames.test(name) ? [value] : []), ...passwordsIn(value)],
  );
}

/** `postgres://app:this@db/app`, as written and as it is typed. */
function passwordsIn(value: string): readonly string[] {
  const passwords = [...value.matchAll(/[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/?#]{0,128}:([^\s@/]{1,256})@/gi)];
  return passwords.flatMap(([, password = '']) => [password, decodeUri(password)]);
}

function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `NAME=value` lines of a `.env` file; quotes and `export` are taken off. */
export function parseDotEnv(text: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] === undefined) continue;
    const raw = match[2] ?? '';
    const quoted = /^(["'])(.*)\1/.exec(raw);
    variables[match[1]] = quoted?.[2] ?? raw.replace(/\s+#.*$/, '');
  }
  return variables;
}

/**
 * Every way in which the values may show up, longest first. Short values and plain words are left out: masking
 * the word `postgres` wherever it stands because it is also the password would make the timeline unreadable.
 */
export function knownForms(values: readonly string[]): readonly string[] {
  const forms = new Set<string>();
  for (const value of values) {
    if (value.length < minLength || /^[a-z]{1,10}$/i.test(value) || /^[\d.]{1,8}$/.test(value)) continue;
    if (/^\$\{?\w+\}?$/.test(value) || /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1)(?::\d+)?\/?$/.test(value))
      continue;
    forms.add(value);
    forms.add(encodeUri(value));
    forms.add(JSON.stringify(value).slice(1, -1));
    for (const form of base64Forms(value)) forms.add(form);
  }
  return [...forms].filter(form => form.length >= minLength).sort((a, b) => b.length - a.length);
}

function encodeUri(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Base64 looks different at each of the three offsets within a text; the characters at the seams are left out. */
function base64Forms(value: string): readonly string[] {
  const bytes = String.fromCharCode(...new TextEncoder().encode(value));
  return [0, 1, 2].map(offset => {
    const text = btoa('\0'.repeat(offset) + bytes).replace(/=+$/, '');
    const isCutOff = (bytes.length + offset) % 3 !== 0;
    return text.slice(offset === 0 ? 0 : offset + 1, isCutOff ? -1 : undefined);
  });
}
