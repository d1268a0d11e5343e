import type { SourceLink } from '../../base/source.ts';
import type { HealthState } from '../../domain/health/model.ts';
import type { Risk, StepMode } from '../../domain/runbook/model.ts';
import type { StepResult } from '../../domain/runbook/outcome.ts';

/** State of one service at one moment, as far as it was known. */
export interface HealthSnapshot {
  readonly atMs: number;
  readonly services: Readonly<Record<string, HealthState>>;
}

/** What is to be run, with everything decided: consent given, holes filled, aliases applied. */
export interface StepOrder {
  readonly stepId: string;
  readonly title: string;
  readonly source: SourceLink;
  readonly risk: Risk;
  readonly mode: StepMode;
  /** As the runbook has it, and as it will run. */
  readonly written: string;
  readonly command: string;
  readonly terminalKey: string;
  readonly terminalName: string;
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** Values that a person gave for variables which the step reads and nothing sets. */
  readonly variables: Readonly<Record<string, string>>;
  /** Services whose health before and after is part of the result; empty when none is concerned. */
  readonly services: readonly string[];
}

export type StepStatus = 'queued' | 'running' | 'recovering' | StepResult;

/** One run of one step; the newest is what tree and CodeLens show. */
export interface StepRun {
  /** Unique within this window: steps may run many times. */
  readonly runId: string;
  readonly order: StepOrder;
  readonly status: StepStatus;
  readonly queuedAtMs: number;
  readonly startedAtMs: number | undefined;
  readonly tookMs: number | undefined;
  readonly exitCode: number | undefined;
  /** Why the code means what it means, or why there is none. */
  readonly meaning: string | undefined;
  /** Redacted. */
  readonly output: string;
  readonly before: HealthSnapshot | undefined;
  readonly after: HealthSnapshot | undefined;
  /** It began in a window that is gone: that it began has been told already. */
  readonly isFromBefore?: true;
}

export function isOver(status: StepStatus): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'recovering';
}
