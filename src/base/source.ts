/** Where in a file something stands; lines are 1-based, `file` is relative to the workspace with `/`. */
export interface SourceLink {
  readonly file: string;
  readonly line: number;
}

/** A stretch of a text: 1-based inclusive lines, 0-based half-open UTF-16 offsets. */
export interface SourceRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly start: number;
  readonly end: number;
}

/** Something to show in the Problems panel. Text is a plain English sentence made by the domain from data. */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly line: number;
  /** 0-based column of the first character, and of the character after the last on the same line. */
  readonly startColumn: number;
  readonly endColumn: number;
  readonly fix?: ProblemFix;
}

/** A safe change of the text that makes the problem go away. */
export interface ProblemFix {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}
