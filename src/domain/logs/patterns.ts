import { plainText } from './ansi.ts';

const maxKeyChars = 200;
/** UUIDs, addresses, hexadecimal ids, numbers with what belongs to them; one pass, first alternative wins. */
const variable =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|0x[0-9a-f]+|\b(?=[a-f]*\d)[0-9a-f]{8,}\b|\b(?=[a-z]*\d)[0-9a-z]{16,}\b|(?<![A-Za-z_\d])\d+(?:[.:,/T-]\d+)*(?:Z\b)?/gi;

/** What lines of the same origin have in common: numbers, ids and times become `#`. */
export function patternKey(text: string): string {
  const plain = plainText(text.length > maxKeyChars * 2 ? text.slice(0, maxKeyChars * 2) : text);
  return plain.replace(variable, '#').slice(0, maxKeyChars);
}

export interface PatternCount {
  readonly key: string;
  count: number;
  readonly firstMs: number;
  lastMs: number;
}

/** Counts lines by pattern; forgets the pattern that was silent for longest when there are too many. */
export class PatternCounts {
  private readonly byKey = new Map<string, PatternCount>();
  private readonly capacity: number;

  constructor(capacity = 2000) {
    this.capacity = capacity;
  }

  add(key: string, timeMs: number): PatternCount {
    const known = this.byKey.get(key);
    // Re-inserting keeps the map in the order of the last sight.
    if (known !== undefined) this.byKey.delete(key);
    const entry = known ?? { key, count: 0, firstMs: timeMs, lastMs: timeMs };
    entry.count++;
    entry.lastMs = Math.max(entry.lastMs, timeMs);
    this.byKey.set(key, entry);
    if (this.byKey.size > this.capacity) {
      for (const oldest of this.byKey.keys()) {
        this.byKey.delete(oldest);
        break;
      }
    }
    return entry;
  }

  get(key: string): PatternCount | undefined {
    return this.byKey.get(key);
  }

  /** Most frequent first. */
  top(count: number): readonly PatternCount[] {
    return [...this.byKey.values()].sort((a, b) => b.count - a.count).slice(0, count);
  }
}
