import { setTimeout as wait } from 'node:timers/promises';
import { DockerEngine } from '../../../src/adapters/docker/dockerEngine.ts';
import { PolledLogFiles } from '../../../src/adapters/logs/fileLogs.ts';
import { LogTails } from '../../../src/app/logTails.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { LogStore } from '../../../src/domain/logs/store.ts';

export function newEngine(socketPath: string): DockerEngine {
  return new DockerEngine({
    candidates: async () => [
      {
        endpoint: `unix://${socketPath}`,
        origin: 'test',
        address: { kind: 'socket', socketPath },
        problem: undefined,
      },
    ],
    clock: systemClock,
    random: Math.random,
  });
}

export function newTails(engine: DockerEngine, maxLines = 1_000_000): LogTails {
  return new LogTails({
    engine,
    files: new PolledLogFiles(20),
    clock: systemClock,
    random: Math.random,
    limits: { maxLines, maxBytes: 1024 ** 3 },
  });
}

export async function until(what: string, isTrue: () => boolean, withinMs = 60_000): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (!isTrue()) {
    if (performance.now() > deadlineMs) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await wait(20);
  }
}

export function textsOf(store: LogStore, stream: number): string[] {
  const texts: string[] = [];
  for (let seq = store.firstSeq; seq < store.nextSeq; seq++) {
    if (!store.isBoundary(seq) && store.stream(seq) === stream) texts.push(store.text(seq));
  }
  return texts;
}

export function lastTextOf(store: LogStore, stream: number): string | undefined {
  for (let seq = store.nextSeq - 1; seq >= store.firstSeq; seq--)
    if (!store.isBoundary(seq) && store.stream(seq) === stream) return store.text(seq);
  return undefined;
}

export function boundariesOf(store: LogStore): string[] {
  const kinds: string[] = [];
  for (let seq = store.firstSeq; seq < store.nextSeq; seq++) {
    const boundary = store.boundary(seq);
    if (boundary !== undefined) kinds.push(boundary.kind);
  }
  return kinds;
}
