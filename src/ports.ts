/** The outside world as Watchkeeper needs it: adapters and host implement these, app uses them, tests fake them. */
import type { Event } from './base/emitter.ts';
import type { ContainerRef, ProbeKind, ProbeOutcome, ProbeTarget } from './domain/health/model.ts';
import type { PodTarget } from './domain/logs/model.ts';

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** Runs one kind of check. Must settle soon after `signal` aborts; a rejection is treated as `unknown`. */
export interface Probe {
  readonly kind: ProbeKind;
  check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome>;
}

/** Decides which window of this machine checks a workspace; the others show what that one found. */
export interface Lease {
  readonly isHeld: boolean;
  readonly onDidChange: Event<boolean>;
}

/** One text that the windows of a workspace share. */
export interface SharedState {
  /** Whether another window has read lately, and so would read again. */
  hasReaders(): Promise<boolean>;
  write(text: string): Promise<void>;
  /** What was written since the last reading; undefined when nothing was. */
  read(): Promise<string | undefined>;
}

export interface EngineInfo {
  readonly endpoint: string;
  /** Where the endpoint came from: `setting`, `DOCKER_HOST`, `context desktop`, `default socket` … */
  readonly origin: string;
  readonly version: string;
  readonly apiVersion: string;
}

/** What was tried, in order, when no engine answers. */
export interface EngineAttempt {
  readonly endpoint: string;
  readonly origin: string;
  readonly problem: string;
}

export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: string;
  readonly statusText: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
}

