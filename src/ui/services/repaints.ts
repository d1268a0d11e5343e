import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';

/** VS Code waits 200 ms after the last change that it was told: told more often, it would never repaint. */
const apartMs = 210;

/** Gathers rows to repaint: the first at once, then all that gathered, at most every `apartMs`. */
export class Repaints implements Disposable {
  private readonly clock: Clock;
  private readonly paint: (ids: readonly string[] | undefined) => void;
  private readonly dirty = new Set<string>();
  private isAllDirty = false;
  private paintedAtMs = Number.NEGATIVE_INFINITY;
  private timer: Disposable | undefined;
  private isGathering = false;

  /** `paint` gets undefined for "everything". */
  constructor(clock: Clock, paint: (ids: readonly string[] | undefined) => void) {
    this.clock = clock;
    this.paint = paint;
  }

  add(ids: readonly string[]): void {
    for (const id of ids) this.dirty.add(id);
    this.soon();
  }

  all(): void {
    this.isAllDirty = true;
    this.soon();
  }

  dispose(): void {
    this.timer?.dispose();
  }

  private soon(): void {
    if (this.timer !== undefined || this.isGathering) return;
    const waitMs = this.paintedAtMs + apartMs - this.clock.monotonicMs();
    if (waitMs > 0) {
      this.timer = this.clock.after(waitMs, () => this.flush());
      return;
    }
    // One cause tells several rows one after another: all of them belong to the same repaint.
    this.isGathering = true;
    queueMicrotask(() => {
      this.isGathering = false;
      this.flush();
    });
  }

  private flush(): void {
    this.timer = undefined;
    this.paintedAtMs = this.clock.monotonicMs();
    const ids = this.isAllDirty ? undefined : [...this.dirty];
    this.dirty.clear();
    this.isAllDirty = false;
    this.paint(ids);
  }
}
