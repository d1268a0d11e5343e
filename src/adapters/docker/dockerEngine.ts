import type { IncomingMessage } from 'node:http';
import { Backoff } from '../../base/backoff.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import type { ContainerRef } from '../../domain/health/model.ts';
import type {
  ContainerDetail,
  ContainerEngine,
  ContainerEvent,
  ContainerSummary,
  EngineAttempt,
  EngineInfo,
  EngineState,
  LogOpenOptions,
  VolumeSummary,
} from '../../ports.ts';
import { toContainerEvent } from './convert.ts';
import { DockerRequests } from './dockerRequests.ts';
import type { EngineCandidate } from './endpoint.ts';
import { EngineAbsentError } from './engineAbsent.ts';
import type { EngineDisk } from './engineDisk.ts';
import { connectionProblem } from './engineHttp.ts';
import { LineCutter } from './lines.ts';
import { eventsPath, logPath } from './logPath.ts';
import { readPlainLog } from './plainLogStream.ts';

export interface DockerEngineOptions {
  /** Looked up anew on every attempt: contexts and settings change. */
  readonly candidates: () => Promise<readonly EngineCandidate[]>;
  readonly clock: Clock;
  readonly random: () => number;
  /** How long one endpoint may take to answer before the next is tried. */
  readonly connectTimeoutMs?: number;
}

interface Connection {
  readonly info: EngineInfo;
  readonly requests: DockerRequests;
}

/**
 * Docker or Podman behind the port. Idle until the first request or `start()`; from then on one event stream is
 * held, and after its loss a new one is sought with growing pauses until `dispose()`.
 */
export class DockerEngine implements ContainerEngine, Disposable {
  private readonly options: DockerEngineOptions;
  private readonly stateChanges = new Emitter<EngineState>();
  private readonly events = new Emitter<ContainerEvent>();
  private readonly reconnects = new Emitter<void>();
  private readonly backoff: Backoff;
  private readonly connectTimeoutMs: number;
  private readonly life = new AbortController();
  private current: EngineState = { kind: 'absent', attempts: [] };
  private connection: Connection | undefined;
  private attempt: { readonly done: Promise<void>; finish(): void } | undefined;
  /** Ends with the present connection, or the search for one, when another engine is wanted. */
  private turn = new AbortController();
  private pause: { readonly wake: AbortController; readonly sinceMs: number } | undefined;

  readonly onDidChangeState = this.stateChanges.event;
  readonly onDidEvent = this.events.event;
  readonly onDidReconnect = this.reconnects.event;

  constructor(options: DockerEngineOptions) {
    this.options = options;
    this.connectTimeoutMs = options.connectTimeoutMs ?? 4_000;
    this.backoff = new Backoff(1_000, 30_000, options.random);
  }

  get state(): EngineState {
    return this.current;
  }

  /** Resolves after the first attempt to connect, whether it succeeded or not. */
  start(): Promise<void> {
    if (this.attempt === undefined) {
      this.attempt = newAttempt();
      void this.live();
    }
    return this.attempt.done;
  }

  /**
   * Leaves the present engine and looks for one anew, because another one was chosen. Resolves as `start` does; nothing
   * happens while nobody has needed an engine yet.
   */
  async reconnect(): Promise<void> {
    if (this.attempt === undefined || this.life.signal.aborted) return;
    this.attempt.finish();
    this.attempt = newAttempt();
    this.connection = undefined;
    this.backoff.reset();
    this.setState({ kind: 'absent', attempts: [] });
    this.turn.abort();
    this.pause?.wake.abort();
    await this.attempt.done;
  }

  /** Tries again now instead of at the end of the present pause, unless that has only just begun. */
  retryNow(): void {
    if (this.pause !== undefined && this.options.clock.monotonicMs() - this.pause.sinceMs >= 1_000)
      this.pause.wake.abort();
  }

  async list(signal?: AbortSignal): Promise<readonly ContainerSummary[]> {
    return (await this.requests()).list(signal);
  }

  async inspect(idOrName: string, signal?: AbortSignal): Promise<ContainerDetail | undefined> {
    return (await this.requests()).inspect(idOrName, signal);
  }

  async find(ref: ContainerRef, signal?: AbortSignal): Promise<ContainerDetail | undefined> {
    return (await this.requests()).find(ref, signal);
  }

  async volumes(which: 'all' | 'unused', signal?: AbortSignal): Promise<readonly VolumeSummary[]> {
    return (await this.requests()).volumes(which, signal);
  }

