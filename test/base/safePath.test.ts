import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { toInnerPath } from '../../src/base/safePath.ts';

test('paths that stay inside are worked out, all others are refused', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['docs/a.md', 'docs/a.md'],
    ['./docs/../watchkeeper.yaml', 'watchkeeper.yaml'],
    ['a/b/../../c', 'c'],
    ['...', '...'],
    ['', ''],
    ['..', undefined],
    ['../x.yaml', undefined],
    ['a/../../x', undefined],
    ['a\\..\\..\\x', undefined],
    ['/etc/passwd', undefined],
    ['C:/Windows/x', undefined],
    ['\\\\server\\share\\x', undefined],
    ['~/.ssh/config', undefined],
    ['a\0b', undefined],
  ];
  for (const [given, wanted] of rows) assert.equal(toInnerPath(given), wanted, given);
});

test('whatever is let through lies under the folder', () => {
  const part = fc.constantFrom('..', '.', 'a', 'b.md', '', '/', '\\', '~', 'C:', '...');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), parts => {
      const inner = toInnerPath(parts.join('/'));
      if (inner === undefined) return;
      const whole = path.resolve('/w', inner);
      assert.ok(whole === '/w' || whole.startsWith('/w/'), inner);
    }),
  );
});
