import type {
  EntryKind,
  IncidentStatus,
  Lane,
  MilestoneName,
  ProofLink,
  Relevance,
} from '../domain/incident/model.ts';
import { isBoolean, isNumber, isText, isTextList, type MessageTable, oneOf, optional } from './fields.ts';

/** One entry as the list shows it. Absent means false or none: 10,000 of these cross the frame at once. */
export interface TimelineRow {
  readonly id: string;
  readonly kind: EntryKind;
  readonly atMs: number;
  readonly event: string;
  readonly action?: string;
  readonly serviceId?: string;
  readonly who?: string;
  readonly relevance: Relevance;
  readonly tone?: RowTone;
  readonly isPinned?: true;
  readonly isRetracted?: true;
  readonly isEdited?: true;
  readonly proofCount?: number;
  /** Where the first proof comes from: `service-down.md:128`. */
  readonly source?: string;
  /** For a step: the command, so that it can be set in a code font inside `event`. */
  readonly command?: string;
}

export type RowTone = 'ok' | 'warn' | 'bad' | 'blocked';

export interface TimelineHeader {
  readonly incidentId: string;
  readonly title: string;
  readonly severity: number;
  readonly severities: readonly { readonly level: number; readonly label: string }[];
  readonly status: IncidentStatus;
  readonly isDrill: boolean;
  readonly commander: string | undefined;
  /** Since when it is open, and until when it was; the page counts on by itself while `untilMs` is undefined. */
  readonly openSinceMs: number | undefined;
  readonly openUntilMs: number | undefined;
  /** How all this stood from each of these moments on, in time order; before the first nobody had declared it. */
  readonly moments: readonly HeaderMoment[];
  readonly reviewPath: string | undefined;
  readonly problems: readonly string[];
}

export interface HeaderMoment {
  readonly atMs: number;
  readonly title: string;
  readonly severity: number;
  readonly status: IncidentStatus;
  readonly commander: string | undefined;
}

export interface TimelineMilestone {
  readonly name: MilestoneName;
  readonly title: string;
  readonly atMs: number | undefined;
  readonly by: 'fact' | 'person' | undefined;
  /** Time since the milestone it is measured from: detection since impact, acknowledgement since detection … */
  readonly tookMs: number | undefined;
  readonly tookSince: string | undefined;
}

/** Everything but the rows is whole each time; the rows are those that differ from `baseRevision`. */
export interface TimelineSnapshot {
  readonly type: 'snapshot';
  readonly revision: number;
  /** What the page must hold for `rows` and `removedIds` to apply; undefined: `rows` is everything. */
  readonly baseRevision: number | undefined;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly isTrusted: boolean;
  readonly header: TimelineHeader;
  readonly milestones: readonly TimelineMilestone[];
  readonly lanes: readonly Lane[];
  readonly rows: readonly TimelineRow[];
  readonly removedIds: readonly string[];
}

export interface DetailProof {
  readonly eventId: string;
  readonly label: string;
  readonly excerpt: string | undefined;
  /** There is a text that can be deleted for good. */
  readonly hasText: boolean;
  readonly link: ProofLink['kind'] | undefined;
  /** `compose.yml:14`, a host name, or the short hash of a stored piece. */
  readonly linkText: string | undefined;
}

/** How an entry read at one moment, the first one being as it was recorded. */
export interface EntryVersion {
  readonly recordedAtMs: number;
  readonly who: string | undefined;
  readonly reason?: string;
  readonly change: 'recorded' | 'corrected' | 'retracted' | 'restored' | 'pinned' | 'unpinned' | 'merged';
  readonly atMs: number;
  readonly event: string;
  readonly action: string | undefined;
}

export interface EntryDetail {
  readonly type: 'detail';
  readonly revision: number;
  readonly entryId: string;
  readonly observedAtMs: number;
  readonly detail: string | undefined;
  readonly proofs: readonly DetailProof[];
  readonly history: readonly EntryVersion[];
}

/** The answer to an intent that could not be carried out; success is a new snapshot. */
export interface IntentFailed {
  readonly type: 'failed';
  readonly intent: string;
  readonly text: string;
}

