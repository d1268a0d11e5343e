import type { MessageFacts } from './events.ts';
import type { Actor, Incident, Milestone } from './model.ts';

/** Everything replay knows: the incident as pages show it, and what timers, messages and the brief need besides. */
export interface IncidentState extends Incident {
  readonly declaredAtMs: number;
  readonly declaredBy: Actor | undefined;
  /** Pairs in the wrong order, with both facts: shown, never corrected by us. */
  readonly milestoneConflicts: readonly MilestoneConflict[];
  readonly metrics: IncidentMetrics;
  readonly hypotheses: readonly Hypothesis[];
  readonly questions: readonly { readonly id: string; readonly text: string; readonly atMs: number }[];
  readonly messages: readonly MessageRecord[];
  readonly escalations: readonly EscalationRecord[];
  /** Flags that people raised: `security`, `dataCorruption` … */
  readonly flags: Readonly<Record<string, boolean>>;
  /** Generated review files, oldest first. */
  readonly reports: readonly ReportRecord[];
}

export interface MilestoneConflict {
  readonly earlier: Milestone;
  readonly later: Milestone;
}

/** Milliseconds; undefined = unknown, which is never written as 0. */
export interface IncidentMetrics {
  readonly timeToDetectMs: number | undefined;
  readonly timeToAcknowledgeMs: number | undefined;
  readonly timeToMitigateMs: number | undefined;
  readonly timeToResolveMs: number | undefined;
  /** Sum of the stretches in which at least one service was down. */
  readonly impactMs: number | undefined;
}

export interface Hypothesis {
  readonly id: string;
  readonly text: string;
  readonly verdict: 'open' | 'confirmed' | 'refuted';
  readonly atMs: number;
}

export interface MessageRecord {
  readonly eventId: string;
  readonly kind: MessageFacts['kind'];
  readonly state: 'drafted' | 'requested' | 'sent' | 'failed' | 'unknown';
  readonly channel: string | undefined;
  readonly text: string | undefined;
  readonly atMs: number;
}

export interface EscalationRecord {
  readonly eventId: string;
  readonly label: string;
  readonly state: 'due' | 'done' | 'waived';
  readonly reason: string | undefined;
  readonly atMs: number;
}

export interface ReportRecord {
  readonly eventId: string;
  readonly path: string;
  readonly sha256: string;
  readonly baseSha256: string | undefined;
  readonly atMs: number;
}
