import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOlder } from '../../src/app/logs/olderLines.ts';
import type { LogTail } from '../../src/app/logTails.ts';
import { LogTails } from '../../src/app/logTails.ts';
import type { LogFileSink, LogFiles, LogSpill } from '../../src/ports.ts';
import { frames, join, stamp } from '../domain/logs/wire.ts';
import { FakeClock } from '../fakes/fakeClock.ts';
import { containerDetail, FakeEngine } from '../fakes/fakeEngine.ts';

const noFiles: LogFiles = { follow: () => Promise.reject(new Error('no files here')) };
const web = { kind: 'container', ref: { by: 'name', name: 'web' } } as const;
const startMs = Date.parse('2026-11-21T10:00:00Z');

function setup(files: LogFiles = noFiles) {
  const clock = new FakeClock();
  const engine = new FakeEngine();
  engine.detail = containerDetail();
  const tails = new LogTails({ engine, files, clock, random: () => 1 });
  return { clock, engine, tails };
}

type Written = readonly [micros: number, text: string, stream?: 0 | 1];

function bytes(...lines: readonly Written[]): Uint8Array {
  return join(lines.flatMap(([micros, text, stream = 0]) => frames({ micros, text, stream })));
}

function rows(tail: LogTail): string[] {
  const { store } = tail;
  return Array.from({ length: store.size }, (_, i) => {
    const seq = store.firstSeq + i;
    const boundary = store.boundary(seq);
    return boundary === undefined ? store.text(seq) : `--- ${boundary.kind} ${boundary.detail}`.trimEnd();
  });
}

test('however many hold a tail there is one stream, and it ends with the last of them', async () => {
  const { clock, engine, tails } = setup();
  const one = tails.open(web, { tail: 10, sinceMs: 5 });
  const two = tails.open(web);
  await clock.advance(0);
  assert.equal(engine.opened.length, 1);
  assert.deepEqual(engine.opened[0]?.options, { follow: true, tail: 10, sinceNs: 5_000_000n });
  one.dispose();
  one.dispose();
  assert.equal(engine.opened[0]?.signal.aborted, false);
  two.dispose();
  assert.equal(engine.opened[0]?.signal.aborted, true);
  assert.equal(tails.openCount, 0);
});

test('listeners hear of a line at once, and of many once in 50 ms', async () => {
  const { clock, engine, tails } = setup();
  const tail = tails.open(web);
  let heard = 0;
  tail.onDidAppend(() => heard++);
  await clock.advance(0);
  for (let i = 0; i < 1000; i++) engine.opened[0]?.send(bytes([i, `line ${i}`]));
  assert.equal(heard, 0);
  await clock.advance(0);
  assert.equal(heard, 1);
  for (let i = 1000; i < 2000; i++) engine.opened[0]?.send(bytes([i, `line ${i}`]));
  await clock.advance(49);
  assert.equal(heard, 1);
  await clock.advance(1);
  assert.equal(heard, 2);
  await clock.advance(500);
  assert.equal(heard, 2);
  assert.deepEqual(tail.recentLines(2), ['line 1998', 'line 1999']);
  tails.dispose();
});

test('a stream that breaks in the middle of a line is resumed a second before the newest line', async () => {
  const { clock, engine, tails } = setup();
  const tail = tails.open(web);
  await clock.advance(0);
  engine.opened[0]?.send(bytes([5_000_000, 'one'], [6_500_000, 'two']));
  engine.opened[0]?.send(bytes([7_000_000, 'three']).slice(0, 42));
  engine.opened[0]?.fail(new Error('socket hang up'));
  await clock.advance(0);
  assert.deepEqual(tail.state, { kind: 'waiting', reason: 'socket hang up' });
  await clock.advance(300);
  assert.equal(engine.opened[1]?.options.sinceNs, BigInt(startMs + 5000) * 1_000_000n);
  engine.opened[1]?.send(bytes([6_500_000, 'two'], [7_000_000, 'three']));
  assert.deepEqual(rows(tail), ['one', 'two', 'three']);
  tails.dispose();
});

test('lines that the engine lost while we were away are a gap with its length', async () => {
  const { clock, engine, tails } = setup();
  const tail = tails.open(web);
  await clock.advance(0);
  engine.opened[0]?.send(bytes([1_000_000, 'one']));
  engine.opened[0]?.fail(new Error('gone'));
  await clock.advance(1000);
  engine.opened[1]?.send(bytes([31_500_000, 'two']));
  assert.deepEqual(rows(tail), ['one', '--- gap', 'two']);
  assert.equal(tail.store.boundary(1)?.gapMs, 30_500);
  tails.dispose();
});

