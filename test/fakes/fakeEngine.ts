import { Emitter } from '../../src/base/emitter.ts';
import type { ContainerRef } from '../../src/domain/health/model.ts';
import type {
  ContainerDetail,
  ContainerEngine,
  ContainerEvent,
  ContainerSummary,
  EngineState,
  LogOpenOptions,
  VolumeSummary,
} from '../../src/ports.ts';

/** A log stream that a test holds in its hands. */
export interface OpenedLog {
  readonly id: string;
  readonly options: LogOpenOptions;
  readonly signal: AbortSignal;
  send(bytes: Uint8Array): void;
  end(): void;
  fail(error: Error): void;
}

/** One container at most, set by the test. */
export class FakeEngine implements ContainerEngine {
  readonly state: EngineState = { kind: 'absent', attempts: [] };
  readonly opened: OpenedLog[] = [];
  detail: ContainerDetail | undefined;
  volumeList: readonly VolumeSummary[] = [];
  readonly events = new Emitter<ContainerEvent>();
  readonly reconnects = new Emitter<void>();
  readonly onDidEvent = this.events.event;
  readonly onDidReconnect = this.reconnects.event;
  readonly onDidChangeState = new Emitter<EngineState>().event;

  async list(): Promise<readonly ContainerSummary[]> {
    return this.detail === undefined ? [] : [this.detail];
  }

  async inspect(idOrName: string): Promise<ContainerDetail | undefined> {
    return this.detail?.id === idOrName || this.detail?.name === idOrName ? this.detail : undefined;
  }

  async find(ref: ContainerRef): Promise<ContainerDetail | undefined> {
    return ref.by === 'name' && ref.name === this.detail?.name ? this.detail : undefined;
  }

  async volumes(): Promise<readonly VolumeSummary[]> {
    return this.volumeList;
  }

  openLog(
    id: string,
    options: LogOpenOptions,
    onChunk: (chunk: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      this.opened.push({ id, options, signal, send: onChunk, end: resolve, fail: reject });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

export function containerDetail(changes: Partial<ContainerDetail> = {}): ContainerDetail {
  return {
    id: 'aaaaaaaaaaaa',
    name: 'web',
    image: 'tiny',
    state: 'running',
    statusText: 'Up',
    labels: {},
    createdAtMs: Date.parse('2026-11-21T09:00:00Z'),
    isTty: false,
    startedAtMs: Date.parse('2026-11-21T10:00:00Z'),
    finishedAtMs: undefined,
    exitCode: undefined,
    isOomKilled: false,
    restartCount: 0,
    health: undefined,
    logDriver: 'json-file',
    ...changes,
  };
}
