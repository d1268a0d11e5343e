import type { ReviewTemplate, TableRole, TemplateBlock, TemplateBlockKind, TemplateTable } from './model.ts';
import { hasPlaceholder } from './placeholders.ts';
import { isTableRow, isTableRule, splitCells } from './tables.ts';

interface Draft {
  readonly kind: TemplateBlockKind;
  readonly lines: string[];
  readonly label?: string | undefined;
  readonly table?: TemplateTable | undefined;
}

/**
 * Cuts a review template into keyed blocks whose texts, joined, are the template to the byte. A first line
 * `# Template: path` is a note to the reader of the runbook and left out.
 */
export function parseTemplate(text: string): ReviewTemplate {
  const reader = new TemplateReader();
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const start = lines.findIndex(line => line.trim() !== '');
  const first = lines[start] ?? '';
  const from = /^#\s*template\s*:/i.test(first) ? start + 1 : Math.max(start, 0);
  for (let at = from; at < lines.length; ) at += reader.read(lines, at);
  return { blocks: reader.blocks, isBuiltIn: false };
}

class TemplateReader {
  readonly blocks: TemplateBlock[] = [];
  private readonly keyCounts = new Map<string, number>();
  private gap = 0;
  private section = '';
  private headingKey: string | undefined;
  private table: { readonly key: string; readonly info: TemplateTable } | undefined;

  /** Takes one block starting at `at` and returns how many lines it had. */
  read(lines: readonly string[], at: number): number {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      // Empty lines before the first block are no part of the shape.
      if (this.blocks.length > 0) this.gap++;
      this.table = undefined;
      return 1;
    }
    const draft = this.toDraft(lines, at);
    this.push(draft);
    return draft.lines.length;
  }

  private toDraft(lines: readonly string[], at: number): Draft {
    const line = lines[at] ?? '';
    const fence = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) return { kind: 'static', lines: untilClosed(lines, at, fence) };
    if (/^#{1,6}\s/.test(line)) return { kind: 'heading', lines: [line] };
    if (isTableRow(line)) return this.toTableDraft(line, lines[at + 1] ?? '');
    this.table = undefined;
    return toLineDraft(line, this.section);
  }

  private toTableDraft(line: string, next: string): Draft {
    if (this.table !== undefined) {
      const label = this.table.info.role === 'other' ? toLabel(splitCells(line)[0] ?? '') : undefined;
      return { kind: 'tableRow', lines: [line], table: this.table.info, label };
    }
    if (!isTableRule(next)) return { kind: hasPlaceholder(line) ? 'paragraph' : 'static', lines: [line] };
    const columns = splitCells(line);
    return {
      kind: 'tableHead',
      lines: [line, next],
      table: { role: roleOf(columns, this.section), columns },
    };
  }

  private push({ kind, lines, label, table }: Draft): void {
    const text = lines.join('\n');
    if (kind === 'heading') {
      this.section = text.replace(/^#+\s*|\s*#*\s*$/g, '');
      this.headingKey = undefined;
      this.table = undefined;
    }
    const key = this.toKey(kind, label, text);
    const parent = kind === 'tableRow' ? this.table?.key : this.headingKey;
    this.blocks.push({ key, kind, text, gap: this.gap, section: this.section, parent, label, table });
    this.gap = 0;
    if (kind === 'heading') this.headingKey = key;
    if (kind === 'tableHead' && table !== undefined) this.table = { key, info: table };
  }

  private toKey(kind: TemplateBlockKind, label: string | undefined, text: string): string {
    const base = `${keyLetter[kind]}:${kind === 'static' ? text.slice(0, 60) : (label ?? this.section)}`;
    const count = (this.keyCounts.get(base) ?? 0) + 1;
    this.keyCounts.set(base, count);
    return count === 1 ? base : `${base}#${count}`;
  }
}

const keyLetter: Readonly<Record<TemplateBlockKind, string>> = {
  heading: 'h',
  field: 'f',
  paragraph: 'p',
  sample: 'li',
  task: 'ai',
  tableHead: 'th',
  tableRow: 'tr',
  static: 's',
};

function untilClosed(lines: readonly string[], at: number, fence: string): string[] {
  const end = lines.findIndex((line, index) => index > at && line.trim().startsWith(fence));
  return lines.slice(at, end < 0 ? lines.length : end + 1);
}

function toLineDraft(line: string, section: string): Draft {
  const item = /^\s*(?:[-*+]|\d+[.)])\s+(\[[ xX]\]\s)?(.*)$/.exec(line);
  const rest = item?.[2] ?? line;
  if (item?.[1] !== undefined) {
    const isPattern = hasPlaceholder(rest) || isActionSection(section);
    return { kind: isPattern ? 'task' : 'static', lines: [line] };
  }
  const label = toLabel(/^(.{1,80}?):(?:\*\*|__)?(?:\s|$)/.exec(rest)?.[1] ?? '');
  const isOpen = /:(?:\*\*|__)?\s*$/.test(rest);
  if (label !== '' && (hasPlaceholder(rest) || isOpen)) return { kind: 'field', lines: [line], label };
  if (hasPlaceholder(rest)) return { kind: 'paragraph', lines: [line] };
  // A label in bold is part of the shape even when a fixed text follows it.
  const isSample = item !== null && !/^(?:\*\*|__)[^*_]+(?::(?:\*\*|__)|(?:\*\*|__):)/.test(rest);
  return { kind: isSample ? 'sample' : 'static', lines: [line] };
}

function toLabel(text: string): string {
  return hasPlaceholder(text) ? '' : text.replace(/[*_`:]/g, '').trim();
}

export function isActionSection(section: string): boolean {
  return /\b(?:action|follow.?up|corrective|to.?do|task)s?\b.*\b(?:items?|actions?|tasks?)\b|^actions?$|^to.?dos?$/i.test(
    section,
  );
}

function roleOf(columns: readonly string[], section: string): TableRole {
  const isTimed = /^(?:time|when|timestamp|date|at|utc)\b/i.test(toLabel(columns[0] ?? ''));
  if (/timeline|chronolog|sequence of events/i.test(section) || (isTimed && columns.length > 1)) {
    return 'timeline';
  }
  return isActionSection(section) ? 'actions' : 'other';
}