  async disk(signal: AbortSignal): Promise<EngineDisk> {
    return (await this.requests()).diskUsage(signal);
  }

  async openLog(
    idOrName: string,
    options: LogOpenOptions,
    onChunk: (chunk: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const requests = await this.requests();
    const { address } = requests;
    const path = logPath(idOrName, options);
    // Only a followed log, whose reader resumes: of one that is read once, a cut must be told from the end.
    if (options.follow && address.kind === 'socket') {
      if (await readPlainLog(address.socketPath, path, onChunk, signal)) return;
    }
    const response = await requests.openStream(path, signal);
    await new Promise<void>((resolve, reject) => {
      response.on('data', onChunk);
      response.once('end', resolve);
      response.once('error', error => (signal.aborted ? resolve() : reject(error)));
      response.once('close', resolve);
    });
  }

  dispose(): void {
    this.life.abort();
    this.pause?.wake.abort();
    for (const emitter of [this.stateChanges, this.events, this.reconnects]) emitter.dispose();
  }

  private async requests(): Promise<DockerRequests> {
    await this.start();
    if (this.connection !== undefined) return this.connection.requests;
    this.retryNow();
    throw new EngineAbsentError(this.current.kind === 'absent' ? this.current.attempts : []);
  }

  private async live(): Promise<void> {
    while (!this.life.signal.aborted) {
      this.turn = new AbortController();
      const { signal } = this.turn;
      const loss = await this.connectAndListen(AbortSignal.any([this.life.signal, signal]));
      if (signal.aborted) continue;
      this.connection = undefined;
      if (!this.life.signal.aborted) this.setState({ kind: 'absent', attempts: loss });
      this.attempt?.finish();
      await this.rest();
    }
    this.attempt?.finish();
  }

  private async rest(): Promise<void> {
    if (this.life.signal.aborted) return;
    const wake = new AbortController();
    this.pause = { wake, sinceMs: this.options.clock.monotonicMs() };
    await sleep(this.options.clock, this.backoff.nextMs(), wake.signal);
    this.pause = undefined;
  }

  /** Returns after the engine is lost, or at once when none answers; with what was tried. */
  private async connectAndListen(signal: AbortSignal): Promise<readonly EngineAttempt[]> {
    const attempts: EngineAttempt[] = [];
    for (const candidate of await this.options.candidates().catch(() => [])) {
      const { endpoint, origin, address, problem } = candidate;
      try {
        if (address === undefined) throw new Error(problem);
        await this.listen(await DockerRequests.open(address), candidate, signal);
        return [{ endpoint, origin, problem: 'the connection was lost' }];
      } catch (error) {
        attempts.push({ endpoint, origin, problem: connectionProblem(error) });
        if (signal.aborted) return attempts;
      }
    }
    return attempts;
  }

  private async listen(
    requests: DockerRequests,
    candidate: EngineCandidate,
    signal: AbortSignal,
  ): Promise<void> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.connectTimeoutMs)]);
    const info = await requests.info(candidate, deadline);
    const stream = await this.openEvents(requests, signal);
    signal.throwIfAborted();
    this.connection = { info, requests };
    this.backoff.reset();
    this.setState({ kind: 'connected', info });
    this.attempt?.finish();
    this.reconnects.fire();
    const lines = new LineCutter();
    await new Promise<void>(resolve => {
      stream.on('data', (chunk: Uint8Array) => {
        for (const line of lines.push(chunk)) {
          const event = toContainerEvent(line);
          if (event !== undefined) this.events.fire(event);
        }
      });
      stream.once('error', () => resolve());
      stream.once('close', () => resolve());
    });
  }

  /** The deadline ends with the head of the answer; the stream itself lives on. */
  private async openEvents(requests: DockerRequests, life: AbortSignal): Promise<IncomingMessage> {
    const opening = new AbortController();
    const timer = this.options.clock.after(this.connectTimeoutMs, () => opening.abort());
    try {
      const signal = AbortSignal.any([life, opening.signal]);
      return await requests.openStream(eventsPath(), signal);
    } finally {
      timer.dispose();
    }
  }

  private setState(state: EngineState): void {
    const isSame = state.kind === 'absent' && JSON.stringify(state) === JSON.stringify(this.current);
    if (isSame) return;
    this.current = state;
    this.stateChanges.fire(state);
  }
}

function newAttempt(): { readonly done: Promise<void>; finish(): void } {
  let finish = () => {};
  const done = new Promise<void>(resolve => {
    finish = resolve;
  });
  return { done, finish: () => finish() };
}
