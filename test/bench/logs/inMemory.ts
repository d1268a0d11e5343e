import { LogView } from '../../../src/app/logs/logView.ts';
import { TailFeed } from '../../../src/app/logs/tailFeed.ts';
import type { LogTail } from '../../../src/app/logTails.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { noFilter } from '../../../src/domain/logs/filter.ts';
import { FrameReader } from '../../../src/domain/logs/frames.ts';
import { LineAssembler } from '../../../src/domain/logs/lines.ts';
import { frames, join } from '../../domain/logs/wire.ts';

const lineBytes = 100;

function chunkOf(lines: number, firstMicros: number): Uint8Array {
  const texts = Array.from({ length: lines }, (_, i) => ({
    stream: 0 as const,
    micros: firstMicros + i,
    text: `${i % 50 === 0 ? 'ERROR' : 'INFO'} request ${i} took ${i % 977} ms`.padEnd(lineBytes - 1, 'x'),
  }));
  return join(texts.flatMap(frames));
}

/** MB/s of the demultiplexer alone and with lines, over chunks of 64 KiB. */
export function demuxSpeed(): { readonly demuxMbS: number; readonly linesMbS: number } {
  const chunk = chunkOf(470, 0);
  const rounds = 4000;
  const time = (push: (bytes: Uint8Array) => void) => {
    for (let i = 0; i < 200; i++) push(chunk);
    const startedMs = performance.now();
    for (let i = 0; i < rounds; i++) push(chunk);
    return (chunk.length * rounds) / 1e6 / ((performance.now() - startedMs) / 1000);
  };
  let bytes = 0;
  const alone = new FrameReader((_stream, _bytes, start, end) => {
    bytes += end - start;
  });
  const demuxMbS = time(data => alone.push(data));
  if (bytes === 0) throw new Error('The demultiplexer gave nothing.');
  const assembler = new LineAssembler({ kind: 'framed' }, () => undefined);
  const both = new FrameReader((...payload) => assembler.push(...payload));
  return { demuxMbS, linesMbS: time(data => both.push(data)) };
}

/** Ms until a filter and a search over 200,000 held lines have answered, and the CPU of the longest turn meanwhile. */
export async function filterSpeed(): Promise<
  Readonly<Record<'firstMs' | 'filterMs' | 'regexMs' | 'searchMs' | 'longestTurnMs', number>>
> {
  const feed = new TailFeed('bench', systemClock, { maxLines: 200_000, maxBytes: 1e9 });
  const assembler = new LineAssembler({ kind: 'framed' }, line => feed.append(line));
  new FrameReader((...payload) => assembler.push(...payload)).push(chunkOf(200_000, 0));
  const view = new LogView(systemClock);
  const turns = watchTurns();
  const settle = async (act: () => void) => {
    const startedMs = performance.now();
    act();
    while (view.isBusy) await new Promise(resolve => setImmediate(resolve));
    return performance.now() - startedMs;
  };
  const firstMs = await settle(() => view.setTails([toTail(feed)]));
  const filterMs = await settle(() => view.setFilter({ ...noFilter, include: 'error|fatal' }));
  if (view.rows.size !== 4000) throw new Error(`The filter found ${view.rows.size} rows instead of 4000.`);
  const regexMs = await settle(() => view.setFilter({ ...noFilter, include: '^error.*\\b97[0-9] ms' }));
  await settle(() => view.setFilter(noFilter));
  const searchMs = await settle(() => view.setSearch('request 199\\d+'));
  const longestTurnMs = turns.stop();
  view.dispose();
  feed.dispose();
  return { firstMs, filterMs, regexMs, searchMs, longestTurnMs };
}

/** The most that heap and ring take within the first 10 rings' worth of lines and within the next 278, in MB. */
export function flatness(): { readonly earlyMb: number; readonly lateMb: number; readonly tookS: number } {
  const feed = new TailFeed('bench', { ...systemClock, after: () => ({ dispose: () => undefined }) });
  const assembler = new LineAssembler({ kind: 'framed' }, line => feed.append(line));
  const reader = new FrameReader((...payload) => assembler.push(...payload));
  const chunk = chunkOf(10_000, 0);
  const startedMs = performance.now();
  // Sampled after every ring, the most counts: what is let go of late would show.
  const pushRings = (rings: number) => {
    let mostMb = 0;
    for (let i = 0; i < rings * 10; i++) {
      reader.push(chunk);
      if (i % 10 !== 9) continue;
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      mostMb = Math.max(mostMb, (heapUsed + arrayBuffers) / 1e6);
    }
    return mostMb;
  };
  const earlyMb = pushRings(10);
  // 28.8 million lines are 8 hours at 1,000 lines a second.
  const lateMb = pushRings(278);
  return { earlyMb, lateMb, tookS: (performance.now() - startedMs) / 1000 };
}

/** By the thread's own CPU time: how long other programs had the machine is not ours. */
function watchTurns(): { stop(): number } {
  const nowMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longestMs = 0;
  let lastMs = nowMs();
  let isOn = true;
  const turn = () => {
    const turnedMs = nowMs();
    longestMs = Math.max(longestMs, turnedMs - lastMs);
    lastMs = turnedMs;
    if (isOn) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    stop: () => {
      isOn = false;
      return longestMs;
    },
  };
}

export function toTail(feed: TailFeed): LogTail {
  return {
    source: { kind: 'container', ref: { by: 'name', name: 'bench' } },
    id: 'bench',
    label: 'bench',
    store: feed.store,
    facts: feed.facts,
    older: undefined,
    state: feed.state,
    onDidAppend: feed.onDidAppend,
    onDidChangeState: feed.onDidChangeState,
    recentLines: () => [],
    snapshot: () => [],
    dispose: () => undefined,
  };
}
