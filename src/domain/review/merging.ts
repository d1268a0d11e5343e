import type { DiskText } from './diskText.ts';
import type { Located, Location } from './located.ts';
import { type Insertion, MergedLines } from './mergedLines.ts';
import type { MergedReview, Proposal, ReviewBlock } from './model.ts';
import { normalizeLine, normalizeText } from './normalize.ts';
import { RowPlaces } from './rowPlaces.ts';
import { isTableRow } from './tables.ts';

/** Stands for the anchor of a block that a person took out. */
const noPlace = -2;

type Finding = Omit<Proposal, 'line'> & { readonly at: number };

/** One three-way merge of a review; see `mergeReview`. */
export class Merging {
  private readonly base: ReadonlyMap<string, ReviewBlock>;
  private readonly next: readonly ReviewBlock[];
  private readonly file: DiskText;
  private readonly location: Location;
  private readonly rows: RowPlaces;
  /** New text per first line of an untouched block; an empty text takes the block out. */
  private readonly replaced = new Map<number, { readonly to: number; readonly text: string | undefined }>();
  private readonly inserted: Insertion[] = [];
  private readonly findings: Finding[] = [];
  /** The line after which each block of `next` stands. */
  private readonly anchors = new Map<string, number>();
  /** Lines of people, as compared, and where each stands. */
  private readonly humanNorms: ReadonlyMap<string, readonly number[]>;

  constructor(
    base: readonly ReviewBlock[],
    file: DiskText,
    next: readonly ReviewBlock[],
    location: Location,
  ) {
    this.base = new Map(base.map(block => [block.key, block]));
    this.next = next;
    this.file = file;
    this.location = location;
    this.rows = new RowPlaces(base, next, file.lines, location);
    this.humanNorms = placesByText(location.human, file);
  }

  run(): MergedReview {
    const nextByKey = new Map(this.next.map(block => [block.key, block]));
    for (const block of this.base.values()) this.settle(block, nextByKey.get(block.key));
    this.next.forEach((block, index) => {
      if (!this.anchors.has(block.key)) this.add(block, index);
    });
    const merged = new MergedLines(this.file, this.replaced, this.inserted);
    const proposals = this.findings
      .map(({ at, ...finding }): Proposal => ({ ...finding, line: merged.lineOf(at) }))
      .sort((a, b) => a.line - b.line);
    return { text: merged.toText(), proposals };
  }

  /** Decides about a block that was generated before. */
  private settle(block: ReviewBlock, next: ReviewBlock | undefined): void {
    const located = this.location.blocks.get(block.key) ?? { kind: 'deleted' };
    if (next !== undefined && located.kind !== 'deleted') this.anchors.set(block.key, located.to);
    const isSame =
      next !== undefined &&
      (next.text === block.text || normalizeText(next.text) === normalizeText(block.text));
    if (isSame) {
      // A heading that a person moved still holds its section.
      const moved = block.text.startsWith('#') ? this.writtenAt(block.text) : undefined;
      if (located.kind === 'deleted') this.anchors.set(block.key, moved ?? noPlace);
      return;
    }
    if (located.kind === 'untouched') this.renew(block, next, located);
    else this.propose(block, next, located);
  }

  private renew(
    block: ReviewBlock,
    next: ReviewBlock | undefined,
    { from, to }: Extract<Located, { from: number }>,
  ): void {
    if (next !== undefined && this.standsAt(from, next.text)) return;
    const written = next === undefined ? undefined : this.writtenAt(next.text);
    if (next !== undefined && written !== undefined) {
      // The new text is there on another line: only the old one is left to go.
      this.replaced.set(from, { to, text: undefined });
      this.anchors.set(block.key, written);
      return;
    }
    const hasMoved = next?.row !== undefined && next.row.atMs !== block.row?.atMs;
    this.replaced.set(from, { to, text: hasMoved ? undefined : next?.text });
    // A row whose time was corrected is put in anew, where it now belongs.
    if (hasMoved) this.anchors.delete(block.key);
  }