/** Asks the page to show an entry, e.g. one clicked in a tree. */
export interface RevealEntry {
  readonly type: 'reveal';
  readonly entryId: string;
}

/** Asks the page to begin a replay. */
export interface BeginReplay {
  readonly type: 'replay';
}

export type TimelineToPage = TimelineSnapshot | EntryDetail | IntentFailed | RevealEntry | BeginReplay;

export type TimelineToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'openDetail'; readonly entryId: string }
  | { readonly type: 'closeDetail' }
  | { readonly type: 'addNote'; readonly text: string; readonly atMs: number | undefined }
  | {
      readonly type: 'correct';
      readonly entryId: string;
      readonly atMs: number | undefined;
      readonly event: string | undefined;
      readonly action: string | undefined;
    }
  | { readonly type: 'retract'; readonly entryId: string }
  | { readonly type: 'restore'; readonly entryId: string }
  | { readonly type: 'pin'; readonly entryId: string; readonly isPinned: boolean }
  | { readonly type: 'merge'; readonly entryIds: readonly string[] }
  | { readonly type: 'attachEvidence'; readonly entryId: string }
  | {
      readonly type: 'setMilestone';
      readonly name: MilestoneName;
      readonly atMs: number;
      readonly entryId: string | undefined;
    }
  | { readonly type: 'changeStatus'; readonly status: IncidentStatus }
  | { readonly type: 'changeSeverity'; readonly severity: number }
  | { readonly type: 'openSource'; readonly entryId: string }
  | { readonly type: 'openProof'; readonly entryId: string; readonly eventId: string }
  /** Deletes the stored text of a proof; the host asks first. */
  | { readonly type: 'removeProof'; readonly entryId: string; readonly eventId: string }
  | { readonly type: 'openService'; readonly serviceId: string }
  | { readonly type: 'generateReview' };

export const incidentStatuses: readonly IncidentStatus[] = [
  'investigating',
  'identified',
  'mitigated',
  'monitoring',
  'resolved',
  'closed',
  'cancelled',
];

export const milestoneNames: readonly MilestoneName[] = [
  'impactStart',
  'detected',
  'declared',
  'acknowledged',
  'identified',
  'mitigated',
  'resolved',
  'closed',
];

export const timelineMessages: MessageTable<TimelineToHost> = {
  ready: {},
  openDetail: { entryId: isText },
  closeDetail: {},
  addNote: { text: isText, atMs: optional(isNumber) },
  correct: {
    entryId: isText,
    atMs: optional(isNumber),
    event: optional(isText),
    action: optional(isText),
  },
  retract: { entryId: isText },
  restore: { entryId: isText },
  pin: { entryId: isText, isPinned: isBoolean },
  merge: { entryIds: isTextList },
  attachEvidence: { entryId: isText },
  setMilestone: {
    name: oneOf(milestoneNames),
    atMs: isNumber,
    entryId: optional(isText),
  },
  changeStatus: { status: oneOf(incidentStatuses) },
  changeSeverity: { severity: isNumber },
  openSource: { entryId: isText },
  openProof: { entryId: isText, eventId: isText },
  removeProof: { entryId: isText, eventId: isText },
  openService: { serviceId: isText },
  generateReview: {},
};

/** In time order; entries of the same moment by writer and number, so that both sides agree without an index. */
export function compareRows(
  a: Pick<TimelineRow, 'id' | 'atMs'>,
  b: Pick<TimelineRow, 'id' | 'atMs'>,
): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  if (a.id === b.id) return 0;
  const [writerA, seqA] = splitId(a.id);
  const [writerB, seqB] = splitId(b.id);
  if (writerA !== writerB) return writerA < writerB ? -1 : 1;
  return seqA !== seqB ? seqA - seqB : a.id < b.id ? -1 : 1;
}

function splitId(id: string): readonly [string, number] {
  const at = id.lastIndexOf(':');
  const seq = Number(id.slice(at + 1));
  return Number.isFinite(seq) ? [id.slice(0, Math.max(0, at)), seq] : [id, 0];
}
