import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { DEFAULT_RUNBOOK_GLOBS, isRunbookPath } from '../../../src/domain/runbook/paths.ts';

test('runbooks are found by folder and by name, and not among dependencies', () => {
  const wanted = [
    'runbooks/a.md',
    'ops/Runbooks/db/b.md',
    'docs/playbooks/x.md',
    'docs/incidents/a.md',
    'docs/incident-response.md',
    'db-RUNBOOK-2.md',
  ];
  const unwanted = [
    'README.md',
    'docs/guide.md',
    'node_modules/x/runbooks/a.md',
    'runbooks/a.txt',
    'myrunbooks/a.md',
    'vendor/runbook.md',
  ];
  assert.deepEqual(
    wanted.filter(path => !isRunbookPath(path)),
    [],
  );
  assert.deepEqual(unwanted.filter(isRunbookPath), []);
});

test("the setting's default is what this file says", () => {
  const manifest = JSON.parse(
    fs.readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  ) as Manifest;
  const { properties } = manifest.contributes.configuration;
  assert.deepEqual(properties['watchkeeper.runbooks']?.default, DEFAULT_RUNBOOK_GLOBS);
});

interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default?: unknown }>>;
    };
  };
}
