import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hideInConfig,
  promoteInConfig,
  type TextChange,
  unhideInConfig,
} from '../../../src/domain/config/configEdits.ts';
import { parseConfig } from '../../../src/domain/config/parse.ts';
import { service } from '../../app/monitorScene.ts';

function apply(text: string, change: TextChange | undefined): string {
  assert.ok(change, 'nothing was changed');
  return text.slice(0, change.start) + change.newText + text.slice(change.end);
}

const read = (text: string) => {
  const { config, problems } = parseConfig(text, 'watchkeeper.yaml');
  assert.deepEqual(problems, []);
  return config;
};

const texts = [
  '',
  '# ours\n',
  'services: {}\n',
  'services:\n',
  'services:\n  web:\n    probes:\n      - tcp: web:80 # the shop\n',
  'services:\n    web:\n        probes: [{ tcp: web:80 }]\n\n# how we talk\nincident:\n    roles: [Lead]\n',
  'services:\n  web: { title: Shop }',
  'discovery:\n  compose: false\n\nservices:\n  web: {}\n',
];

for (const [index, text] of texts.entries()) {
  test(`a discovered service is written into the configuration, the rest stays: ${index}`, () => {
    const found = service({ id: 'redis', dependsOn: [] });
    const after = apply(text, promoteInConfig(text, found));
    const config = read(after);
    assert.ok(config, after);
    assert.ok(
      config.services.some(({ id }) => id === 'redis'),
      after,
    );
    assert.equal(config.services.length, (read(text)?.services.length ?? 0) + 1, after);
    for (const line of text.split('\n')) if (!/^services/.test(line)) assert.ok(after.includes(line), line);
    assert.equal(promoteInConfig(after, found), undefined);
  });

  test(`a hidden service is added to what discovery leaves out: ${index}`, () => {
    const once = apply(text, hideInConfig(text, 'redis'));
    const twice = apply(once, hideInConfig(once, 'a-b_c.d'));
    assert.deepEqual(read(twice)?.discovery.hide, ['redis', 'a-b_c.d'], twice);
    assert.equal(hideInConfig(twice, 'redis'), undefined);
    const one = apply(twice, unhideInConfig(twice, 'redis'));
    assert.deepEqual(read(one)?.discovery.hide, ['a-b_c.d'], one);
    const shown = apply(one, unhideInConfig(one, 'a-b_c.d'));
    assert.deepEqual(read(shown)?.discovery.hide, [], shown);
    assert.equal(unhideInConfig(shown, 'redis'), undefined);
    for (const comment of text.match(/#.*/g) ?? []) assert.ok(twice.includes(comment), comment);
  });
}

const hidings: readonly (readonly [before: string, after: string])[] = [
  ['x-ours: [a.yml]\ndiscovery:\n  hide: [x]\n', 'x-ours: [a.yml]\ndiscovery:\n  hide: [x, web]\n'],
  [
    'discovery:\n  hide:\n    - x # why\n  compose: true\n',
    'discovery:\n  hide:\n    - x # why\n    - web\n  compose: true\n',
  ],
  ['discovery:\n    hide: []', 'discovery:\n    hide: [web]'],
  [
    'discovery:\n    # ours\n    compose: true\n',
    'discovery:\n    # ours\n    hide: [web]\n    compose: true\n',
  ],
  ['discovery: { compose: false }\n', 'discovery: { hide: [web], compose: false }\n'],
  ['discovery: {}\nx-mine: {a: 1}\n', 'discovery: { hide: [web] }\nx-mine: {a: 1}\n'],
  ['services: {web: {}}', 'services: {web: {}}\ndiscovery:\n  hide: [web]\n'],
];

for (const [before, after] of hidings)
  test(`hiding changes nothing else: ${JSON.stringify(before)}`, () => {
    assert.equal(apply(before, hideInConfig(before, 'web')), after);
    const shown = apply(after, unhideInConfig(after, 'web'));
    assert.ok(!read(shown)?.discovery.hide.includes('web'), shown);
    if (/hide:/.test(before)) assert.equal(shown, before);
  });

test('the first, the middle and the last of a list are taken out with their comma', () => {
  const text = 'discovery: { hide: [a, b, c] }';
  assert.equal(apply(text, unhideInConfig(text, 'a')), 'discovery: { hide: [b, c] }');
  assert.equal(apply(text, unhideInConfig(text, 'b')), 'discovery: { hide: [a, c] }');
  assert.equal(apply(text, unhideInConfig(text, 'c')), 'discovery: { hide: [a, b] }');
});

test('a text that is no YAML is left alone', () => {
  assert.equal(hideInConfig('services: [', 'x'), undefined);
  assert.equal(promoteInConfig('services: [', service({ id: 'x' })), undefined);
});
