import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeStartupAnswer } from '../../../src/domain/health/postgresWire.ts';

const notice = Uint8Array.of(0x4e, 0, 0, 0, 4);
const flood = (count: number) => new Uint8Array(Array.from({ length: count }, () => [...notice]).flat());

test('notices without end are not PostgreSQL, and overflow nothing', () => {
  assert.equal(judgeStartupAnswer(flood(3)), undefined);
  assert.equal(judgeStartupAnswer(Uint8Array.of(...notice, 0x52, 0, 0, 0, 8, 0, 0, 0, 0))?.verdict, 'up');
  assert.equal(judgeStartupAnswer(flood(40_000))?.verdict, 'down');
});

test('what a server says of itself is kept short', () => {
  const fields = new TextEncoder().encode(`C57P03\0M${'x'.repeat(20_000)}\0\0`);
  const head = new DataView(new ArrayBuffer(5));
  head.setUint8(0, 0x45);
  head.setInt32(1, fields.length + 4);
  const judged = judgeStartupAnswer(Uint8Array.of(...new Uint8Array(head.buffer), ...fields));
  assert.equal(judged?.verdict, 'down');
  assert.ok(judged.seen.length < 250);
});
