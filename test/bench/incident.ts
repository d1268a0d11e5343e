import { hash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { JournalFiles } from '../../src/adapters/journalFiles.ts';
import type { Envelope, EventBodies, EventType } from '../../src/domain/incident/events.ts';
import { chainStart, encodeEvent } from '../../src/domain/incident/journalLine.ts';
import { JournalReader } from '../../src/domain/incident/journalReader.ts';
import { replay } from '../../src/domain/incident/replay.ts';
import { measureReport, measureSnapshot } from './incident/shown.ts';
import type { BenchResult, BenchRow } from './types.ts';

const incidentId = 'inc-20261121-be9c';
const startMs = Date.parse('2026-11-21T10:00:00Z');
const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The journal: what a person waits for, what a storm of events costs, and how fast an incident is there again. */
export async function run(): Promise<BenchResult> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-bench-incident-'));
  try {
    return {
      name: 'incident',
      results: [
        ...(await measureAppend(folder)),
        await measureManyCallers(folder),
        ...(await measureReplay(folder)),
        measureReport(makeLines(10_000, 'D'), sha256),
        // Causes are folded: this many events are 10,000 rows.
        measureSnapshot(makeLines(17_000, 'D'), sha256),
      ],
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Appends one by one, each beside a bare write and sync of the same bytes, in turns so that both meet the same disk. */
async function measureAppend(folder: string): Promise<readonly BenchRow[]> {
  const rounds = 1_500;
  const lines = makeLines(rounds, 'W1');
  const store = new JournalFiles(path.join(folder, 'append'), 'W1');
  const write = promisify(fs.write) as (fd: number, bytes: Uint8Array) => Promise<unknown>;
  const sync = promisify(fs.fdatasync);
  const bareFd = fs.openSync(path.join(folder, 'bare'), 'a');
  const [ours, bare]: [number[], number[]] = [[], []];
  await store.append(incidentId, ['warm up']);
  for (const line of lines) {
    ours.push(await timed(() => store.append(incidentId, [line])));
    bare.push(
      await timed(async () => {
        await write(bareFd, Buffer.from(`${line}\n`));
        await sync(bareFd);
      }),
    );
  }
  fs.closeSync(bareFd);
  await store.close();
  return [0.5, 0.99].map(share => {
    const [mine, limit] = [percentile(ours, share), percentile(bare, share)];
    return {
      metric: `append acknowledged p${share * 100}`,
      unit: 'ms',
      ours: mine,
      peer: null,
      limit,
      target: '<= 1.3 x limit',
      met: mine <= 1.3 * limit,
    };
  });
}

async function measureManyCallers(folder: string): Promise<BenchRow> {
  const [callers, each] = [1_000, 100];
  const lines = makeLines(callers * each, 'W2');
  const store = new JournalFiles(path.join(folder, 'many'), 'W2');
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let i = 0; i < each; i++) await store.append(incidentId, [lines[next++] ?? '']);
    }),
  );
  const perSecond = (callers * each) / ((performance.now() - started) / 1000);
  await store.close();
  return {
    metric: 'group commit, 1,000 callers',
    unit: 'events/s',
    ours: Math.round(perSecond),
    peer: null,
    limit: null,
    target: '> 50000',
    met: perSecond > 50_000,
  };
}

/** From files to an incident: 100,000 events of three writers, checked line by line. */
async function measureReplay(folder: string): Promise<readonly BenchRow[]> {
  const home = path.join(folder, 'replay');
  const events = 100_000;
  for (const writer of ['A', 'B', 'C']) {
    const store = new JournalFiles(home, writer);
    await store.append(incidentId, makeLines(Math.ceil(events / 3), writer));
    await store.close();
  }
  const files = ['A', 'B', 'C'].map(writer => path.join(home, 'incidents', incidentId, `${writer}.ndjson`));
  const store = new JournalFiles(home, 'READER');
  const [verified, bare, whole]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < 7; round++) {
    bare.push(await timed(async () => parseBare(files)));
    const reader = new JournalReader(sha256);
    let read: ReturnType<JournalReader['add']> = [];
    const readMs = await timed(async () => {
      const { lines } = await store.read(incidentId);
      read = reader.add(lines);
    });
    verified.push(readMs);
    whole.push(readMs + (await timed(async () => void replay(read, reader.problems))));
    if (read.length < events || reader.problems.length > 0)
      throw new Error(`only ${read.length} events came back`);
  }
  await store.close();
  // The least disturbed round: what else the machine does is not ours to measure.
  const [verifiedMs, bareMs, wholeMs] = [percentile(verified, 0), percentile(bare, 0), percentile(whole, 0)];
  return [
    {
      metric: 'read and verify 100,000 events',
      unit: 'ms',
      ours: verifiedMs,
      peer: null,
      limit: bareMs,
      target: '<= 2 x limit',
      met: verifiedMs <= 2 * bareMs,
    },
    {
      metric: 'read, verify and replay 100,000 events',
      unit: 'ms',
      ours: wholeMs,
      peer: null,
      limit: bareMs,
      target: '< 1000',
      met: wholeMs < 1_000,
    },
  ];
}

/** The floor: the same bytes, read in chunks and parsed, nothing checked and nothing kept in order. */
async function parseBare(files: readonly string[]): Promise<number> {
  let count = 0;
  for (const file of files) {
    let rest = '';
    for await (const chunk of fs.createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (JSON.parse(line).s > 0) count++;
    }
  }
  return count;
}

/** A declaration, then what incidents are made of: state changes, container events, steps and notes. */
function makeLines(count: number, writer: string): string[] {
  const lines: string[] = [];
  let previous = chainStart;
  const add = <T extends EventType>(t: T, b: EventBodies[T]): void => {
    const s = lines.length + 1;
    const ms = startMs + s * 100;
    const at = new Date(ms).toISOString();
    const event: Envelope<T, EventBodies[T]> = {
      v: 1,
      w: writer,
      s,
      h: [ms, 0],
      at,
      ob: at,
      tz: 'UTC',
      i: incidentId,
      t,
      a: { id: 'kim@example.com', name: 'Kim' },
      src:
        t === 'container.event'
          ? { k: 'engine', key: `dk:e1:${sha256(writer)}:die:${ms}000000` }
          : { k: 'health' },
      b,
    };
    const encoded = encodeEvent(event, previous, sha256);
    previous = encoded.checksum;
    lines.push(encoded.line);
  };
  for (let i = 0; lines.length < count; i++) {
    const service = `service-${i % 12}`;
    if (i % 4 === 0)
      add('note.added', { text: `Looked at ${service}: connections climb, memory is flat (${i})` });
    else if (i % 4 === 1)
      add('container.event', { container: `${service}-1`, action: i % 8 === 1 ? 'die' : 'start', service });
    else if (i % 4 === 2)
      add('probe.changed', {
        service,
        title: service,
        from: i % 8 === 2 ? 'up' : 'down',
        to: i % 8 === 2 ? 'down' : 'up',
        reason: 'connection refused',
      });
    else
      add('step.finished', {
        run: `run:${i}`,
        stepId: 's1',
        command: `docker-compose restart ${service}`,
        title: `Restart ${service}`,
        isMutating: true,
        services: [service],
        startedAt: new Date(startMs + i * 100).toISOString(),
        tookMs: 50,
        exit: 0,
      });
  }
  return lines;
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 1000) / 1000
  );
}