test('stop, start and re-creation stand between the lines; each is seen with and without events', async () => {
  for (const hasEvents of [true, false]) {
    const { clock, engine, tails } = setup();
    const wake = async () => {
      if (hasEvents) {
        const detail = engine.detail ?? containerDetail();
        engine.events.fire({
          containerId: detail.id,
          name: 'web',
          action: 'start',
          atNs: 0n,
          exitCode: undefined,
          healthStatus: undefined,
          labels: {},
        });
      }
      await clock.advance(hasEvents ? 0 : 6000);
    };
    const tail = tails.open(web);
    await clock.advance(0);
    engine.opened[0]?.send(bytes([1, 'dying']));
    engine.detail = containerDetail({
      state: 'exited',
      exitCode: 137,
      isOomKilled: true,
      finishedAtMs: startMs + 900,
    });
    engine.opened[0]?.end();
    await clock.advance(0);
    engine.opened[1]?.end();
    await clock.advance(0);
    assert.deepEqual(tail.state, { kind: 'ended', reason: 'exit 137, out of memory' });
    engine.detail = containerDetail({ startedAtMs: startMs + 2000, finishedAtMs: startMs + 900 });
    await wake();
    engine.opened[2]?.send(bytes([1, 'dying'], [2_100_000, 'again']));
    engine.detail = undefined;
    engine.opened[2]?.end();
    await clock.advance(0);
    engine.detail = containerDetail({
      id: 'bbbbbbbbbbbb',
      createdAtMs: startMs + 3000,
      startedAtMs: startMs + 3100,
    });
    await wake();
    assert.deepEqual(engine.opened[3]?.options, { follow: true });
    engine.opened[3]?.send(bytes([3_200_000, 'new']));
    assert.deepEqual(rows(tail), [
      'dying',
      '--- stopped exit 137, out of memory',
      '--- started',
      'again',
      '--- stopped removed',
      '--- recreated bbbbbbbbbbbb',
      'new',
    ]);
    tails.dispose();
  }
});

test('a restart during a cut shows after the lines of the run before it', async () => {
  const { clock, engine, tails } = setup();
  const tail = tails.open(web);
  await clock.advance(0);
  engine.opened[0]?.send(bytes([1_000_000, 'one']));
  engine.opened[0]?.fail(new Error('cut'));
  engine.detail = containerDetail({ startedAtMs: startMs + 4000, finishedAtMs: startMs + 3000, exitCode: 1 });
  await clock.advance(300);
  engine.opened[1]?.send(bytes([1_000_000, 'one'], [2_000_000, 'two'], [4_500_000, 'three']));
  assert.deepEqual(rows(tail), ['one', 'two', '--- stopped exit 1', '--- started', 'three']);
  tails.dispose();
});

test('an end that was a cut is found out: what was left is read before the container counts as stopped', async () => {
  const { clock, engine, tails } = setup();
  const tail = tails.open(web);
  await clock.advance(0);
  engine.detail = containerDetail({ state: 'exited', exitCode: 0, finishedAtMs: startMs + 9000 });
  engine.opened[0]?.send(bytes([1_000_000, 'one'], [2_000_000, 'two']).slice(0, 60));
  engine.opened[0]?.end();
  await clock.advance(0);
  engine.opened[1]?.send(bytes([1_000_000, 'one'], [2_000_000, 'two']));
  engine.opened[1]?.end();
  await clock.advance(0);
  engine.opened[2]?.send(bytes([2_000_000, 'two']));
  engine.opened[2]?.end();
  await clock.advance(0);
  assert.deepEqual(rows(tail), ['one', 'two', '--- stopped exit 0']);
  tails.dispose();
});

test('the last line of a file comes twice from an engine that rotates; from another it was written twice', async () => {
  for (const [logRotatesAtBytes, shown] of [
    [200_000, ['one', 'two', 'three']],
    [undefined, ['one', 'one', 'two', 'three']],
  ] as const) {
    const { clock, engine, tails } = setup();
    engine.detail = containerDetail(logRotatesAtBytes === undefined ? {} : { logRotatesAtBytes });
    const tail = tails.open(web);
    await clock.advance(0);
    engine.opened[0]?.send(bytes([1, 'one'], [1, 'one'], [1, 'two'], [2, 'three']));
    assert.deepEqual(rows(tail), shown);
    tails.dispose();
  }
});