export interface VolumeSummary {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ContainerDetail extends ContainerSummary {
  readonly isTty: boolean;
  readonly startedAtMs: number | undefined;
  readonly finishedAtMs: number | undefined;
  readonly exitCode: number | undefined;
  readonly isOomKilled: boolean;
  readonly restartCount: number;
  readonly health:
    | { readonly status: string; readonly failingStreak: number; readonly lastOutput: string | undefined }
    | undefined;
  readonly logDriver: string;
  /** The run before the present one, where its log is another and still there. */
  readonly lastRun?: { finishedAtMs: number } & Pick<ContainerDetail, 'exitCode' | 'isOomKilled'>;
  /** At how many bytes the engine begins a new log file and, in the end, drops the oldest; undefined when never. */
  readonly logRotatesAtBytes?: number;
}

/** An engine event about a container; `atNs` is the engine's own clock. */
export interface ContainerEvent {
  readonly containerId: string;
  readonly name: string;
  /** `start`, `die`, `oom`, `health_status`, `destroy`, `rename`, `pause`, `unpause`, … */
  readonly action: string;
  readonly atNs: bigint;
  readonly exitCode: number | undefined;
  readonly healthStatus: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

export type EngineState =
  | { readonly kind: 'connected'; readonly info: EngineInfo }
  | { readonly kind: 'absent'; readonly attempts: readonly EngineAttempt[] };

export interface LogOpenOptions {
  /** Inclusive, nanoseconds since the epoch. */
  readonly sinceNs?: bigint;
  readonly tail?: number;
  readonly follow: boolean;
}

/** A container engine (Docker or Podman). Lazily connected; reconnects by itself after a loss. */
export interface ContainerEngine {
  readonly state: EngineState;
  readonly onDidChangeState: Event<EngineState>;
  /** Wake-ups only: after any gap callers list and compare. */
  readonly onDidEvent: Event<ContainerEvent>;
  /** Fires after (re)connecting: what was known may be out of date. */
  readonly onDidReconnect: Event<void>;
  list(signal?: AbortSignal): Promise<readonly ContainerSummary[]>;
  inspect(idOrName: string, signal?: AbortSignal): Promise<ContainerDetail | undefined>;
  find(ref: ContainerRef, signal?: AbortSignal): Promise<ContainerDetail | undefined>;
  /** All volumes, or those that no container uses. */
  volumes(which: 'all' | 'unused', signal?: AbortSignal): Promise<readonly VolumeSummary[]>;
  /**
   * Raw bytes as the engine frames them (see `domain/logs/frames.ts`), valid during the call of `onChunk` only. Resolves
   * when the stream ends; while following that may also be a cut.
   */
  openLog(
    idOrName: string,
    options: LogOpenOptions,
    onChunk: (chunk: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** As much of an engine as following one log takes. */
export type LogEngine = Omit<ContainerEngine, 'state' | 'onDidChangeState' | 'list' | 'volumes'>;

export interface PodLogs {
  /** The pod as the one container of an engine of its own: it finds that, whatever it is asked for. */
  engineOf(pod: PodTarget): LogEngine;
  /** The running pods of a workload or selector by name, newest first. Rejects when the cluster cannot be asked. */
  namesOf(pod: PodTarget, signal: AbortSignal): Promise<readonly string[]>;
}

/** What to run in a terminal and how. The text is final: holes filled, aliases applied. */
export interface StepRequest {
  readonly stepId: string;
  readonly command: string;
  readonly mode: 'once' | 'tty' | 'stream';
  /** One terminal per key; `export` and `cd` carry over within it. */
  readonly terminalKey: string;
  readonly terminalName: string;
  readonly cwd: string | undefined;
  /** Environment of the terminal when it is opened. */
  readonly env: Readonly<Record<string, string>>;
  /** Exported in the shell before the command runs, and from then on; the values are not shown. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Unknown is a value: an exit code that the shell did not report is never called success. */
export type StepOutcome =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly output: string; readonly tookMs: number }
  | { readonly kind: 'unknown'; readonly reason: string; readonly output: string; readonly tookMs: number };

/** A step that has begun, as it is kept for the next window in case this one does not see its end. */
export interface RunningStep extends Pick<StepRequest, 'stepId' | 'mode'> {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly risk: 'read' | 'unknown' | 'change' | 'destroy';
  /** Redacted. */
  readonly command: string;
  readonly services: readonly string[];
  /** Once only the health of its services is waited for. */
  readonly ended?: { readonly exitCode: number; readonly tookMs: number };
}

/** Which steps run in this window, on disk before anything else happens to them. */
export interface RunLedger {
  begin(step: RunningStep): void;
  end(runId: string): void;
  /** Steps of windows on the same workspace that are gone; each is given to one window once. */
  takeLost(): Promise<readonly RunningStep[]>;
}

export interface StepTerminal {
  /** Queues behind whatever Watchkeeper runs in the same terminal; aborting interrupts the step. */
  run(request: StepRequest, signal: AbortSignal): Promise<StepOutcome>;
}

/** How many bytes of each writer's file were read. */
export type JournalCursor = Readonly<Record<string, number>>;

/** Append-only files of one incident, one per writer. */
export interface JournalStore {
  readonly writerId: string;
  /** Ids of the incidents that have at least one file. Rejects when that cannot be read. */
  listIncidents(): Promise<readonly string[]>;
  /** Whole lines, each writer's in order, and in words what could not be read; with a cursor, what came since. */
  read(
    incidentId: string,
    since?: JournalCursor,
  ): Promise<{
    readonly lines: readonly string[];
    readonly problems: readonly string[];
    readonly cursor: JournalCursor;
  }>;
  /** Resolves when the lines (without newline) are on disk. Rejects when they could not be written. */
  append(incidentId: string, lines: readonly string[]): Promise<void>;
  /** Puts lines of as many bytes in the place of lines; what a crash cuts short is finished by the next `read`. */
  rewrite(incidentId: string, rewrite: (line: string) => string | undefined): Promise<void>;
  /** Fires when another writer's file changed. */
  readonly onDidChangeOthers: Event<string>;
  putBlob(incidentId: string, bytes: Uint8Array): Promise<string>;
  readBlob(incidentId: string, sha256: string): Promise<Uint8Array | undefined>;
  /** Deletes it for good; none of that name is none to delete. */
  deleteBlob(incidentId: string, sha256: string): Promise<void>;
}

/** Text files of the workspace as a person edits them: open editors win over the disk. */
export interface ReviewFiles {
  read(path: string): Promise<string | undefined>;
  /** One undoable edit; creates the file where there is none. */
  write(path: string, text: string): Promise<void>;
  show(path: string): Promise<void>;
}

export interface SecretStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** A Redis whose keys are counted. */
export interface RedisPlace {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
}

/** Looks at what a step is about to destroy. All reject when it cannot be told. */
export interface LossLookups {
  /** Keys of one database, or of all. */
  countKeys(place: RedisPlace, database: number | undefined, signal: AbortSignal): Promise<number>;
  /** Files that the patterns match, with what is below them; counted up to a limit that `isMore` tells of. */
  countFiles(
    patterns: readonly string[],
    cwd: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly count: number; readonly isMore: boolean }>;
}

/** Hash of text, since domain and app may not import a crypto library. */
export type Sha256 = (text: string) => string;

/** Follows plain files as they grow. */
export interface LogFiles {
  /**
   * Gives the end of the file and then what is appended to it, over renames and truncations, until `signal` aborts.
   * Rejects when the file cannot be read (yet).
   */
  follow(
    path: string,
    options: { readonly lastBytes: number },
    sink: LogFileSink,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface LogFileSink {
  chunk(bytes: Uint8Array): void;
  /** Everything before came from the old file, everything after comes from the new one. */
  rotated(how: 'replaced' | 'truncated'): void;
}

/** Text that goes to a file piece by piece. */
export interface TextSink {
  write(text: string): void;
}

/** Writes text files of any size without holding them in memory. */
export interface TextFiles {
  /** Creates folders as needed and replaces what was there. The file is complete once the promise has resolved. */
  writeFile(path: string, fill: (sink: TextSink) => Promise<void> | void): Promise<void>;
}

/** Old lines of one source that no longer fit into memory, bounded in size. */
export interface LogSpill {
  /** In the file; not kept. */
  readonly lines: number;
  readonly droppedLines: number;
  /** Whole lines, each with its newline; redacted by the caller. */
  append(text: string, lines: number): void;
  /** Oldest first, in pieces of whole lines. */
  read(): AsyncIterable<string>;
  /** Deletes the file. */
  dispose(): void;
}

/** An open one costs nothing until something is appended. */
export type LogSpills = { open(): LogSpill };
