import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainStart, encodeEvent, journalVersion } from '../../../src/domain/incident/journalLine.ts';
import { JournalReader } from '../../../src/domain/incident/journalReader.ts';
import { type Migration, migrate, migrations } from '../../../src/domain/incident/migrations.ts';
import { EventMaker, sha256 } from './makeEvents.ts';

/** Two made-up ancestors of today's format: notes were `memo`s with a `what`, and then `notes` with a `words`. */
const ancestors: ReadonlyMap<number, Migration> = new Map<number, Migration>([
  [
    journalVersion - 2,
    event => ({ ...event, t: 'notes', b: { words: (event['b'] as { what: string }).what.trim() } }),
  ],
  [
    journalVersion - 1,
    event => ({ ...event, t: 'note.added', b: { text: (event['b'] as { words: string }).words } }),
  ],
]);

function journalOf(shapes: readonly Readonly<Record<string, unknown>>[]): string[] {
  const made = new EventMaker();
  for (const _ of shapes) made.add('note.added', { text: '' }, 1);
  let previous = chainStart;
  return made.events.map((event, index) => {
    const { line, checksum } = encodeEvent({ ...event, ...shapes[index] } as never, previous, sha256);
    previous = checksum;
    return line;
  });
}

test('lines of older versions are read as of today, checked by the bytes they were written with', () => {
  const lines = journalOf([
    { v: journalVersion - 2, t: 'memo', b: { what: ' first ' } },
    { v: journalVersion - 1, t: 'notes', b: { words: 'second' } },
    { b: { text: 'third' } },
  ]);
  const reader = new JournalReader(sha256, ancestors);
  const events = reader.add(lines);
  assert.deepEqual(reader.problems, []);
  assert.deepEqual(
    events.map(event => (event.t === 'note.added' ? [event.v, event.b.text] : event.t)),
    ['first', 'second', 'third'].map(text => [journalVersion, text]),
  );
  const damaged = new JournalReader(sha256, ancestors);
  damaged.add([(lines[0] ?? '').replace('first', 'worst'), ...lines.slice(1)]);
  assert.match(damaged.problems.join('\n'), /checksum does not match/);
});

test('what is newer, has no way to today, or is not of its version’s shape is kept as unknown, its words untouched', () => {
  const shapes = [
    { v: journalVersion + 1, t: 'note.added', b: { text: 'from tomorrow' } },
    { v: journalVersion - 3, t: 'scribble', b: { ink: 'blue' } },
    { v: journalVersion - 2, t: 'memo', b: { what: 12 } },
    { v: 'one', t: 'note.added', b: { text: 'x' } },
  ];
  const reader = new JournalReader(sha256, ancestors);
  const events = reader.add(journalOf(shapes));
  assert.deepEqual(reader.problems, []);
  assert.deepEqual(
    events.map(event => (event.t === 'unknown' ? (event.b.raw as { b: unknown }).b : event.t)),
    shapes.map(({ b }) => b),
  );
});

test('from every version there ever was a way leads to today', () => {
  for (let version = 1; version < journalVersion; version++)
    assert.ok(migrations.has(version), `no step from version ${version}`);
  assert.deepEqual(migrate({ v: journalVersion, t: 'x' }, journalVersion), { v: journalVersion, t: 'x' });
});
