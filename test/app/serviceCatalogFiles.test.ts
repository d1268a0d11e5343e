import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceCatalog } from '../../src/app/serviceCatalog.ts';
import { Emitter } from '../../src/base/emitter.ts';
import { includedFiles, namedComposeFiles } from '../../src/domain/config/include.ts';
import { readCatalog } from '../../src/domain/config/readCatalog.ts';
import { FakeClock } from '../fakes/fakeClock.ts';

function open(texts: Record<string, string>) {
  const clock = new FakeClock();
  const changed = new Emitter<string>();
  const unsaved = new Set<string>();
  const state = { environment: undefined as string | undefined };
  const catalog = new ServiceCatalog({
    files: {
      find: async () => Object.keys(texts).filter(name => name.includes('compose')),
      read: async file => texts[file],
      isUnsaved: file => unsaved.has(file),
      onDidChange: changed.event,
    },
    clock,
    configFile: () => 'watchkeeper.yaml',
    env: {},
    runbooks: () => [],
    containers: async () => [],
    read: readCatalog,
    includedFiles,
    namedComposeFiles,
    folderName: 'shop',
    hidden: () => [],
    chosenEnvironment: () => state.environment,
    onError: error => assert.fail(String(error)),
  });
  const write = async (file: string, text: string | undefined) => {
    if (text === undefined) delete texts[file];
    else texts[file] = text;
    changed.fire(file);
    await clock.advance(1_000);
  };
  const ids = () => catalog.services.map(({ id }) => id).sort();
  return { catalog, write, ids, unsaved, state };
}

const good = 'services:\n  web:\n    probes: [{ tcp: web:80 }]\n';
const broken = 'services:\n  web:\n    probes: [{ tcp: web }]\n  more: {}\n';

test('a broken file leaves what was good last, with its problems, until it is mended', async () => {
  const { catalog, write, ids } = open({ 'watchkeeper.yaml': good });
  await catalog.reload();
  await write('watchkeeper.yaml', broken);
  assert.deepEqual(ids(), ['web']);
  assert.equal(catalog.services[0]?.probes.length, 1);
  assert.equal(catalog.current?.isBroken, true);
  assert.deepEqual(
    catalog.current?.problems.map(({ line, severity }) => [line, severity]),
    [[3, 'error']],
  );
  await write('watchkeeper.yaml', `${good}  more: {}\n`);
  assert.deepEqual(ids(), ['more', 'web']);
  assert.equal(catalog.current?.isBroken, false);
  assert.deepEqual(catalog.current?.problems, []);
});

test('the environment can be changed while the file is broken: probes follow what the status bar says', async () => {
  const text = `environments:\n  local: {}\n  prod: { aliases: { "web:80": "prod.example:80" } }\n${good}`;
  const { catalog, write, state } = open({ 'watchkeeper.yaml': text });
  await catalog.reload();
  await write('watchkeeper.yaml', `${text}nonsense: true\n`);
  state.environment = 'prod';
  await catalog.reload();
  assert.equal(catalog.environment?.name, 'prod');
  assert.match(JSON.stringify(catalog.services[0]?.probes[0]?.spec), /prod\.example/);
  assert.equal(catalog.current?.isBroken, true);
});

test('what is typed changes nothing before it is saved, but its mistakes are shown', async () => {
  const { catalog, write, ids, unsaved } = open({ 'watchkeeper.yaml': good });
  await catalog.reload();
  unsaved.add('watchkeeper.yaml');
  await write('watchkeeper.yaml', 'services:\n  other: {}\n');
  assert.deepEqual(ids(), ['web']);
  assert.equal(catalog.current?.isBroken, false);
  await write('watchkeeper.yaml', 'services:\n  other: { titel: x }\n');
  assert.match(catalog.current?.problems[0]?.message ?? '', /did you mean "title"/);
  assert.deepEqual(ids(), ['web']);
  unsaved.clear();
  await write('watchkeeper.yaml', 'services:\n  other: {}\n');
  assert.deepEqual(ids(), ['other']);
});

test('an included file is followed, also one that does not exist yet', async () => {
  const { catalog, write, ids } = open({ 'watchkeeper.yaml': `include: [ops/more.yaml]\n${good}` });
  await catalog.reload();
  assert.match(catalog.current?.problems[0]?.message ?? '', /ops\/more\.yaml cannot be read/);
  await write('ops/more.yaml', 'services:\n  cache: {}\n');
  assert.deepEqual(ids(), ['cache', 'web']);
  await write('ops/more.yaml', 'services:\n  cache: {}\n  queue: {}\n');
  assert.deepEqual(ids(), ['cache', 'queue', 'web']);
  assert.deepEqual(catalog.current?.configFiles, ['watchkeeper.yaml', 'ops/more.yaml']);
});
