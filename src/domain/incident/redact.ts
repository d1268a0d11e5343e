import type { HashText } from './journalLine.ts';
import { knownForms } from './knownSecrets.ts';
import { toPlainText } from './plainText.ts';
import { isPlaceholder, redactRules } from './redactRules.ts';

/** A longer line is cut: nobody reads it, and it must not cost seconds. */
const maxLineLength = 64 * 1024;

export interface RedactorOptions {
  /** Values known to be secret (from `.env`, compose files, the environment). */
  readonly knownValues: readonly string[];
  readonly sha256: HashText;
  /** Keeps tags from being looked up in a table of hashes; the same key gives the same tags. */
  readonly key: string;
}

export interface Redacted {
  readonly text: string;
  /** How many secrets were masked. */
  readonly count: number;
}

/** The one place where text loses its secrets. Same secret, same tag: what belongs together stays recognisable. */
export class Redactor {
  private readonly known: readonly string[];
  private readonly options: RedactorOptions;
  private readonly tags = new Map<string, string>();

  constructor(options: RedactorOptions) {
    this.options = options;
    this.known = knownForms(options.knownValues);
  }

  /** For whole texts; for output that comes in pieces see `stream`. Redacting twice changes nothing. */
  redact(text: string): Redacted {
    const stream = this.stream();
    const redacted = stream.push(text) + stream.end();
    return { text: redacted, count: stream.count };
  }

  /** Holds every line back until it is whole: a secret cut in two by a chunk would not be recognised. */
  stream(): RedactStream {
    return new RedactStream(line => this.redactLine(line));
  }

  private redactLine(line: string): Redacted {
    let count = 0;
    let text = line;
    for (const secret of this.known) {
      if (!text.includes(secret)) continue;
      const parts = text.split(secret);
      count += parts.length - 1;
      text = parts.join(this.mark('value', secret));
    }
    const lower = text.toLowerCase();
    for (const { kind, needs, pattern, isSecret } of redactRules) {
      if (!needs.some(need => lower.includes(need))) continue;
      text = text.replace(pattern, (whole: string, before: string, secret: string) => {
        if (secret.includes('«redacted:') || isPlaceholder(secret)) return whole;
        if (isSecret !== undefined && !isSecret(secret, before)) return whole;
        count++;
        return whole.replace(before + secret, () => before + this.mark(kind, secret));
      });
    }
    return { text, count };
  }

  private mark(kind: string, secret: string): string {
    let tag = this.tags.get(secret);
    if (tag === undefined) {
      const { sha256, key } = this.options;
      tag = sha256(key + sha256(key + secret)).slice(0, 4);
      this.tags.set(secret, tag);
    }
    return `«redacted:${kind} ${tag}»`;
  }
}

const pemStart = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const pemEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const pemInside = /^(?:.{0,200}[\s|])?(?:[A-Za-z0-9+/=]{4,}|Proc-Type:.*|DEK-Info:.*|Version:.*)?$/;
const pemMark = '«redacted:private key»';

/** Takes pieces of one text and gives back redacted whole lines. */
export class RedactStream {
  private readonly redactLine: (line: string) => Redacted;
  private rest = '';
  private isInPem = false;
  private isSkipping = false;
  private masked = 0;

  constructor(redactLine: (line: string) => Redacted) {
    this.redactLine = redactLine;
  }

  get count(): number {
    return this.masked;
  }

  push(chunk: string): string {
    this.rest += chunk;
    let out = '';
    let start = 0;
    for (let end = this.rest.indexOf('\n'); end >= 0; end = this.rest.indexOf('\n', start)) {
      out += this.line(this.rest.slice(start, end), '\n');
      start = end + 1;
    }
    this.rest = this.rest.slice(start);
    if (this.rest.length > maxLineLength) {
      out += this.line(this.rest, '');
      this.rest = '';
      this.isSkipping = true;
    }
    return out;
  }

  /** The last line, which had no end. */
  end(): string {
    const out = this.rest === '' ? '' : this.line(this.rest, '');
    this.rest = '';
    return out;
  }

  private line(raw: string, end: string): string {
    if (this.isSkipping) {
      // The rest of a line whose beginning was cut.
      this.isSkipping = end === '';
      return end;
    }
    const text = toPlainText(raw);
    if (this.isInPem) {
      const isEnd = pemEnd.test(text);
      if (isEnd) this.isInPem = false;
      if (isEnd || pemInside.test(text.trimEnd())) return '';
      this.isInPem = false;
    }
    const start = pemStart.exec(text);
    if (start === null) return this.plainLine(text) + end;
    const closing = pemEnd.exec(text.slice(start.index));
    this.masked++;
    const before = this.plainLine(text.slice(0, start.index)) + pemMark;
    if (closing === null) {
      this.isInPem = true;
      return before + end;
    }
    return before + this.line(text.slice(start.index + closing.index + closing[0].length), end);
  }

  private plainLine(text: string): string {
    const { text: redacted, count } = this.redactLine(text.length > maxLineLength ? cut(text) : text);
    this.masked += count;
    return redacted;
  }
}

/** Cut where a word ends, so that no half of a secret is left standing. */
function cut(text: string): string {
  const head = text.slice(0, maxLineLength);
  const end = Math.max(head.lastIndexOf(' '), head.lastIndexOf(','), head.lastIndexOf('&'));
  const kept = head.slice(0, Math.max(0, end > maxLineLength / 2 ? end : maxLineLength - 16 * 1024));
  return `${kept} … (line cut)`;
}
