import type { LogView } from '../../app/logs/logView.ts';
import { countOlder, textOfEvidence } from '../../app/logs/olderLines.ts';
import type { Disposable } from '../../base/disposables.ts';

/** Counts what the search finds in the lines that lie in files, beside what the view finds in those it holds. */
export class OlderSearch implements Disposable {
  private readonly view: LogView;
  private readonly onChange: () => void;
  private running = new AbortController();
  private found = 0;

  constructor(view: LogView, onChange: () => void) {
    this.view = view;
    this.onChange = onChange;
  }

  get hits(): number {
    return this.found;
  }

  /** Call when the search has changed. */
  start(): void {
    this.running.abort();
    this.running = new AbortController();
    this.found = 0;
    void this.count(this.running.signal);
  }

  dispose(): void {
    this.running.abort();
  }

  private async count(signal: AbortSignal): Promise<void> {
    const matcher = this.view.searchMatcher;
    if (matcher === undefined) return;
    for (const { tail } of this.view.sources) {
      if (tail.older === undefined || tail.older.lines === 0) continue;
      const hits = await countOlder(tail.older, line => matcher.test(textOfEvidence(line)), signal);
      if (signal.aborted) return;
      this.found += hits;
      this.onChange();
    }
  }
}
