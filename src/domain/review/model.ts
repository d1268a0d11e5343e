/** What a stretch of a review template is for. */
export type TemplateBlockKind =
  | 'heading'
  /** A line with a label (`- **Date**: {Date}`). */
  | 'field'
  /** A paragraph with a placeholder. */
  | 'paragraph'
  /** A list item that only shows what might stand there. */
  | 'sample'
  | 'task'
  /** A table's header line and its rule. */
  | 'tableHead'
  | 'tableRow'
  /** Anything else; it goes into the review to the letter. */
  | 'static';

export type TableRole = 'timeline' | 'actions' | 'other';

export interface TemplateTable {
  readonly role: TableRole;
  readonly columns: readonly string[];
}

/** Keys are unique within a template and stable under edits elsewhere in it (`h:Summary`, `f:Duration`). */
export interface TemplateBlock {
  readonly key: string;
  readonly kind: TemplateBlockKind;
  /** As written, without line end; tables' heads and static stretches may have several lines. */
  readonly text: string;
  /** Empty lines before it. */
  readonly gap: number;
  /** Title of the nearest heading above, without marks; empty before the first. */
  readonly section: string;
  /** The block without which this one has no place: its table's head, else its heading. */
  readonly parent: string | undefined;
  readonly label: string | undefined;
  readonly table: TemplateTable | undefined;
}

export interface ReviewTemplate {
  readonly blocks: readonly TemplateBlock[];
  /** True when the team has no template of its own. */
  readonly isBuiltIn: boolean;
}

/** One keyed piece of a generated review. The text of a review is its blocks, each after `gap` empty lines. */
export interface ReviewBlock {
  readonly key: string;
  readonly text: string;
  readonly gap: number;
  readonly parent: string | undefined;
  /** True when a fact stands in it: only then is it worth proposing over a person's text. */
  readonly hasFact: boolean;
  /** For timeline rows: the instant, and `2026-11-21 10:05` in the report's zone. */
  readonly row?: RowTime;
}

export interface RowTime {
  readonly atMs: number;
  readonly wall: string;
}

export interface Unfilled {
  readonly placeholder: string;
  /** 1-based line of the generated text. */
  readonly line: number;
}

export interface FilledReview {
  readonly text: string;
  readonly blocks: readonly ReviewBlock[];
  readonly unfilled: readonly Unfilled[];
}

/** A difference between what a person wrote and what the facts say now. It is for a person to settle. */
export interface Proposal {
  readonly key: string;
  readonly kind: 'change' | 'add' | 'remove';
  /** The text in the file; undefined where a person took it out. */
  readonly human: string | undefined;
  /** The text that the facts give; undefined where they no longer give any. */
  readonly proposed: string | undefined;
  /** 1-based line of the merged text at which it is to be shown. */
  readonly line: number;
}

export interface MergedReview {
  readonly text: string;
  readonly proposals: readonly Proposal[];
}

export type MergeRefusal = 'conflictMarkers' | 'tooLarge';

/** Blocks joined to text, lines ending in `\n`. */
export function toText(blocks: readonly ReviewBlock[]): string {
  return `${blocks.map(({ gap, text }) => '\n'.repeat(gap) + text).join('\n')}\n`;
}
