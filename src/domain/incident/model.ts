/** Who did something: a person, or Watchkeeper itself. */
export interface Actor {
  readonly id: string;
  readonly name: string;
}

export type IncidentStatus =
  | 'investigating'
  | 'identified'
  | 'mitigated'
  | 'monitoring'
  | 'resolved'
  | 'closed'
  | 'cancelled';

export type MilestoneName =
  | 'impactStart'
  | 'detected'
  | 'declared'
  | 'acknowledged'
  | 'identified'
  | 'mitigated'
  | 'resolved'
  | 'closed';

/** How an entry is treated by the review: `key` goes in, `normal` may, `raw` is kept but folded away. */
export type Relevance = 'key' | 'normal' | 'raw';

export type EntryKind =
  | 'incident'
  | 'health'
  | 'alert'
  | 'container'
  | 'step'
  | 'log'
  | 'note'
  | 'hypothesis'
  | 'question'
  | 'action'
  | 'check'
  | 'message'
  | 'deploy'
  | 'file'
  | 'evidence'
  | 'report'
  | 'unknown';

/** A captured piece of proof. `ref` names what it came from; `excerpt` is redacted text, bounded. */
export interface Proof {
  readonly eventId: string;
  readonly label: string;
  readonly excerpt: string | undefined;
  readonly sha256: string | undefined;
  readonly link: ProofLink | undefined;
}

export type ProofLink =
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'web'; readonly url: string }
  | { readonly kind: 'blob'; readonly sha256: string };

/** One timeline row as it is shown: corrections applied, causes folded. */
export interface Entry {
  /** `writerId:seq` of the event it stands for. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly atMs: number;
  readonly observedAtMs: number;
  /** What was observed ("postgres went down: connection refused"). */
  readonly event: string;
  /** What was done about it ("docker-compose restart postgres, exit 0"), if anything. */
  readonly action: string | undefined;
  readonly detail: string | undefined;
  readonly serviceId: string | undefined;
  readonly actor: Actor | undefined;
  readonly relevance: Relevance;
  readonly isPinned: boolean;
  readonly isRetracted: boolean;
  readonly isEdited: boolean;
  readonly proofs: readonly Proof[];
  /** For kind `step`: what ran and how it ended, so that the review can tell a fix from a look. */
  readonly step?: EntryStep;
}

export interface EntryStep {
  readonly command: string;
  /** Undefined when the shell did not report one. */
  readonly exitCode: number | undefined;
  /** True for state-changing and destructive steps. */
  readonly isChange: boolean;
}

export interface Milestone {
  readonly name: MilestoneName;
  readonly atMs: number;
  /** The event that proposed or set it. */
  readonly eventId: string;
  readonly by: 'fact' | 'person';
}

export interface RoleHolding {
  readonly role: string;
  readonly person: string;
  readonly fromMs: number;
  readonly untilMs: number | undefined;
}

export interface ActionItem {
  readonly id: string;
  readonly text: string;
  readonly owner: string | undefined;
  readonly due: string | undefined;
  readonly isDone: boolean;
}

/** One stretch of one service's state, for the lanes; `gap` where nothing was measured. */
export interface LaneSpan {
  readonly fromMs: number;
  readonly untilMs: number | undefined;
  readonly state: 'unknown' | 'up' | 'degraded' | 'pending' | 'down' | 'blocked' | 'stale' | 'gap';
}

export interface Lane {
  readonly serviceId: string;
  readonly title: string;
  readonly spans: readonly LaneSpan[];
}

/** How an incident stood from `atMs` on. */
export interface IncidentMoment {
  readonly atMs: number;
  readonly title: string;
  readonly severity: number;
  readonly status: IncidentStatus;
}

/** An incident as replayed from its journal. Everything in it comes from an event. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  /** 1 for SEV-1. */
  readonly severity: number;
  readonly initialSeverity: number;
  readonly highestSeverity: number;
  readonly status: IncidentStatus;
  readonly isDrill: boolean;
  readonly services: readonly string[];
  /** How it stood from its declaration on, in time order; absent where only the present is known. */
  readonly history?: readonly IncidentMoment[];
  readonly roles: readonly RoleHolding[];
  readonly milestones: readonly Milestone[];
  /** In time order; retracted ones included and marked. */
  readonly entries: readonly Entry[];
  readonly lanes: readonly Lane[];
  readonly actionItems: readonly ActionItem[];
  /** Ticked checklist item ids with the event that ticked them. */
  readonly ticks: Readonly<
    Record<string, { readonly state: 'done' | 'skipped'; readonly eventId: string; readonly atMs: number }>
  >;
  /** Policy as it stood at declaration. */
  readonly policy: IncidentPolicy;
  /** The review as last generated (`report.generated`), if it was. */
  readonly review?: ReviewRecord;
  /** Why parts of the journal could not be read, in words. */
  readonly journalProblems: readonly string[];
}

/** Where the review was written and what was generated then; `baseSha256` names a blob of the journal. */
export interface ReviewRecord {
  readonly path: string;
  readonly baseSha256: string;
  readonly atMs: number;
}

/** What the runbook says about handling incidents, snapshotted into the first event. */
export interface IncidentPolicy {
  readonly severities: readonly PolicySeverity[];
  readonly escalation: readonly {
    readonly label: string;
    readonly who: string;
    readonly afterMs: number | undefined;
  }[];
  readonly reviewTemplate: string | undefined;
  readonly reviewPath: string | undefined;
  readonly templateSource: { readonly file: string; readonly line: number } | undefined;
  readonly timeZone: string;
}

export interface PolicySeverity {
  readonly level: number;
  readonly label: string;
  readonly name: string;
  readonly responseMs: number | undefined;
  readonly updateEveryMs: number | undefined;
}
