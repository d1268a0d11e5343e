import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { type KnownValues, planUnattended } from '../../../src/domain/runbook/unattended.ts';
import { readSeed } from './seeds.ts';

const nothing: KnownValues = { hasHole: () => false, hasVariable: () => false };

function plan(commands: string, known = nothing) {
  const { steps, leftOut } = planUnattended(
    parseRunbook('a.md', `# A\n\n\`\`\`bash\n${commands}\n\`\`\`\n`),
    known,
  );
  return { run: steps.map(({ command }) => command), left: leftOut.map(({ reason }) => reason) };
}

test('what runs unattended reads, ends and needs nothing', () => {
  const cases: readonly [string, readonly string[], readonly string[]][] = [
    ['docker ps', ['docker ps'], []],
    ['docker restart web', [], []],
    ['docker-compose down -v', [], []],
    ['docker logs -f web', [], ['never ends by itself']],
    ['cd /srv', [], ['only changes the terminal it runs in']],
    ['kubectl logs <pod>', [], ['needs a value for <pod>']],
    ['curl -H "X: $API_KEY" http://localhost/health', [], ['needs a value for $API_KEY']],
    [
      'POD=$(kubectl get pods -o name)\nkubectl logs $POD',
      [],
      ['only changes the terminal it runs in', 'needs $POD, which an earlier step sets'],
    ],
  ];
  for (const [commands, run, left] of cases) assert.deepEqual(plan(commands), { run, left }, commands);
});

test('values that are known already need not be asked for', () => {
  const known = {
    hasHole: (hole: string) => hole === '<pod>',
    hasVariable: (name: string) => name === 'KEY',
  };
  assert.deepEqual(plan('kubectl logs <pod>\necho $KEY', known).left, []);
});

test('a section alone can be chosen', () => {
  const runbook = parseRunbook('a.md', '# A\n\n```sh\nls a\n```\n\n## B\n\n```sh\nls b\n```\n');
  const chosen = planUnattended(runbook, nothing, step => step.headingPath.at(-1) === 'B');
  assert.deepEqual(
    chosen.steps.map(({ command }) => command),
    ['ls b'],
  );
});

test('of the seed runbooks nothing that changes anything is ever planned', t => {
  for (const name of ['service-down', 'incident-response'] as const) {
    const text = readSeed(name);
    if (text === undefined) return t.skip('../shared/seeds is absent');
    const { steps, leftOut } = planUnattended(parseRunbook(name, text), nothing);
    assert.ok(steps.length > 5, `${name}: ${steps.length} steps`);
    assert.deepEqual(
      [...steps, ...leftOut.map(({ step }) => step)].filter(({ risk }) => risk !== 'read'),
      [],
    );
  }
});
