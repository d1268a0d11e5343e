interface Entry {
  readonly id: string;
  readonly dueMs: number;
}

/** Ids ordered by when they fall due: a binary heap in which replaced entries are passed over when they surface. */
export class DueQueue {
  private heap: Entry[] = [];
  private readonly current = new Map<string, Entry>();

  get size(): number {
    return this.current.size;
  }

  dueOf(id: string): number | undefined {
    return this.current.get(id)?.dueMs;
  }

  set(id: string, dueMs: number): void {
    const entry = { id, dueMs };
    this.current.set(id, entry);
    this.heap.push(entry);
    this.rise(this.heap.length - 1);
    if (this.heap.length > 64 && this.heap.length > 4 * this.current.size) this.compact();
  }

  delete(id: string): void {
    this.current.delete(id);
  }

  nextDueMs(): number | undefined {
    for (let top = this.heap[0]; top !== undefined; top = this.heap[0]) {
      if (this.current.get(top.id) === top) return top.dueMs;
      this.pop();
    }
    return undefined;
  }

  /** Removes and gives one id that is due at `nowMs`, the earliest first. */
  takeDue(nowMs: number): string | undefined {
    const dueMs = this.nextDueMs();
    if (dueMs === undefined || dueMs > nowMs) return undefined;
    const id = this.pop()?.id;
    if (id !== undefined) this.current.delete(id);
    return id;
  }

  private compact(): void {
    this.heap = [...this.current.values()].sort((a, b) => a.dueMs - b.dueMs);
  }

  private pop(): Entry | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    return top;
  }

  private rise(from: number): void {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (this.due(parent) <= this.due(index)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private sink(): void {
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const least = this.due(left + 1) < this.due(left) ? left + 1 : left;
      if (this.due(index) <= this.due(least)) return;
      this.swap(index, least);
      index = least;
    }
  }

  private due(index: number): number {
    return this.heap[index]?.dueMs ?? Number.POSITIVE_INFINITY;
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.heap[a], this.heap[b]];
    if (first === undefined || second === undefined) return;
    this.heap[a] = second;
    this.heap[b] = first;
  }
}