test('a driver that cannot be read is said once, and not asked again until the container is another', async () => {
  const { clock, engine, tails } = setup();
  const tail = tails.open(web);
  await clock.advance(0);
  engine.opened[0]?.fail(new Error('configured logging driver does not support reading'));
  await clock.advance(60_000);
  assert.equal(engine.opened.length, 1);
  assert.deepEqual(rows(tail), ['--- error configured logging driver does not support reading']);
  tails.dispose();
});

test('a container that does not exist yet is waited for', async () => {
  const { clock, engine, tails } = setup();
  engine.detail = undefined;
  const tail = tails.open(web);
  await clock.advance(0);
  assert.deepEqual(tail.state, { kind: 'waiting', reason: 'no such container' });
  engine.detail = containerDetail();
  await clock.advance(5001);
  assert.equal(engine.opened.length, 1);
  tails.dispose();
});

test('a snapshot has exact times, and comes from what is held where the engine has nothing', async () => {
  const { clock, engine, tails } = setup();
  const tail = tails.open(web);
  await clock.advance(0);
  engine.opened[0]?.send(bytes([1, 'old'], [2_000_000, 'new', 1]));
  assert.deepEqual([...tail.snapshot(startMs + 1000)], [`${stamp(2_000_000)} stderr new`]);
  engine.detail = undefined;
  const written: string[] = [];
  const signal = new AbortController().signal;
  const count = await tails.writeSnapshot(web, startMs, { write: text => void written.push(text) }, signal);
  assert.deepEqual([count, written], [2, [`${stamp(1)} stdout old\n`, `${stamp(2_000_000)} stderr new\n`]]);
  tails.dispose();
});

test('a file is followed over its rotation with a row between', async () => {
  let sink: LogFileSink | undefined;
  const files: LogFiles = {
    follow: (_path, _options, given) => {
      sink = given;
      return new Promise(() => undefined);
    },
  };
  const { clock, tails } = setup(files);
  const tail = tails.open({ kind: 'file', path: '/var/log/app.log' });
  const encode = (text: string) => new TextEncoder().encode(text);
  sink?.chunk(encode('one\ntw'));
  sink?.rotated('replaced');
  sink?.chunk(encode('three\n'));
  assert.deepEqual(rows(tail), ['one', 'tw', '--- rotated replaced', 'three']);
  assert.equal(tail.store.timeMs(0), clock.nowMs());
  assert.equal(tail.label, 'app.log');
  tails.dispose();
});

test('a re-created container that is seen before its first start is re-created once, not started as well', async () => {
  const { clock, engine, tails } = setup();
  const tail = tails.open(web);
  await clock.advance(0);
  engine.opened[0]?.send(bytes([1, 'old']));
  engine.detail = undefined;
  engine.opened[0]?.end();
  await clock.advance(300);
  const id = 'bbbbbbbbbbbb';
  engine.detail = containerDetail({
    id,
    state: 'created',
    createdAtMs: startMs + 3000,
    startedAtMs: undefined,
  });
  await clock.advance(6000);
  engine.opened[1]?.end();
  engine.detail = containerDetail({ id, createdAtMs: startMs + 3000, startedAtMs: startMs + 3100 });
  await clock.advance(6000);
  engine.opened.at(-1)?.send(bytes([3_200_000, 'new']));
  assert.deepEqual(rows(tail), ['old', '--- stopped removed', '--- recreated bbbbbbbbbbbb', 'new']);
  tails.dispose();
});

test('a stream that stays silent while the engine has newer lines is opened again, where logs rotate', async () => {
  const { clock, engine, tails } = setup();
  engine.detail = containerDetail({ logRotatesAtBytes: 200_000 });
  const tail = tails.open(web);
  await clock.advance(0);
  engine.opened[0]?.send(bytes([1_000_000, 'one']));
  await clock.advance(9000);
  assert.deepEqual(engine.opened[1]?.options, { follow: false, tail: 1 });
  engine.opened[1]?.send(bytes([1_000_000, 'one']));
  engine.opened[1]?.end();
  await clock.advance(13_000);
  assert.equal(engine.opened[0]?.signal.aborted, false);
  engine.opened[2]?.send(bytes([2_000_000, 'two']));
  engine.opened[2]?.end();
  await clock.advance(2000);
  assert.equal(engine.opened[0]?.signal.aborted, true);
  assert.equal(engine.opened[3]?.options.follow, true);
  engine.opened[3]?.send(bytes([1_000_000, 'one'], [2_000_000, 'two']));
  assert.deepEqual(rows(tail), ['one', 'two']);
  tails.dispose();
});

