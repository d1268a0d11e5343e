import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { PolledLogFiles } from '../../../src/adapters/logs/fileLogs.ts';

const pollMs = 5;

/** Follows a real file; `said` is what came, with `|rotation|` where one was told. */
function follow(t: TestContext, content: string, lastBytes = Number.POSITIVE_INFINITY) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-file-'));
  const file = path.join(folder, 'app.log');
  fs.writeFileSync(file, content);
  const abort = new AbortController();
  const state = { said: '' };
  const sink = {
    chunk: (bytes: Uint8Array) => {
      state.said += Buffer.from(bytes).toString();
    },
    rotated: (how: string) => {
      state.said += `|${how}|`;
    },
  };
  const following = new PolledLogFiles(pollMs).follow(file, { lastBytes }, sink, abort.signal);
  t.after(async () => {
    abort.abort();
    await following.catch(() => undefined);
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const says = async (wanted: string) => {
    const endMs = performance.now() + 20_000;
    while (state.said !== wanted && performance.now() < endMs) await wait(pollMs);
    assert.equal(state.said, wanted);
  };
  return { file, says, following };
}

test('what is there and what is appended comes once', async t => {
  const { file, says } = follow(t, 'one\n');
  await says('one\n');
  fs.appendFileSync(file, 'two\nthr');
  await says('one\ntwo\nthr');
  fs.appendFileSync(file, 'ee\n');
  await says('one\ntwo\nthree\n');
});

test('a file that is renamed and made anew: its rest first, then the new one from its start', async t => {
  const { file, says } = follow(t, 'one\n');
  await says('one\n');
  fs.renameSync(file, `${file}.1`);
  // The writer has not noticed yet.
  fs.appendFileSync(`${file}.1`, 'rest\n');
  await says('one\nrest\n');
  fs.writeFileSync(file, 'new\n');
  await says('one\nrest\n|replaced|new\n');
  fs.appendFileSync(file, 'on\n');
  await says('one\nrest\n|replaced|new\non\n');
});

test('a file that is copied and truncated is read from its start again', async t => {
  const { file, says } = follow(t, 'one\ntwo\n');
  await says('one\ntwo\n');
  fs.copyFileSync(file, `${file}.1`);
  fs.truncateSync(file, 0);
  await says('one\ntwo\n|truncated|');
  fs.appendFileSync(file, 'new\n');
  await says('one\ntwo\n|truncated|new\n');
});

test('several rotations in a row lose nothing that was still being written to the file followed', async t => {
  const { file, says } = follow(t, '');
  let wanted = '';
  for (let i = 0; i < 5; i++) {
    fs.appendFileSync(file, `in file ${i}\n`);
    wanted += `in file ${i}\n`;
    await says(wanted);
    fs.renameSync(file, `${file}.${i}`);
    fs.writeFileSync(file, '');
    wanted += '|replaced|';
    await says(wanted);
  }
});

test('of a long file only the end is read, from the start of a line', async t => {
  const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}\n`).join('');
  const { says } = follow(t, lines, 25);
  await says('line 998\nline 999\n');
});

test('a file that is not there yet is said to be so', async t => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-file-'));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const sink = { chunk: () => undefined, rotated: () => undefined };
  const { signal } = new AbortController();
  const following = new PolledLogFiles(pollMs).follow(
    path.join(folder, 'no.log'),
    { lastBytes: 1 },
    sink,
    signal,
  );
  await assert.rejects(following, /ENOENT/);
});
