import type { AnsiSpan, AnsiStyle } from '../../src/domain/logs/ansi.ts';
import type { LogRow } from '../../src/shared/logsProtocol.ts';
import { element } from '../dom.ts';
import type { TimeMode } from './time.ts';
import { toTimeText } from './time.ts';

export interface RowLook {
  readonly sourceLabels: readonly string[];
  readonly timeMode: TimeMode;
  /** Time of the row before, for the delta. */
  readonly beforeMs: number | undefined;
  readonly isSelected: boolean;
  readonly isCursor: boolean;
}

const ansiNames = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'] as const;
const sourceColours = 6;

/** One row of the list. Everything from the log is set as text. */
export function createRow(row: LogRow, number: number, look: RowLook): HTMLElement {
  const classes = ['row', `level-${row.level}`];
  if (row.isJson && row.isUnfolded) classes.push('tall');
  if (row.isContinuation) classes.push('continuation');
  if (row.boundary !== undefined) classes.push('boundary', `boundary-${row.boundary.kind}`);
  if (row.isSearchHit) classes.push('hit-row');
  if (look.isSelected) classes.push('selected');
  if (look.isCursor) classes.push('cursor');
  const node = element('div', {
    class: classes.join(' '),
    role: 'row',
    id: `row-${number}`,
    'data-row': number,
    'aria-rowindex': number + 1,
    'aria-selected': look.isSelected ? 'true' : 'false',
  });
  if (row.boundary !== undefined) {
    const time = toTimeText(row.timeMs, look.timeMode === 'delta' ? 'local' : look.timeMode, undefined);
    node.append(cell('boundary-text', `${row.boundary.text} · ${time}`));
    return node;
  }
  if (look.sourceLabels.length > 1) {
    const source = cell(`source source-${row.source % sourceColours}`, look.sourceLabels[row.source] ?? '');
    node.append(source);
  }
  node.append(cell('time', row.timeMs === 0 ? '' : toTimeText(row.timeMs, look.timeMode, look.beforeMs)));
  node.append(cell('level', row.isContinuation || row.level === 'unknown' ? '' : row.level.toUpperCase()));
  node.append(textCell(row));
  const notes = [
    ...(row.stream === 'stderr' ? ['stderr'] : []),
    ...(row.isTruncated ? ['cut'] : []),
    ...(row.repeat === undefined ? [] : [repeatText(row.repeat, look.timeMode)]),
  ];
  if (notes.length > 0) node.append(cell('notes', notes.join(' · ')));
  return node;
}

function cell(className: string, text: string): HTMLElement {
  return element('span', { class: className, role: 'gridcell' }, text);
}

function repeatText(repeat: { readonly count: number; readonly firstMs: number }, mode: TimeMode): string {
  const first = toTimeText(repeat.firstMs, mode === 'utc' ? 'utc' : 'local', undefined).replace(/\.\d+/, '');
  return `×${repeat.count.toLocaleString()} since ${first}`;
}

function textCell(row: LogRow): HTMLElement {
  const node = element('span', { class: 'text', role: 'gridcell' });
  const edges = new Set([0, row.text.length]);
  for (const span of row.spans) edges.add(span.start).add(span.end);
  for (const [start, end] of row.hits) edges.add(start).add(end);
  const cuts = [...edges].sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start = 0, end = 0] = [cuts[i], cuts[i + 1]];
    node.append(piece(row, start, end));
  }
  if (row.foldCount > 0 || row.isJson) {
    const lines = row.foldCount === 1 ? '1 line' : `${row.foldCount} lines`;
    const label = `${row.isUnfolded ? '▾' : '▸'} ${row.foldCount > 0 ? lines : '{ }'}`;
    node.append(element('button', { class: 'fold', 'data-fold': row.id, tabindex: -1 }, label));
  }
  return node;
}

function piece(row: LogRow, start: number, end: number): Node {
  const text = visible(row.text.slice(start, end));
  const span: AnsiSpan | undefined = row.spans.find(item => item.start <= start && end <= item.end);
  const isHit = row.hits.some(([from, to]) => from <= start && end <= to);
  if (span === undefined && !isHit) return document.createTextNode(text);
  const node = element(isHit ? 'mark' : 'span', {}, text);
  if (span !== undefined) paint(node, span.style);
  return node;
}

/** Control characters and those that turn the direction of text would show something else than what is there. */
function visible(text: string): string {
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, character => {
    const code = character.charCodeAt(0);
    return code < 32 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

function paint(node: HTMLElement, style: AnsiStyle): void {
  const [foreground, background] = style.isInverse
    ? [style.background ?? 'var(--vscode-editor-background)', style.foreground ?? 'var(--vscode-foreground)']
    : [style.foreground, style.background];
  if (foreground !== undefined) node.style.color = colour(foreground);
  if (background !== undefined) node.style.backgroundColor = colour(background);
  if (style.isBold) node.classList.add('bold');
  if (style.isDim) node.classList.add('faint');
  if (style.isItalic) node.classList.add('italic');
  if (style.isUnderlined) node.classList.add('underlined');
}

function colour(value: number | string): string {
  if (typeof value === 'string') return value;
  const name = ansiNames[value % 8] ?? 'White';
  return `var(--vscode-terminal-ansi${value >= 8 ? 'Bright' : ''}${name})`;
}