test('a clock that goes back loses no line: what comes after it is new, also over a cut', async () => {
  for (const rotation of [{}, { logRotatesAtBytes: 200_000 }]) {
    const { clock, engine, tails } = setup();
    engine.detail = containerDetail(rotation);
    const tail = tails.open(web);
    await clock.advance(0);
    const before = [
      [50_000_000, 'one'],
      [90_000_000, 'two'],
      [100_000_000, 'two err', 1],
      [100_000_001, 'three'],
    ] as const;
    const after = [
      [60_000_000, 'back'],
      [60_500_000, 'back err', 1],
      [61_000_000, 'on'],
    ] as const;
    engine.opened[0]?.send(bytes(...before, ...after));
    const shown = ['one', 'two', 'two err', 'three', '--- clock', 'back', 'back err', 'on'];
    assert.deepEqual(rows(tail), shown);
    assert.equal(Math.round(tail.store.boundary(4)?.gapMs ?? 0), 40_000);
    if (engine.detail.logRotatesAtBytes === undefined) {
      engine.opened[0]?.fail(new Error('cut'));
      await clock.advance(1000);
      assert.equal(engine.opened[1]?.options.sinceNs, BigInt(startMs + 60_000) * 1_000_000n);
      engine.opened[1]?.send(
        bytes(...before.slice(1), ...after, [62_000_000, 'late'], [62_000_001, 'late err', 1]),
      );
      assert.deepEqual(rows(tail), [...shown, 'late', 'late err']);
    }
    tails.dispose();
  }
});

test('a rotated file that is read again from before the first line held gives nothing twice', async () => {
  const { clock, engine, tails } = setup();
  engine.detail = containerDetail({ logRotatesAtBytes: 200_000 });
  const tail = tails.open(web, { tail: 2 });
  await clock.advance(0);
  engine.opened[0]?.send(bytes([3, 'three'], [4, 'four']));
  engine.opened[0]?.send(bytes([1, 'one'], [2, 'two'], [3, 'three'], [4, 'four'], [5, 'five']));
  assert.deepEqual(rows(tail), ['three', 'four', 'five']);
  tails.dispose();
});

/** A rotated log that leaps: 2,000 lines a millisecond apart, then `leapt`, 900 ms after them. */
async function leap() {
  const { clock, engine, tails } = setup();
  engine.detail = containerDetail({ logRotatesAtBytes: 200_000 });
  const tail = tails.open(web);
  await clock.advance(0);
  const lines = Array.from({ length: 2000 }, (_, i): Written => [(i + 1) * 1000, `${'x'.repeat(99)} ${i}`]);
  for (const line of lines) {
    await clock.advance(1);
    engine.opened[0]?.send(bytes(line));
  }
  engine.opened[0]?.send(bytes([2_900_000, 'leapt']));
  engine.opened[0]?.send(bytes([2_901_000, 'on']));
  const shown = () => rows(tail).slice(2000);
  assert.deepEqual(shown(), []);
  assert.deepEqual(engine.opened[1]?.options, {
    follow: false,
    sinceNs: BigInt(startMs + 1000) * 1_000_000n,
  });
  const answer = async (...known: readonly Written[]) => {
    engine.opened[1]?.send(bytes(...known));
    engine.opened[1]?.end();
    await clock.advance(0);
    return shown();
  };
  const last: Written = lines.at(-1) ?? [0, ''];
  return { clock, engine, tails, answer, shown, last };
}

test('where a rotated log leaps the engine is asked: a pause of the writer is no gap', async () => {
  const { answer, last, tails, engine } = await leap();
  assert.deepEqual(await answer(last, [2_900_000, 'leapt'], [2_901_000, 'on']), ['leapt', 'on']);
  engine.opened[0]?.send(bytes([2_902_000, 'further']));
  assert.equal(engine.opened.length, 2);
  tails.dispose();
});

test('lines that the follower leapt over and the engine still has are filled in, in their order', async () => {
  const { answer, last, tails, engine, shown } = await leap();
  const known = await answer(last, [2_400_000, 'leapt over'], [2_900_000, 'leapt']);
  assert.deepEqual(known, ['leapt over', 'leapt', 'on']);
  engine.opened[0]?.send(bytes([2_902_000, 'further']));
  assert.deepEqual(shown(), ['leapt over', 'leapt', 'on', 'further']);
  tails.dispose();
});

