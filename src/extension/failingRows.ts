import type * as vscode from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposables.ts';

type RowsView = Pick<
  vscode.TreeView<string>,
  'visible' | 'reveal' | 'onDidExpandElement' | 'onDidCollapseElement' | 'onDidChangeVisibility'
>;

const attempts = 8;
const attemptEveryMs = 500;

/**
 * Opens the row of a service that begins to fail, once: VS Code keeps rows as they were otherwise. A reveal that
 * meets a refresh of the tree is lost without a word, so it is asked again until the row is told to be open.
 */
export class FailingRows implements Disposable {
  private readonly view: RowsView;
  private readonly clock: Clock;
  private readonly listeners = new DisposableStore();
  private failing: ReadonlySet<string> = new Set();
  /** Rows still to open, with the attempts made. */
  private readonly closed = new Map<string, number>();
  private timer: Disposable | undefined;

  constructor(view: RowsView, clock: Clock) {
    this.view = view;
    this.clock = clock;
    const settle = ({ element }: { readonly element: string }) => this.closed.delete(element);
    this.listeners.add(view.onDidExpandElement(settle));
    this.listeners.add(view.onDidCollapseElement(settle));
    this.listeners.add(view.onDidChangeVisibility(() => this.open()));
  }

  /** Rows that fail now; one that did before is left as the person has it. */
  show(rows: Iterable<string>): void {
    const failing = new Set(rows);
    for (const row of failing) if (!this.failing.has(row)) this.closed.set(row, 0);
    for (const row of this.closed.keys()) if (!failing.has(row)) this.closed.delete(row);
    this.failing = failing;
    this.open();
  }

  dispose(): void {
    this.timer?.dispose();
    this.listeners.dispose();
  }

  private open(): void {
    if (this.timer !== undefined || this.closed.size === 0 || !this.view.visible) return;
    for (const [row, made] of this.closed) {
      if (made >= attempts) this.closed.delete(row);
      else this.closed.set(row, made + 1);
      // A row may be gone by the time it is found; then there is nothing to open.
      this.view.reveal(row, { select: false, focus: false, expand: true }).then(undefined, () => {});
    }
    this.timer = this.clock.after(attemptEveryMs, () => {
      this.timer = undefined;
      this.open();
    });
  }
}
