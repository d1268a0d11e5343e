import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionsAt, hoverAt, referenceAt } from '../../../src/domain/config/schemaHelp.ts';

/** The text up to the cursor `|`, with what stands behind it. */
function at(marked: string): [text: string, line: number, column: number] {
  const before = marked.split('|', 1)[0] ?? '';
  const lines = before.split('\n');
  return [marked.replace('|', ''), lines.length - 1, lines.at(-1)?.length ?? 0];
}

const labels = (marked: string) => completionsAt(...at(marked)).map(help => help.label);

const table: readonly (readonly [
  name: string,
  marked: string,
  some: readonly string[],
  none: readonly string[],
])[] = [
  ['the top', '|', ['services', 'environments', 'incident'], ['probes']],
  ['half a word', 'ser|', ['services'], ['http']],
  ['keys of a service', 'services:\n  redis:\n    |', ['probes', 'dependsOn'], ['http']],
  ['a new probe', 'services:\n  redis:\n    probes:\n      - |', ['http', 'redis', 'every'], ['dependsOn']],
  [
    'keys of a probe',
    'services:\n  a:\n    probes:\n      - http: http://h/\n        |',
    ['status', 'when', 'every'],
    ['probes', 'http', 'tcp', 'namespace'],
  ],
  ['back at a service', 'services:\n  a:\n    probes:\n      - tcp: h:1\n    |', ['runbooks'], ['status']],
  [
    'a second key at the top',
    'services:\n  a: {}\n|\nincident:\n  roles: []\n',
    ['environments'],
    ['services', 'incident'],
  ],
  [
    'the second probe of a list',
    'services:\n  a:\n    probes:\n      - tcp: h:1\n      - |\n',
    ['http', 'tcp'],
    ['probes'],
  ],
  ['words of a key', 'environments:\n  prod:\n    consent: |', ['normal', 'strict'], ['services']],
  ['a switch', 'discovery:\n  compose: t|', ['true', 'false'], []],
  [
    'nested settings',
    'environments:\n  prod:\n    kubernetes:\n      |',
    ['context', 'namespace'],
    ['docker'],
  ],
];

for (const [name, marked, some, none] of table)
  test(`what may be typed: ${name}`, () => {
    const found = labels(marked);
    for (const label of some) assert.ok(found.includes(label), `${label} in ${found}`);
    for (const label of none) assert.ok(!found.includes(label), `${label} not in ${found}`);
    assert.equal(new Set(found).size, found.length);
  });

test('nothing is offered for names of the own choice and within texts', () => {
  assert.deepEqual(labels('services:\n  |'), []);
  assert.deepEqual(labels('services:\n  a:\n    title: some text |'), []);
});

test('a key says what is written behind it, and a list that names known things says of which kind', () => {
  const holds = (marked: string, label: string) =>
    completionsAt(...at(marked)).find(help => help.label === label)?.holds;
  assert.equal(holds('|', 'services'), 'mapping');
  assert.equal(holds('services:\n  a:\n    |', 'dependsOn'), 'list');
  assert.equal(holds('services:\n  a:\n    |', 'title'), 'value');
  const kinds: readonly (readonly [marked: string, kind: string | undefined])[] = [
    ['services:\n  a:\n    dependsOn: [re|', 'service'],
    ['services:\n  a:\n    dependsOn: [redis, |', 'service'],
    ['services:\n  a:\n    dependsOn:\n      - |', 'service'],
    ['services:\n  a:\n    runbooks: [docs/|', 'runbook'],
    ['services:\n  a:\n    dependsOn: [redis] |', undefined],
    ['services:\n  a:\n    title: re|', undefined],
    ['services:\n  a:\n    probes:\n      - |', undefined],
  ];
  for (const [marked, kind] of kinds) assert.equal(referenceAt(...at(marked)), kind, marked);
});

test('a key under the pointer is explained, anything else is not', () => {
  const text = 'services:\n  a:\n    probes:\n      - http: http://h/\n        when: [status == 200]\n';
  assert.match(hoverAt(text, 4, 10)?.detail ?? '', /Conditions that must hold/);
  assert.match(hoverAt(text, 3, 9)?.detail ?? '', /URL that is asked for/);
  assert.match(hoverAt(text, 0, 2)?.detail ?? '', /What is watched/);
  assert.equal(hoverAt(text, 4, 20), undefined);
  assert.equal(hoverAt(text, 1, 2), undefined);
});
