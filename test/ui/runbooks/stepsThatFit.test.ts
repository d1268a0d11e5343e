import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { allSteps, stepsThatFit } from '../../../src/ui/runbooks/stepLookup.ts';

const book = parseRunbook(
  'a.md',
  `# Shop

## Redis is down
\`\`\`sh
redis-cli ping
docker restart redis
\`\`\`

## Database
\`\`\`sh
pg_isready
\`\`\`

### Too many connections
\`\`\`sh
psql -c 'select count(*) from pg_stat_activity'
\`\`\`
`,
);

const idOf = (title: string) => {
  const all = book.sections
    .flatMap(section => [section, ...section.sections])
    .flatMap(one => [one, ...one.sections]);
  return all.find(section => section.title === title)?.id ?? assert.fail(title);
};

const match = (title: string, score: number) => ({ sectionId: idOf(title), title, line: 1, score, hits: [] });
const commands = (...matches: ReturnType<typeof match>[]) =>
  stepsThatFit(allSteps([book]), () => matches).map(({ step }) => step.command.split(' ')[0]);

test('steps of the likeliest section come first, those of sections within it too, each once', () => {
  assert.deepEqual(commands(match('Redis is down', 0.4), match('Database', 0.9)), [
    'pg_isready',
    'psql',
    'redis-cli',
    'docker',
  ]);
  assert.deepEqual(commands(match('Database', 0.9), match('Too many connections', 0.8)), [
    'pg_isready',
    'psql',
  ]);
});

test('where nothing fits, no step does', () => {
  assert.deepEqual(commands(), []);
  assert.deepEqual(commands({ ...match('Database', 1), sectionId: 'gone' }), []);
});
