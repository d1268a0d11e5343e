import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffSaved } from '../../../src/domain/incident/savedDiff.ts';

test('the lines that a save took out and put in, and where', () => {
  const before = 'services:\n  redis:\n    image: redis:6\n    mem_limit: 64m\n';
  const after = 'services:\n  redis:\n    image: redis:7\n    mem_limit: 64m\n    restart: always\n';
  assert.deepEqual(diffSaved('compose.yml', before, after), {
    line: 3,
    diff: '-     image: redis:6\n+     image: redis:7\n+     restart: always',
  });
});

test('a save without a change has no diff', () => {
  assert.equal(diffSaved('compose.yml', 'a\n', 'a\n'), undefined);
});

test('of a file of variables only the names are kept', () => {
  const found = diffSaved('app/.env.local', 'A=1\nB=2\n', 'A=1\nexport B=hunter2\n# OLD=hunter3\nstray\n');
  assert.equal(found?.diff, '- B=…\n+ export B=…\n+ # OLD=…\n+ …');
});

test('no value of a variable is ever in the diff', () => {
  const line = fc
    .tuple(fc.constantFrom('A', 'B_C', 'export D'), fc.nat(9))
    .map(([name, n]) => `${name}=secret${n}`);
  const text = fc.array(line, { maxLength: 8 }).map(lines => lines.join('\n'));
  fc.assert(
    fc.property(
      text,
      text,
      (before, after) => !(diffSaved('.env', before, after)?.diff ?? '').includes('secret'),
    ),
  );
});

test('a long change says how much is left out', () => {
  const after = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
  const lines = diffSaved('a.conf', '', after)?.diff.split('\n') ?? [];
  assert.equal(lines.length, 41);
  assert.equal(lines.at(-1), '… 61 more lines');
});
