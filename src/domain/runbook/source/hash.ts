/**
 * 53-bit hash (cyrb53) of the parts with a NUL between them, for ids only: not for anything that must resist an
 * attacker. They are not joined first: that would copy every heading once per step below it.
 */
function hashText(parts: readonly string[]): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let part = 0; part < parts.length; part++) {
    const text = parts[part] ?? '';
    // The NUL between two parts changes nothing but the multiplication.
    if (part > 0) {
      high = Math.imul(high, 2654435761);
      low = Math.imul(low, 1597334677);
    }
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      high = Math.imul(high ^ unit, 2654435761);
      low = Math.imul(low ^ unit, 1597334677);
    }
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36).padStart(11, '0');
}

/** Gives the same text the same id, and repeats of it `-2`, `-3` … in document order. */
export class IdMint {
  private readonly counts = new Map<string, number>();

  mint(...parts: readonly string[]): string {
    const id = hashText(parts);
    const count = (this.counts.get(id) ?? 0) + 1;
    this.counts.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  }
}
