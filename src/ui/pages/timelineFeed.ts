import type { Entry, Incident } from '../../domain/incident/model.ts';
import type {
  EntryDetail,
  EntryVersion,
  TimelineRow,
  TimelineSnapshot,
} from '../../shared/timelineProtocol.ts';
import { toTimelineHeader, toTimelineMilestones } from './timelineHeader.ts';
import { diffRows, toLinkText, toRows } from './timelineRows.ts';

interface Held {
  readonly revision: number;
  readonly rows: ReadonlyMap<string, TimelineRow>;
  /** What the rows were made of. */
  readonly entries: Incident['entries'];
  readonly lanes: Incident['lanes'];
}

/** Remembers what one page holds, so that each snapshot carries only the rows that it does not have yet. */
export class TimelineFeed {
  private revision = 0;
  private held: Held | undefined;

  /** The page (re)started and holds nothing. */
  reset(): void {
    this.held = undefined;
  }

  snapshot(incident: Incident, nowMs: number, isTrusted: boolean): TimelineSnapshot {
    const held = this.held;
    const { entries, lanes } = incident;
    const isSame = held?.entries === entries && held.lanes === lanes;
    const rows = isSame ? held.rows : toRows(entries, lanes);
    const changes = held ? diffRows(held.rows, rows) : { changed: [...rows.values()], removedIds: [] };
    this.revision++;
    this.held = { revision: this.revision, rows, entries, lanes };
    return {
      type: 'snapshot',
      revision: this.revision,
      baseRevision: held?.revision,
      nowMs,
      timeZone: incident.policy.timeZone,
      isTrusted,
      header: toTimelineHeader(incident),
      milestones: toTimelineMilestones(incident),
      lanes,
      rows: changes.changed,
      removedIds: changes.removedIds,
    };
  }

  detail(entry: Entry, history: readonly EntryVersion[]): EntryDetail {
    return {
      type: 'detail',
      revision: this.revision,
      entryId: entry.id,
      observedAtMs: entry.observedAtMs,
      detail: entry.detail,
      proofs: entry.proofs.map(proof => ({
        eventId: proof.eventId,
        label: proof.label,
        excerpt: proof.excerpt,
        hasText: proof.sha256 !== undefined,
        link: proof.link?.kind,
        linkText: toLinkText(proof),
      })),
      history,
    };
  }
}
