/** 53-bit text hash (cyrb53), for ids only: not for anything that must resist an attacker. */
export function hashText(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36).padStart(11, '0');
}

/** Gives the same text the same id, and repeats of it `-2`, `-3` … in document order. */
export class IdMint {
  private readonly counts = new Map<string, number>();

  mint(...parts: readonly string[]): string {
    const id = hashText(parts.length === 1 ? (parts[0] ?? '') : parts.join('\u0000'));
    const count = (this.counts.get(id) ?? 0) + 1;
    this.counts.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  }
}
