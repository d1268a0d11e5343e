import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunbookChecks } from '../../../src/app/runbooks/runbookChecks.ts';
import { Emitter } from '../../../src/base/emitter.ts';
import type { Problem } from '../../../src/base/source.ts';
import { lintRunbook } from '../../../src/domain/runbook/lint.ts';
import type { Runbook } from '../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';

function setUp() {
  const texts = new Map<string, { text: string; runbook: Runbook }>();
  const changes = new Emitter<string>();
  const clock = new FakeClock();
  const linted: string[] = [];
  const present = new Set(['docs/there.md']);
  const programs = new Set(['ls', 'curl']);
  const checks = new RunbookChecks({
    index: {
      runbooks: () => [...texts.values()].map(({ runbook }) => runbook),
      get: file => texts.get(file)?.runbook,
      textOf: file => texts.get(file)?.text,
      onDidChange: changes.event,
    },
    lint: (runbook, text, facts) => {
      if (facts.hasTool) linted.push(runbook.file);
      return lintRunbook(runbook, text, facts);
    },
    exists: async path => present.has(path),
    tools: async () => program => programs.has(program),
    clock,
  });
  const shown = new Map<string, readonly Problem[]>();
  let tellings = 0;
  checks.onDidCheck(({ file, problems }) => {
    tellings++;
    shown.set(file, problems);
  });
  const set = async (file: string, text: string | undefined) => {
    if (text === undefined) texts.delete(file);
    else texts.set(file, { text, runbook: parseRunbook(file, text) });
    changes.fire(file);
    await clock.advance(1000);
  };
  const codes = (file: string) => (shown.get(file) ?? []).map(({ code, line }) => `${line} ${code}`);
  return { checks, clock, set, codes, linted, present, shown, tellings: () => tellings };
}

const links = '# A\n\n[one](there.md)\n[two](gone.md)\n\n```sh\nls -l\nkubectl get pods\n```\n';

test('links and programs that are not here are found at their lines', async () => {
  const { set, codes } = setUp();
  await set('docs/a.md', links);
  assert.deepEqual(codes('docs/a.md'), ['4 broken-link', '8 unknown-tool']);
});

test('an edit looks at that file only, and a mended file has no problem left', async () => {
  const { set, codes, linted } = setUp();
  await set('docs/a.md', links);
  await set('docs/b.md', links);
  linted.length = 0;
  await set('docs/a.md', '# A\n\n```sh\nls -l\n```\n');
  assert.deepEqual(linted, ['docs/a.md']);
  assert.deepEqual(codes('docs/a.md'), []);
  assert.equal(codes('docs/b.md').length, 2);
});

test('a file that went takes its problems with it, and equal problems are told once', async () => {
  const { set, codes, tellings } = setUp();
  await set('docs/a.md', links);
  await set('docs/a.md', `${links}\nmore\n`);
  assert.equal(tellings(), 1);
  await set('docs/a.md', undefined);
  assert.deepEqual(codes('docs/a.md'), []);
  assert.equal(tellings(), 2);
});

test('a file that appears mends the link to it at the next look at everything', async () => {
  const { set, codes, present, checks, clock } = setUp();
  await set('docs/a.md', links);
  present.add('docs/gone.md');
  checks.recheckAll();
  await clock.advance(1000);
  assert.deepEqual(codes('docs/a.md'), ['8 unknown-tool']);
});

test('what an incident would miss is told too, a contact that is not set once', async () => {
  const { set, codes } = setUp();
  await set(
    'docs/a.md',
    '# A\n\n## Contacts\n\n- **Primary On-Call**: {Name} ({Phone})\n\n## Severity Levels\n\n| Level | Definition |\n|---|---|\n| SEV-1 | >50% of users |\n| SEV-2 | <50% of users |\n',
  );
  assert.deepEqual(codes('docs/a.md'), ['5 unset-contact', '12 severity-gap']);
});
