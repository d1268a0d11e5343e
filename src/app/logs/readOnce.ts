import type { Clock } from '../../base/clock.ts';
import { FrameReader } from '../../domain/logs/frames.ts';
import { LineAssembler } from '../../domain/logs/lines.ts';
import type { RawLineSink } from '../../domain/logs/model.ts';
import type { ContainerDetail, LogEngine, LogOpenOptions } from '../../ports.ts';
import type { Reread } from './lookBack.ts';

export interface OnceOptions {
  readonly range: Omit<LogOpenOptions, 'follow'>;
  /** The last line may still be being written: without this it is given only when it ends in a newline. */
  readonly isToTheEnd: boolean;
  readonly signal: AbortSignal;
}

/** Reads what the engine holds of a container's log at this moment, line by line, and ends. */
export async function readOnce(
  engine: LogEngine,
  container: Pick<ContainerDetail, 'id' | 'isTty'>,
  options: OnceOptions,
  onLine: RawLineSink,
): Promise<void> {
  const { id, isTty } = container;
  const assembler = new LineAssembler({ kind: isTty ? 'raw' : 'framed' }, onLine);
  const frames = new FrameReader((...payload) => assembler.push(...payload));
  const push = (chunk: Uint8Array) =>
    isTty ? assembler.push(0, chunk, 0, chunk.length, false) : frames.push(chunk);
  await engine.openLog(id, { follow: false, ...options.range }, push, options.signal);
  if (options.isToTheEnd) assembler.finish();
}

/** An engine that is flooded answers late; for longer than this the lines that come meanwhile do not wait. */
const rereadLimitMs = 5000;

/** Asks the engine again for what stands after a time. */
export function newReread(
  parts: { readonly engine: LogEngine; readonly clock: Clock },
  container: ContainerDetail,
  life: AbortSignal,
): Reread {
  return async (fromSeconds, onLine) => {
    const limit = new AbortController();
    const timer = parts.clock.after(rereadLimitMs, () => limit.abort());
    const signal = AbortSignal.any([life, limit.signal]);
    const range = { sinceNs: BigInt(fromSeconds) * 1_000_000_000n };
    try {
      await readOnce(parts.engine, container, { range, isToTheEnd: false, signal }, onLine);
    } finally {
      timer.dispose();
    }
    if (signal.aborted) throw new Error('the engine did not answer in time');
  };
}
