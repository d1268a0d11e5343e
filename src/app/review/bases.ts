import type { Incident } from '../../domain/incident/model.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { ReviewBlock } from '../../domain/review/model.ts';
import type { JournalStore, Sha256 } from '../../ports.ts';

/** What was generated last for an incident, and where it was written. */
export interface ReviewBase {
  readonly path: string;
  /** Undefined when the journal names a base that cannot be read here. */
  readonly blocks: readonly ReviewBlock[] | undefined;
}

export interface GeneratedBase {
  readonly path: string;
  /** The file's whole text as written. */
  readonly text: string;
  readonly blocks: readonly ReviewBlock[];
}

export type ReviewedIncident = Incident & Partial<Pick<IncidentState, 'reports'>>;

/** Remembers the last generation, so that a person's edits can be told from ours. */
export interface ReviewBases {
  /** With the file's text the generation that wrote exactly this text, so that an undo is no edit of a person. */
  load(incident: ReviewedIncident, disk?: string): Promise<ReviewBase | undefined>;
  save(incident: Incident, generated: GeneratedBase): Promise<void>;
}

/** Appends `report.generated` to the incident's journal; its replay shows up as `Incident.review`. */
export type RecordGenerated = (
  incidentId: string,
  record: { readonly path: string; readonly sha256: string; readonly baseSha256: string },
) => Promise<void>;

/** Bases as blobs beside the journal; the event that names the newest one is the journal's own. */
export function journalReviewBases(
  blobs: Pick<JournalStore, 'putBlob' | 'readBlob'>,
  record: RecordGenerated,
  sha256: Sha256,
): ReviewBases {
  return {
    async load({ id, review, reports = [] }, disk) {
      if (review === undefined) return undefined;
      const written = disk === undefined ? undefined : sha256(disk);
      const earlier = reports.findLast(report => report.sha256 === written && report.path === review.path);
      const bytes = await blobs.readBlob(id, earlier?.baseSha256 ?? review.baseSha256);
      return { path: review.path, blocks: bytes === undefined ? undefined : parseBlocks(bytes) };
    },
    async save({ id }, { path, text, blocks }) {
      const baseSha256 = await blobs.putBlob(id, new TextEncoder().encode(JSON.stringify({ v: 1, blocks })));
      await record(id, { path, sha256: sha256(text), baseSha256 });
    },
  };
}

function parseBlocks(bytes: Uint8Array): readonly ReviewBlock[] | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const blocks = isRecord(parsed) && parsed['v'] === 1 ? parsed['blocks'] : undefined;
    return Array.isArray(blocks) && blocks.every(isBlock) ? blocks : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isBlock(value: unknown): value is ReviewBlock {
  return (
    isRecord(value) &&
    typeof value['key'] === 'string' &&
    typeof value['text'] === 'string' &&
    typeof value['gap'] === 'number' &&
    typeof value['hasFact'] === 'boolean' &&
    ['string', 'undefined'].includes(typeof value['parent'])
  );
}
