import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAnsi, plainText } from '../../../src/domain/logs/ansi.ts';
import { compileFilter, noFilter } from '../../../src/domain/logs/filter.ts';
import { compileMatcher, literalPattern } from '../../../src/domain/logs/matcher.ts';
import { PatternCounts, patternKey } from '../../../src/domain/logs/patterns.ts';

const esc = '\x1b';

test('colours become spans and the text keeps every other character', () => {
  assert.deepEqual(parseAnsi(`a${esc}[1;31mred${esc}[39mbold${esc}[0m z`), {
    text: 'aredbold z',
    spans: [
      { start: 1, end: 4, style: { isBold: true, foreground: 1 } },
      { start: 4, end: 8, style: { isBold: true } },
    ],
  });
  assert.deepEqual(parseAnsi(`${esc}[38;5;196mx${esc}[48;2;1;2;3my`).spans, [
    { start: 0, end: 1, style: { foreground: 'rgb(255, 0, 0)' } },
    { start: 1, end: 2, style: { foreground: 'rgb(255, 0, 0)', background: 'rgb(1, 2, 3)' } },
  ]);
});

test('titles, clipboard, links, cursor moves and broken escapes leave only the words that are shown', () => {
  const attacks: readonly (readonly [string, string])[] = [
    [`${esc}]0;owned\x07text`, 'text'],
    [`${esc}]52;c;ZXZpbA==${esc}\\text`, 'text'],
    [`${esc}]8;;https://evil.example${esc}\\link${esc}]8;;${esc}\\`, 'link'],
    [`${esc}[2J${esc}[10;10Htext${esc}[?25l`, 'text'],
    [`${esc}P1$r${esc}\\text`, 'text'],
    [`${esc}(Btext${esc}c`, 'text'],
    [`a${esc}`, 'a'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ];
  for (const [text, wanted] of attacks) assert.equal(plainText(text), wanted, JSON.stringify(text));
});

test('spans cover the plain text in order and no escape byte survives', () => {
  const parts = fc.constantFrom(
    esc,
    '[',
    '31',
    ';',
    'm',
    '0m',
    'text',
    ']8;;',
    '\x07',
    '38;5',
    '2;1;2;3',
    'H',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), made => {
      const parsed = parseAnsi(made.join(''));
      assert.equal(parsed.text, plainText(made.join('')));
      assert.equal(parsed.text.includes(esc), false);
      let at = 0;
      for (const span of parsed.spans) {
        assert.ok(span.start >= at && span.end > span.start && span.end <= parsed.text.length);
        at = span.end;
      }
    }),
  );
});

test('case matters once a capital is typed', () => {
  const matches = (pattern: string, text: string) => {
    const compiled = compileMatcher(pattern);
    assert.ok(compiled.ok);
    return compiled.value.test(text);
  };
  assert.equal(matches('error', 'ERROR'), true);
  assert.equal(matches('Error', 'ERROR'), false);
  assert.equal(matches('err|fatal', 'FATAL x'), true);
  assert.equal(matches('time[- ]?out', 'Timeout'), true);
  assert.equal(matches('Time[- ]?out', 'timeout'), false);
  assert.equal(matches('\\d+ms$', 'took 5ms'), true);
});

test('the pattern that freezes other engines answers at once', () => {
  const evil = compileMatcher('^(a+)+$');
  assert.ok(evil.ok);
  const startedMs = performance.now();
  assert.equal(evil.value.test(`${'a'.repeat(50_000)}!`), false);
  assert.ok(performance.now() - startedMs < 10_000);
});

test('ranges of matches lie where the text has them', () => {
  for (const pattern of ['an', '(an)']) {
    const compiled = compileMatcher(pattern);
    assert.ok(compiled.ok);
    assert.deepEqual(compiled.value.ranges('✓ banana'), [
      [3, 5],
      [5, 7],
    ]);
    assert.deepEqual(compiled.value.ranges('banana', 1), [[1, 3]]);
  }
  const empty = compileMatcher('x*');
  assert.ok(empty.ok);
  assert.deepEqual(empty.value.ranges('axxb'), [[1, 3]]);
});

test('any text can be searched for literally', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (needle, around) => {
      const compiled = compileMatcher(literalPattern(needle));
      assert.ok(compiled.ok);
      assert.equal(compiled.value.test(around + needle + around), true);
    }),
  );
});

test('a filter tells which box holds the mistake, and sees text as it is shown', () => {
  assert.deepEqual(compileFilter({ ...noFilter, exclude: '(' }).ok, false);
  const broken = compileFilter({ ...noFilter, exclude: '(' });
  assert.match(broken.ok ? '' : broken.error, /^exclude: /);
  const filter = compileFilter({ ...noFilter, include: 'red fish', exclude: 'blue' });
  assert.ok(filter.ok);
  assert.equal(filter.value.hasText(`${esc}[31mred${esc}[0m fish`), true);
  assert.equal(filter.value.hasText('red fish blue fish'), false);
});

test('lines that differ in numbers, ids and addresses have one pattern', () => {
  const same = [
    ['user 17 timed out after 5001 ms', 'user 9 timed out after 2 ms'],
    ['id 3f2504e0-4f89-41d3-9a0c-0305e82c3301 gone', 'id aaaaaaaa-4f89-41d3-9a0c-0305e82c3301 gone'],
    ['conn 10.0.0.1:5432 refused', 'conn 10.9.8.7:6379 refused'],
    ['2026-11-21T10:00:00Z at 0xdeadbeef', '2026-11-22T11:30:12Z at 0x1'],
  ] as const;
  for (const [a, b] of same) assert.equal(patternKey(a), patternKey(b));
  assert.notEqual(patternKey('connection refused'), patternKey('connection reset'));
  assert.equal(patternKey('utf8 in E11000'), 'utf8 in E11000');
});

test('counts remember the first time and forget the pattern that was silent for longest', () => {
  const counts = new PatternCounts(2);
  counts.add('a', 1);
  counts.add('b', 2);
  assert.deepEqual({ ...counts.add('a', 3) }, { key: 'a', count: 2, firstMs: 1, lastMs: 3 });
  counts.add('c', 4);
  assert.equal(counts.get('b'), undefined);
  assert.deepEqual(
    counts.top(1).map(entry => entry.key),
    ['a'],
  );
});
