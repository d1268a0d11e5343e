import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { LogView } from '../../../src/app/logs/logView.ts';
import { LogTails } from '../../../src/app/logTails.ts';
import { Redactor } from '../../../src/domain/incident/redact.ts';
import type { LogSpill } from '../../../src/ports.ts';
import { refsBetween, toPinnedLine, toSavedText } from '../../../src/ui/logs/logText.ts';
import { toLogRow } from '../../../src/ui/logs/rowView.ts';
import { frames, join } from '../../domain/logs/wire.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { containerDetail, FakeEngine } from '../../fakes/fakeEngine.ts';

const web = { kind: 'container', ref: { by: 'name', name: 'web' } } as const;
const canaries = Array.from({ length: 6 }, (_, i) => `CANARY${i}${'QkFTRTY0'.repeat(7)}`);
/** On stdout a key, on stderr what else happens meanwhile. */
const rows: readonly (readonly [text: string, stream: 0 | 1])[] = [
  ['starting', 0],
  ['ERROR cannot read -----BEGIN PRIVATE KEY-----', 0],
  ...canaries.flatMap(
    canary =>
      [
        [canary, 0],
        ['WARN slow query', 1],
      ] as const,
  ),
  ['CANARYx=', 0],
  ['-----END PRIVATE KEY-----', 0],
  ['started', 0],
];
const whole = join(rows.flatMap(([text, stream], micros) => frames({ micros, text, stream })));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const redactor = new Redactor({ knownValues: [], sha256, key: 'k' });
const redact = (text: string) => redactor.redact(text).text;

/** Neither the key nor less than the rest. */
function assertHarmless(what: string, text: string): void {
  assert.doesNotMatch(text, /CANARY/, what);
  assert.match(text, /redacted:private key/, what);
  assert.equal(text.match(/WARN slow query/g)?.length, canaries.length, what);
  for (const other of ['starting', 'ERROR cannot read', 'started']) assert.ok(text.includes(other), what);
}

function open(maxLines: number) {
  let spilled = '';
  const spill: LogSpill = {
    lines: 0,
    droppedLines: 0,
    append: text => {
      spilled += text;
    },
    async *read() {
      yield spilled;
    },
    dispose: () => undefined,
  };
  const clock = new FakeClock();
  const engine = new FakeEngine();
  engine.detail = containerDetail();
  const files = { follow: () => Promise.reject(new Error('no files here')) };
  const limits = { maxLines, maxBytes: 1e6 };
  const spills = { files: { open: () => spill }, redact };
  const tails = new LogTails({ engine, files, clock, random: () => 1, limits, spill: spills });
  return { clock, engine, tails, tail: tails.open(web) };
}

test('a private key over many lines shows in no page, copy, document, pin or evidence', async () => {
  const { clock, engine, tails, tail } = open(1000);
  const view = new LogView(clock);
  view.setTails([tail]);
  await clock.advance(0);
  engine.opened[0]?.send(whole);
  await clock.advance(100);
  const refs = [...refsBetween(view, view.rows.first, view.rows.end - 1)];
  assert.equal(refs.length, rows.length);
  const options = { isJsonShort: true, redact, boundaryText: () => '' };
  const shown = refs.map((_, i) => toLogRow(view, view.rows.first + i, options)?.text);
  assertHarmless('page', shown.join('\n'));
  const saved = refs.map(ref => toSavedText(view, ref) ?? '');
  assertHarmless('copy and document, in one piece', redact(saved.join('\n')));
  assertHarmless('save all, line by line', saved.map(redact).join('\n'));
  assertHarmless('pin', redact(refs.map(ref => toPinnedLine(view, ref)?.text).join('\n')));
  assertHarmless('symptoms', tail.recentLines(100).map(redact).join('\n'));
  assertHarmless('evidence', [...tail.snapshot(0)].map(redact).join('\n'));
  view.dispose();
  tails.dispose();
});

test('nor in the file of older lines, nor in a snapshot that the engine gives', async () => {
  const { clock, engine, tails, tail } = open(5);
  await clock.advance(0);
  engine.opened[0]?.send(whole);
  for (let i = 0; i < 5; i++)
    engine.opened[0]?.send(join(frames({ micros: 1000 + i, text: 'on', stream: 0 })));
  let older = '';
  for await (const piece of tail.older?.read() ?? []) older += piece;
  assertHarmless('older lines', older);
  const written: string[] = [];
  const sink = { write: (text: string) => void written.push(redact(text)) };
  const asked = tails.writeSnapshot(web, undefined, sink, new AbortController().signal);
  await clock.advance(0);
  engine.opened[1]?.send(whole);
  engine.opened[1]?.end();
  await asked;
  assertHarmless('snapshot', written.join(''));
  tails.dispose();
});
