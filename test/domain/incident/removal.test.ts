import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Envelope, EventBodies } from '../../../src/domain/incident/events.ts';
import { chainStart, encodeEvent } from '../../../src/domain/incident/journalLine.ts';
import { JournalReader } from '../../../src/domain/incident/journalReader.ts';
import { withoutTextInLine } from '../../../src/domain/incident/removal.ts';
import { incidentId, sha256 } from './makeEvents.ts';

const name = 'a'.repeat(64);

function lines(excerpt: string, tz: string): readonly string[] {
  const at = '2026-11-21T10:00:00.000Z';
  let previous = chainStart;
  return [1, 2, 3].map(s => {
    const event: Envelope<'evidence.added', EventBodies['evidence.added']> = {
      v: 1,
      w: 'W1',
      s,
      h: [s, 0],
      at,
      ob: at,
      tz,
      i: incidentId,
      t: 'evidence.added',
      a: { id: 'kim', name: 'Kim' },
      b: { kind: 'evidence', label: `${s}`, excerpt, sha256: s === 2 ? name : 'b'.repeat(64) },
    };
    const { line, checksum } = encodeEvent(event, previous, sha256);
    previous = checksum;
    return line;
  });
}

test('a line loses its text and nothing else: as many bytes, a checksum that holds, its place in the chain', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Berlin');
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), zone, (text, tz) => {
      const all = lines(text, tz);
      const rewritten = all.map(line => withoutTextInLine(line, name, sha256) ?? line);
      const old = all[1] ?? '';
      const line = rewritten[1] ?? '';
      assert.notEqual(line, old);
      assert.equal(Buffer.byteLength(line), Buffer.byteLength(old));
      assert.deepEqual([rewritten[0], rewritten[2]], [all[0], all[2]]);
      const reader = new JournalReader(sha256);
      const events = reader.add(rewritten);
      assert.deepEqual(reader.problems, []);
      assert.deepEqual(events[1]?.b, { kind: 'evidence', label: '2', sha256: name });
      assert.deepEqual(reader.add(all), []);
      assert.equal(withoutTextInLine(line, name, sha256), undefined);
    }),
  );
});

test('a line that was rewritten still proves itself: a flipped byte shows', () => {
  const line = withoutTextInLine(lines('PASSWORD=x', 'UTC')[1] ?? '', name, sha256) ?? '';
  const reader = new JournalReader(sha256);
  reader.add([line.replace('"label":"2"', '"label":"3"')]);
  assert.match(reader.problems[0] ?? '', /checksum does not match/);
});
