import type { LogView } from '../../app/logs/logView.ts';
import type { LogRow, LogsToPage, LogViewMessage } from '../../shared/logsProtocol.ts';
import type { RowOptions } from './rowView.ts';
import { toLogRow } from './rowView.ts';

/** No page shows more rows than that, whatever it asks for. */
const maxRows = 600;

interface Pull {
  readonly from: number;
  readonly count: number;
  readonly revision: number;
}

/**
 * Answers the page's requests for rows: at once when it has an older revision, else as soon as something changes. So
 * there is never more than one answer on its way, however fast lines come, and an idle view costs nothing.
 */
export class ViewAnswers {
  private readonly view: LogView;
  private readonly rowOptions: () => RowOptions;
  private readonly post: (message: LogsToPage) => void;
  private readonly olderHits: () => number;
  private waiting: Pull | undefined;
  private revision = 1;
  private isPosting = false;

  constructor(
    view: LogView,
    rowOptions: () => RowOptions,
    post: (message: LogsToPage) => void,
    olderHits: () => number = () => 0,
  ) {
    this.view = view;
    this.olderHits = olderHits;
    this.rowOptions = rowOptions;
    this.post = post;
  }

  pull(request: Pull): void {
    this.waiting = request;
    if (request.revision !== this.revision) this.answer();
  }

  changed(): void {
    this.revision++;
    if (this.waiting === undefined || this.isPosting) return;
    this.isPosting = true;
    // One answer for all that changes in this turn.
    queueMicrotask(() => {
      this.isPosting = false;
      this.answer();
    });
  }

  /** The page is gone. */
  reset(): void {
    this.waiting = undefined;
  }

  private answer(): void {
    const request = this.waiting;
    if (request === undefined) return;
    this.waiting = undefined;
    this.post(this.toMessage(request));
  }

  private toMessage(request: Pull): LogViewMessage {
    const view = this.view;
    const rows = view.rows;
    const count = Math.max(1, Math.min(maxRows, Math.floor(request.count)));
    const wanted = request.from < 0 ? rows.end - count : Math.floor(request.from);
    const from = Math.max(rows.first, Math.min(wanted, rows.end));
    const shown: LogRow[] = [];
    for (let row = from; row < from + count && row < rows.end; row++) {
      const made = toLogRow(view, row, this.rowOptions());
      if (made === undefined) break;
      shown.push(made);
    }
    const stores = view.sources.map(source => source.tail.store);
    return {
      type: 'view',
      revision: this.revision,
      first: rows.first,
      end: rows.end,
      from,
      rows: shown,
      sources: view.sources.map(({ tail }) => ({
        id: tail.id,
        label: tail.label,
        state: 'reason' in tail.state ? tail.state.reason : tail.state.kind,
        isFollowing: tail.state.kind === 'following',
      })),
      heldLines: stores.reduce((sum, store) => sum + store.size, 0),
      ...olderOf(view),
      hitCount: rows.hitCount,
      olderHits: this.olderHits(),
      isBusy: view.isBusy,
      filterError: view.filterError,
      searchError: view.searchError,
    };
  }
}

function olderOf(view: LogView): Pick<LogViewMessage, 'olderLines' | 'droppedLines'> {
  let olderLines = 0;
  let droppedLines = 0;
  for (const { tail } of view.sources) {
    olderLines += tail.older?.lines ?? 0;
    droppedLines += tail.older === undefined ? tail.store.firstSeq : tail.older.droppedLines;
  }
  return { olderLines, droppedLines };
}