  private propose(block: ReviewBlock, next: ReviewBlock | undefined, located: Located): void {
    const human = located.kind === 'deleted' ? undefined : this.textOf(located.from, located.to);
    const at = located.kind === 'deleted' ? this.placeBefore(block.key) : located.from;
    const written = next === undefined ? undefined : this.writtenAt(next.text);
    if (located.kind === 'deleted') this.anchors.set(block.key, written ?? noPlace);
    if (next === undefined) {
      if (human !== undefined && block.hasFact) {
        this.findings.push({ key: block.key, kind: 'remove', human, proposed: undefined, at });
      }
      return;
    }
    const isAgreed = human !== undefined && normalizeText(human) === normalizeText(next.text);
    if (isAgreed || !next.hasFact || written !== undefined) return;
    this.findings.push({ key: block.key, kind: 'change', human, proposed: next.text, at });
  }

  /** Brings in a block that is new in this generation, or says why it has no place. */
  private add(block: ReviewBlock, index: number): void {
    const written = this.writtenAt(block.text);
    if (written !== undefined) {
      // Somebody, or a run that could not be recorded, has written this very line.
      this.anchors.set(block.key, written);
      return;
    }
    if (!this.hasPlace(block)) {
      this.anchors.set(block.key, noPlace);
      if (!block.hasFact) return;
      const at = Math.max(0, this.anchorBefore(index));
      this.findings.push({ key: block.key, kind: 'add', human: undefined, proposed: block.text, at });
      return;
    }
    const rowAnchor = block.row === undefined ? undefined : this.rows.anchorFor(block, index);
    const anchor = rowAnchor ?? this.pastRemoved(this.pastTable(this.anchorBefore(index), block));
    this.anchors.set(block.key, anchor);
    this.inserted.push({
      after: anchor,
      text: block.text,
      gap: block.gap,
      nextGap: this.next[index + 1]?.gap ?? 0,
    });
  }

  private hasPlace({ parent }: ReviewBlock): boolean {
    return parent === undefined || this.anchors.get(parent) !== noPlace;
  }

  private anchorBefore(index: number): number {
    for (let at = index - 1; at >= 0; at--) {
      const anchor = this.anchors.get(this.next[at]?.key ?? '');
      if (anchor !== undefined && anchor >= 0) return anchor;
    }
    return -1;
  }

  /** What follows a table must not cut it in two. */
  private pastTable(anchor: number, block: ReviewBlock): number {
    let at = anchor;
    if (isTableRow(block.text.split('\n')[0] ?? '') && block.gap === 0) return at;
    if (!isTableRow(this.file.lines[at]?.text ?? '')) return at;
    while (isTableRow(this.file.lines[at + 1]?.text ?? '')) at++;
    return at;
  }

  /** Right behind lines that go out, new ones take their place. */
  private pastRemoved(anchor: number): number {
    let place = anchor;
    for (let at = anchor + 1; at < this.file.lines.length; at++) {
      const removed = this.replaced.get(at);
      if (removed !== undefined && removed.text === undefined) {
        place = removed.to;
        at = removed.to;
      } else if (this.file.lines[at]?.text.trim() !== '') break;
    }
    return place;
  }

  private placeBefore(key: string): number {
    let place = 0;
    for (const other of this.base.keys()) {
      if (other === key) return place;
      const located = this.location.blocks.get(other);
      if (located !== undefined && located.kind !== 'deleted') place = located.to;
    }
    return place;
  }

  /** Where people's lines hold this text in full: its first line alone may have been moved or copied there. */
  private writtenAt(text: string): number | undefined {
    const places = this.humanNorms.get(normalizeText(text).split('\n')[0] ?? '');
    return places?.findLast(at => this.standsAt(at, text));
  }

  /** True when the new text is there in full already: a run before this one could not be recorded. */
  private standsAt(from: number, text: string): boolean {
    const wanted = normalizeText(text).split('\n');
    let at = from;
    return wanted.every(line => {
      while (at < this.file.lines.length && this.file.lines[at]?.text.trim() === '') at++;
      return normalizeLine(this.file.lines[at++]?.text ?? '') === line;
    });
  }

  private textOf(from: number, to: number): string {
    return this.file.lines
      .slice(from, to + 1)
      .map(({ text }) => text)
      .join('\n');
  }
}

function placesByText(places: ReadonlySet<number>, file: DiskText): Map<string, number[]> {
  const byText = new Map<string, number[]>();
  for (const at of places) {
    const text = normalizeText(file.lines[at]?.text ?? '');
    byText.set(text, [...(byText.get(text) ?? []), at]);
  }
  return byText;
}
