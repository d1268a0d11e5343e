import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consentFor, consentWord } from '../../../src/domain/runbook/consent.ts';
import type { CommandStep, Risk } from '../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { readSeed } from './seeds.ts';

const calm = { isStrict: false, isConfirmedInIncident: false };

const levels: readonly [Risk, string, boolean, boolean, string][] = [
  ['read', 'docker ps', false, false, 'gesture'],
  ['read', 'docker ps', true, false, 'gesture'],
  ['unknown', './fix.sh', false, false, 'confirm'],
  ['unknown', './fix.sh', false, true, 'confirm'],
  ['change', 'docker-compose restart web', false, false, 'confirm'],
  ['change', 'docker-compose restart web', false, true, 'gesture'],
  ['change', 'docker-compose restart web', true, true, 'confirm'],
  ['change', 'docker-compose up -d', false, true, 'confirm'],
  ['destroy', 'redis-cli FLUSHALL', false, true, 'typed'],
  ['destroy', 'redis-cli FLUSHALL', true, false, 'typed'],
];

for (const [risk, command, isStrict, isConfirmedInIncident, level] of levels) {
  test(`${command} (${risk}${isStrict ? ', strict' : ''}${isConfirmedInIncident ? ', confirmed' : ''}) takes a ${level}`, () => {
    assert.equal(consentFor({ risk, command }, { isStrict, isConfirmedInIncident }), level);
  });
}

test('the word to type is the verb of what is destroyed', () => {
  const words: readonly [string, string][] = [
    ['redis-cli FLUSHALL', 'flushall'],
    ['docker-compose down -v', 'down'],
    ['docker system prune -f', 'prune'],
    ['rm -rf /tmp/x', 'rm'],
    ['psql -c "DROP TABLE x"', 'drop'],
    ['mkfs.ext4 /dev/sdb', 'destroy'],
  ];
  for (const [command, word] of words) assert.equal(consentWord(command), word, command);
});

test('every step of the seed runbooks that destroys asks for a word that is typed, whatever was confirmed before', t => {
  const steps = (['service-down', 'incident-response'] as const).flatMap(name => {
    const text = readSeed(name);
    return text === undefined
      ? []
      : parseRunbook(`${name}.md`, text).steps.filter((step): step is CommandStep => step.kind === 'command');
  });
  if (steps.length === 0) return t.skip('../shared/seeds is absent');
  const destroying = steps.filter(({ risk }) => risk === 'destroy');
  assert.ok(destroying.length >= 3, `${destroying.length} steps destroy`);
  for (const step of destroying) {
    for (const context of [
      calm,
      { isStrict: true, isConfirmedInIncident: true },
      { ...calm, isConfirmedInIncident: true },
    ]) {
      assert.equal(consentFor(step, context), 'typed', step.command);
    }
    assert.ok(consentWord(step.command).length >= 2);
  }
  for (const step of steps.filter(({ risk }) => risk === 'change' || risk === 'unknown'))
    assert.equal(consentFor(step, calm), 'confirm', step.command);
});
