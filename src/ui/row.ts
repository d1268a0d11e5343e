/** What a tree row shows, free of VS Code so that it can be tested as a table. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon | undefined;
  /** Markdown; text from outside is escaped by `escapeMarkdown`. */
  readonly tooltip: string;
  /** Read by screen readers in place of label and description. */
  readonly spoken: string;
  readonly context: string;
  readonly expand: 'none' | 'collapsed' | 'expanded';
  readonly command?: { readonly name: string; readonly argument: string };
  readonly checkbox?: 'checked' | 'unchecked';
}

export interface RowIcon {
  /** Codicon name. */
  readonly id: string;
  /** Theme colour id. */
  readonly color: string | undefined;
}

/** Text that came from a file, a service or an engine must not become links or images in a tooltip. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&');
}
