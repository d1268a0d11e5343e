import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceCatalog } from '../../src/app/serviceCatalog.ts';
import { Emitter } from '../../src/base/emitter.ts';
import { parsers } from '../../src/domain/parsers.ts';
import { FakeClock } from '../fakes/fakeClock.ts';

/** A catalog over files in memory; reading one of them can be made to fail. */
function scene(files: Record<string, string>) {
  const clock = new FakeClock();
  const changed = new Emitter<string>();
  const errors: unknown[] = [];
  const state = { isBroken: false, reads: 0 };
  const catalog = new ServiceCatalog({
    files: {
      find: async () => Object.keys(files).filter(name => /compose/.test(name)),
      read: async name => {
        if (name === 'watchkeeper.yaml') state.reads++;
        if (state.isBroken) throw new Error('the disk is gone');
        return files[name];
      },
      isUnsaved: () => false,
      onDidChange: changed.event,
    },
    clock,
    configFile: () => 'watchkeeper.yaml',
    env: {},
    runbooks: () => [],
    containers: async () => [],
    read: parsers.readCatalog,
    includedFiles: parsers.includedFiles,
    namedComposeFiles: parsers.namedComposeFiles,
    folderName: 'shop',
    hidden: () => [],
    chosenEnvironment: () => undefined,
    onError: error => errors.push(error),
  });
  return { clock, changed, errors, state, catalog, files };
}

const config = (port: number) => `services:\n  web:\n    probes:\n      - tcp: localhost:${port}\n`;

test('files that change in quick succession are read once, when they have settled', async () => {
  const { clock, changed, state, catalog, files } = scene({ 'watchkeeper.yaml': config(1) });
  await catalog.reload();
  assert.deepEqual(
    catalog.services.map(({ id }) => id),
    ['web'],
  );
  files['watchkeeper.yaml'] = config(2);
  for (let i = 0; i < 5; i++) changed.fire('watchkeeper.yaml');
  await clock.advance(1_000);
  assert.equal(state.reads, 2);
  const [probe] = catalog.services[0]?.probes ?? [];
  assert.equal(probe?.spec.kind === 'tcp' && probe.spec.port, 2);
});

test('a reading that nobody waits for and that fails is reported, and what was there stays', async () => {
  const { clock, changed, errors, state, catalog } = scene({ 'watchkeeper.yaml': config(1) });
  await catalog.reload();
  state.isBroken = true;
  changed.fire('watchkeeper.yaml');
  await clock.advance(1_000);
  assert.match(String(errors), /the disk is gone/);
  assert.equal(catalog.services.length, 1);
  await assert.rejects(catalog.reload(), /the disk is gone/, 'who waits is told');
  state.isBroken = false;
  await catalog.reload();
  assert.equal(catalog.services.length, 1);
});

test('after its end nothing is read and nobody is told, whatever still comes in', async () => {
  const { clock, state, catalog } = scene({ 'watchkeeper.yaml': config(1) });
  let told = 0;
  catalog.onDidChange(() => told++);
  const reading = catalog.reload();
  catalog.dispose();
  await reading;
  catalog.reloadSoon();
  assert.equal(clock.pendingTimers, 0);
  await clock.advance(1_000);
  assert.equal(told, 0);
  assert.equal(state.reads, 1);
});
