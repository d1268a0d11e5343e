/** A bounded buffer that forgets the oldest first and counts what it forgot. */
export class Ring<T> {
  private readonly items: (T | undefined)[];
  private start = 0;
  private count = 0;
  private forgotten = 0;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError(`Ring capacity must be >= 1: ${capacity}`);
    this.items = new Array<T | undefined>(capacity);
  }

  get length(): number {
    return this.count;
  }

  /** How many items were pushed out since the start. */
  get dropped(): number {
    return this.forgotten;
  }

  push(item: T): void {
    const capacity = this.items.length;
    this.items[(this.start + this.count) % capacity] = item;
    if (this.count < capacity) {
      this.count++;
      return;
    }
    this.start = (this.start + 1) % capacity;
    this.forgotten++;
  }

  /** The item at `index` (0 is the oldest held), or undefined outside. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.count) return undefined;
    return this.items[(this.start + index) % this.items.length];
  }

  last(): T | undefined {
    return this.at(this.count - 1);
  }

  /** In place of the newest item; does nothing while there is none. */
  replaceLast(item: T): void {
    if (this.count > 0) this.items[(this.start + this.count - 1) % this.items.length] = item;
  }

  toArray(): T[] {
    const result: T[] = [];
    for (let i = 0; i < this.count; i++) result.push(this.items[(this.start + i) % this.items.length] as T);
    return result;
  }

  clear(): void {
    this.items.fill(undefined);
    this.start = 0;
    this.count = 0;
  }
}
