import type { Event } from '../../base/emitter.ts';
import type { SourceLink } from '../../base/source.ts';
import type { Alert, HealthState, Transition } from '../../domain/health/model.ts';
import type { ContainerEvent } from '../../ports.ts';

/** What other services tell the recorder; the composition root connects what there is. */
export interface RecorderInputs {
  readonly onDidChangeHealth?: Event<ServiceTransition>;
  readonly onDidChangeAlert?: Event<Alert>;
  readonly onDidSeeContainerEvent?: Event<SeenContainerEvent>;
  readonly onDidStartStep?: Event<StartedStep>;
  readonly onDidFinishStep?: Event<FinishedStep>;
  readonly onDidPinLog?: Event<PinnedLog>;
  readonly onDidSaveFile?: Event<SavedFile>;
  readonly onDidSeeDeploy?: Event<SeenDeploy>;
}

/** A service's shown state changed. */
export interface ServiceTransition {
  readonly serviceId: string;
  readonly title: string;
  readonly transition: Transition;
}

export interface SeenContainerEvent {
  readonly event: ContainerEvent;
  /** Tells engines apart; the same in every window that watches the same engine. */
  readonly engineId: string;
  /** The service it belongs to, if one of ours. */
  readonly serviceId: string | undefined;
}

export interface StartedStep {
  /** Unique within this window. */
  readonly runId: string;
  readonly stepId: string;
  readonly command: string;
  readonly title: string;
  readonly source: SourceLink | undefined;
  /** False only for steps known to read. */
  readonly isMutating: boolean;
  /** Ids of the services that the command is about. */
  readonly services: readonly string[];
  readonly startedAtMs: number;
}

export interface FinishedStep extends StartedStep {
  /** Undefined when the shell reported none. */
  readonly exitCode: number | undefined;
  readonly reason: string | undefined;
  /** Everything captured, as it came from the terminal. */
  readonly output: string;
  readonly tookMs: number;
  readonly healthBefore: Readonly<Record<string, HealthState>>;
  readonly healthAfter: Readonly<Record<string, HealthState>>;
}

export interface PinnedLog {
  readonly label: string;
  readonly lines: readonly string[];
  readonly serviceId: string | undefined;
  /** Time of the first line by its own stamp, if it has one. */
  readonly atMs: number | undefined;
  readonly source: SourceLink | undefined;
}

export interface SavedFile {
  readonly file: string;
  readonly line: number | undefined;
  readonly diff: string | undefined;
}

export interface SeenDeploy {
  readonly what: 'commit' | 'tag' | 'image';
  readonly text: string;
  /** Commit hash or image id. */
  readonly ref: string;
  readonly atMs: number;
}