test('a loss that left no trace when it came shows as a gap when the engine gives the lines again', async () => {
  const { answer, last, tails } = await leap();
  const before: readonly Written[] = [
    [1_998_000, 'held'],
    [1_998_500, 'never came'],
    [1_999_000, 'held'],
  ];
  const known = await answer(...before, last, [2_900_000, 'leapt'], [2_901_000, 'on']);
  assert.deepEqual(known, ['--- gap', 'leapt', 'on']);
  tails.dispose();
});

test('what the engine has no more is a gap; what it has after that is filled in', async () => {
  const { answer, tails } = await leap();
  const known = await answer([2_700_000, 'oldest'], [2_900_000, 'leapt'], [2_901_000, 'on']);
  assert.deepEqual(known, ['--- gap', 'oldest', 'leapt', 'on']);
  tails.dispose();
});

test('an engine that does not answer in time leaves it open, and the lines do not wait for it', async () => {
  const { clock, tails, shown } = await leap();
  await clock.advance(4000);
  assert.deepEqual(shown(), []);
  await clock.advance(2000);
  assert.deepEqual(shown(), ['--- gap rotation', 'leapt', 'on']);
  tails.dispose();
});

/** A spill in memory that notes when it ends. */
function memorySpill() {
  const state = { text: '', lines: 0, isOver: false };
  const spill: LogSpill = {
    get lines() {
      return state.lines;
    },
    droppedLines: 0,
    append: (text, lines) => {
      state.text += text;
      state.lines += lines;
    },
    async *read() {
      yield state.text;
    },
    dispose: () => {
      state.isOver = true;
    },
  };
  return { state, files: { open: () => spill } };
}

test('lines that no longer fit go to a file, redacted, in order; a snapshot has them, and the end deletes them', async () => {
  const { clock, engine } = setup();
  const { state, files } = memorySpill();
  const redact = (text: string) => text.replaceAll('hunter2', '***');
  const limits = { maxLines: 3, maxBytes: 1e6 };
  const tails = new LogTails({
    engine,
    files: noFiles,
    clock,
    random: () => 1,
    limits,
    spill: { files, redact },
  });
  const tail = tails.open(web);
  await clock.advance(0);
  engine.opened[0]?.send(
    bytes([1, 'password hunter2'], [2, 'two', 1], [3, 'three'], [4, 'four'], [5, 'five']),
  );
  assert.deepEqual(rows(tail), ['three', 'four', 'five']);
  assert.equal(tail.older?.lines, 2);
  let older = '';
  for await (const piece of tail.older?.read() ?? []) older += piece;
  assert.equal(older, `${stamp(1)} stdout password ***\n${stamp(2)} stderr two\n`);
  engine.detail = undefined;
  const written: string[] = [];
  const signal = new AbortController().signal;
  const count = await tails.writeSnapshot(web, startMs, { write: text => void written.push(text) }, signal);
  assert.deepEqual([count, written.at(0), written.length], [5, `${stamp(1)} stdout password ***\n`, 5]);
  assert.equal(await countOlder(tail.older ?? assert.fail(), line => /two$/.test(line), signal), 1);
  tail.dispose();
  assert.equal(state.isOver, true);
  tails.dispose();
});

test('a flood is not kept whole: what was left out is counted and marked', async () => {
  const { clock, engine } = setup();
  const { files } = memorySpill();
  const limits = { maxLines: 10, maxBytes: 1e6 };
  const spill = { files, redact: (text: string) => text };
  const tails = new LogTails({ engine, files: noFiles, clock, random: () => 1, limits, spill });
  const tail = tails.open(web);
  await clock.advance(0);
  const long = 'x'.repeat(10_000);
  for (let i = 0; i < 1000; i++) engine.opened[0]?.send(bytes([i, long]));
  await clock.advance(1000);
  for (let i = 0; i < 20; i++) engine.opened[0]?.send(bytes([1_000_000 + i, 'quiet']));
  const kept = tail.older?.lines ?? 0;
  const dropped = tail.older?.droppedLines ?? 0;
  assert.ok(dropped > 0);
  let text = '';
  for await (const piece of tail.older?.read() ?? []) text += piece;
  assert.match(text, new RegExp(`^--- ${dropped} lines not kept: too many at once$`, 'm'));
  assert.equal(kept + dropped, 1010);
  tails.dispose();
});
