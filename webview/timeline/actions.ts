import type { TimelineToHost } from '../../src/shared/timelineProtocol.ts';
import type { RowFilter } from './rowFilter.ts';

/** What the parts of the page may ask of the page. */
export interface PageActions {
  send(intent: TimelineToHost): void;
  setFilter(change: Partial<RowFilter>): void;
  /** Opens or closes the details of an entry. */
  toggleDetail(entryId: string): void;
  startEdit(entryId: string): void;
  stopEdit(): void;
  focusComposer(): void;
  revealTime(atMs: number): void;
  reveal(entryId: string): void;
  markedIds(): readonly string[];
}
