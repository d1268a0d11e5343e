import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyRows } from '../../../src/domain/logs/keyRows.ts';

const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
const begin = '-----BEGIN RSA PRIVATE KEY-----';
const end = '-----END RSA PRIVATE KEY-----';

/** `#` for each row that is the inside of a key, `.` for each other. */
function inside(rows: readonly string[], keys = new KeyRows()): string {
  return rows.map(row => (keys.isInside(row) ? '#' : '.')).join('');
}

const cases: readonly (readonly [what: string, rows: readonly string[], wanted: string])[] = [
  ['a key from its first row to its end', ['hello', begin, body, 'c2hvcnQ=', end, 'bye'], '..###.'],
  [
    'what a logger writes before each row',
    [`key: ${begin}`, `12:00 app | ${body}`, `12:00 app | ${end}`],
    '.##',
  ],
  [
    'the head of an encrypted key',
    [begin, 'Proc-Type: 4,ENCRYPTED', 'DEK-Info: A', '', body, end, 'bye'],
    '.#####.',
  ],
  ['a line of another thread in the middle', [begin, body, 'user logged in', body, end, 'bye'], '.####.'],
  ['a key in one line', [`${begin}\\n${body}\\n${end}`, 'bye'], '..'],
  ['a certificate is no secret', ['-----BEGIN CERTIFICATE-----', body, '-----END CERTIFICATE-----'], '...'],
  ['a public key is none', ['-----BEGIN PUBLIC KEY-----', body, '-----END PUBLIC KEY-----'], '...'],
  ['a reading that begins within a key', [body, body, 'c2hvcnQ=', end, 'bye'], '####.'],
  ['a reading that begins with a digest', ['0123456789abcdef'.repeat(4), 'bye'], '..'],
  ['an end without a beginning', ['hello', end, 'bye'], '...'],
];

for (const [what, rows, wanted] of cases) {
  test(`the inside of a private key: ${what}`, () => assert.equal(inside(rows), wanted));
}

test('a beginning in a message, without a key, hides no more than five rows', () => {
  const log = Array.from({ length: 20 }, (_, i) => `GET /orders/${i} 200`);
  assert.equal(inside([`cannot parse ${begin}`, ...log]), `.#####${'.'.repeat(15)}`);
});

test('an end that never comes hides no more than 100 rows, whatever they hold', () => {
  const rows = Array.from({ length: 200 }, () => body);
  assert.equal(inside([begin, ...rows]), `.${'#'.repeat(100)}${'.'.repeat(100)}`);
});

test('after rows that were left out, the rest of a key is known by its shape', () => {
  const keys = new KeyRows();
  assert.equal(inside(['hello'], keys), '.');
  keys.skip();
  assert.equal(inside([body, end, 'bye'], keys), '##.');
});
