export interface RowRef {
  readonly source: number;
  readonly seq: number;
}

/**
 * The rows of a view in their order, as numbers. A row's number is absolute: it counts those that were dropped from
 * the old end, so that a page that scrolled to a row stays there.
 */
export class RowIndex {
  private sources: number[] = [];
  private seqs: number[] = [];
  private hits: boolean[] = [];
  private start = 0;
  private droppedRows = 0;
  private hitRows = 0;

  /** Number of the oldest row. */
  get first(): number {
    return this.droppedRows;
  }

  /** The number after the newest row. */
  get end(): number {
    return this.droppedRows + this.size;
  }

  get size(): number {
    return this.seqs.length - this.start;
  }

  get hitCount(): number {
    return this.hitRows;
  }

  at(row: number): RowRef | undefined {
    const i = this.slot(row);
    const source = this.sources[i];
    const seq = this.seqs[i];
    return row < this.droppedRows || source === undefined || seq === undefined ? undefined : { source, seq };
  }

  isHit(row: number): boolean {
    return this.hits[this.slot(row)] === true;
  }

  setHit(row: number, isHit: boolean): void {
    const i = this.slot(row);
    if ((this.hits[i] ?? false) === isHit) return;
    this.hits[i] = isHit;
    this.hitRows += isHit ? 1 : -1;
  }

  push(ref: RowRef, isHit: boolean): void {
    this.sources.push(ref.source);
    this.seqs.push(ref.seq);
    this.hits.push(isHit);
    if (isHit) this.hitRows++;
  }

  insert(row: number, ref: RowRef, isHit: boolean): void {
    const i = this.slot(row);
    this.sources.splice(i, 0, ref.source);
    this.seqs.splice(i, 0, ref.seq);
    this.hits.splice(i, 0, isHit);
    if (isHit) this.hitRows++;
  }

  remove(row: number): void {
    const i = this.slot(row);
    if (this.hits[i]) this.hitRows--;
    this.sources.splice(i, 1);
    this.seqs.splice(i, 1);
    this.hits.splice(i, 1);
  }

  /** Drops rows that are not held any more; those among held ones only now and then (`isThorough`). */
  dropUnless(isHeld: (ref: RowRef) => boolean, isThorough: boolean): void {
    for (let ref = this.at(this.first); ref !== undefined && !isHeld(ref); ref = this.at(this.first)) {
      if (this.hits[this.start]) this.hitRows--;
      this.start++;
      this.droppedRows++;
    }
    if (isThorough || this.start > 50_000) this.compact(isHeld, isThorough);
  }

  clearHits(): void {
    this.hits.fill(false);
    this.hitRows = 0;
  }

  clear(): void {
    this.sources = [];
    this.seqs = [];
    this.hits = [];
    this.start = 0;
    this.droppedRows = 0;
    this.hitRows = 0;
  }

  private compact(isHeld: (ref: RowRef) => boolean, isThorough: boolean): void {
    const kept: number[] = [];
    for (let i = this.start; i < this.seqs.length; i++) {
      const ref = { source: this.sources[i] ?? 0, seq: this.seqs[i] ?? 0 };
      if (!isThorough || isHeld(ref)) kept.push(i);
      else this.droppedRows++;
    }
    const { sources, seqs, hits } = this;
    this.sources = kept.map(i => sources[i] ?? 0);
    this.seqs = kept.map(i => seqs[i] ?? 0);
    this.hits = kept.map(i => hits[i] === true);
    this.hitRows = this.hits.filter(Boolean).length;
    this.start = 0;
  }

  private slot(row: number): number {
    return this.start + row - this.droppedRows;
  }
}
