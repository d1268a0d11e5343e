import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Cockpit } from '../../src/extension/handlers.ts';
import { openCockpit, workspaceFile } from './cockpitAccess.ts';
import { after, eventually, test } from './harness.ts';

let cockpit: Cockpit;
let cachePort = 0;
const shop = { status: 200, asked: 0 };
const cache = http.createServer();
const server = http.createServer((_, response) => {
  shop.asked++;
  response.statusCode = shop.status;
  response.end('{}');
});
const noticed: string[] = [];
const notice = vscode.window.showWarningMessage;

const run = (name: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`watchkeeper.${name}`, ...args);
const rowOf = (id: string) => cockpit.services.tree.getTreeItem(id);
const textOf = (id: string) => `${rowOf(id).label}: ${rowOf(id).description}`;
const top = () => cockpit.services.tree.getChildren();
const ids = () => cockpit.services.catalog.services.map(({ id }) => id).sort();

test('services come from the configuration, the file it includes and discovery; ports from .env', async () => {
  const shopPort = await listen(server);
  cachePort = await listen(cache);
  fs.writeFileSync(workspaceFile('.env'), `SHOP_PORT=${shopPort}\nCACHE_PORT=${cachePort}\n`);
  Object.assign(vscode.window, {
    showWarningMessage: async (message: string) => void noticed.push(message),
  });
  cockpit = await openCockpit();
  await run('services.focus');
  await eventually(() => {
    assert.deepEqual(ids(), ['cache', 'queue', 'shop']);
    assert.match(textOf('service:shop'), /^The Shop: status 200/);
    assert.match(textOf('service:cache'), /^The Cache: /);
    assert.match(rowOf('service:queue').contextValue ?? '', /discovered/);
    return true;
  });
});

test('no engine is one calm row at the end that tells what was tried, and which Compose there is', async () => {
  await eventually(() => {
    assert.equal(top().at(-1), 'engine');
    const { value } = rowOf('engine').tooltip as vscode.MarkdownString;
    assert.match(value, /none\\\.sock \(DOCKER\\_HOST\)/);
    assert.match(value, /docker compose: .*docker\\-compose: /s);
    return true;
  });
});

test('completion and hover serve the configuration and what it includes, and leave other files alone', async () => {
  const at = async (file: string, line: number, column: number) => {
    const document = await vscode.workspace.openTextDocument(workspaceFile(...file.split('/')));
    const place = new vscode.Position(line, column);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      place,
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      place,
    );
    const ours = list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
    const texts = hovers.flatMap(({ contents }) =>
      contents.map(one => (typeof one === 'string' ? one : one.value)),
    );
    return { labels: ours.map(({ label }) => String(label)), hover: texts.join('\n') };
  };
  const service = await at('watchkeeper.yaml', 7, 4);
  assert.ok(service.labels.includes('runbooks') && !service.labels.includes('probes'), `${service.labels}`);
  assert.match((await at('watchkeeper.yaml', 8, 6)).hover, /Services that this one needs/);
  assert.deepEqual((await at('watchkeeper.yaml', 8, 16)).labels.sort(), ['cache', 'queue', 'shop']);
  assert.match((await at('ops/more.yml', 5, 5)).hover, /What is checked/);
  const other = await at('other.yaml', 1, 2);
  assert.deepEqual(other, { labels: [], hover: '' });
});

test('a mistake stands in the Problems panel at its place; the last good configuration stays in force', async () => {
  const file = workspaceFile('watchkeeper.yaml');
  const good = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, good.replace('    probes:', '    probs:'));
  const [problem] = await eventually(() => {
    const found = vscode.languages.getDiagnostics(vscode.Uri.file(file));
    return found.length > 0 ? found : undefined;
  });
  assert.match(problem?.message ?? '', /Unknown key "probs": did you mean "probes"/);
  assert.deepEqual([problem?.range.start.line, problem?.range.start.character], [9, 4]);
  assert.equal(top()[0], 'configuration');
  assert.equal(textOf('configuration'), 'watchkeeper.yaml: 1 mistake: the last good one is in force');
  assert.equal(cockpit.services.monitor.configured().find(({ id }) => id === 'shop')?.probes.length, 1);
  await run('openConfiguration', rowOf('configuration').command?.arguments?.[0]);
  assert.equal(vscode.window.activeTextEditor?.selection.active.line, 9);
  fs.writeFileSync(file, good);
  await eventually(() => (top().includes('configuration') ? undefined : true));
  await eventually(() =>
    vscode.languages.getDiagnostics(vscode.Uri.file(file)).length === 0 ? true : undefined,
  );
});

test('one notification for a cause, by its title and those of what it blocks; none once it is acknowledged', async () => {
  await run('probeNow');
  cache.close();
  cache.closeAllConnections();
  shop.status = 503;
  await eventually(() => (noticed.length > 0 ? true : undefined));
  assert.match(noticed[0] ?? '', /^The Cache is down: connection refused.*; blocked by it: The Shop$/);
  assert.match(textOf('service:shop'), /blocked by The Cache/);
  await run('acknowledgeService', 'service:cache');
  assert.match(textOf('service:cache'), /acknowledged/);
  assert.match(rowOf('service:cache').contextValue ?? '', /acknowledged/);
  await run('unacknowledgeService', 'service:cache');
  assert.doesNotMatch(textOf('service:cache'), /acknowledged/);
  await run('acknowledgeService', 'service:cache');
  shop.status = 200;
  await eventually(() => (/status 200/.test(textOf('service:shop')) ? true : undefined));
  assert.equal(noticed.length, 1);
  await listen(cache, cachePort);
  await eventually(() => (cockpit.services.monitor.service('cache')?.state === 'up' ? true : undefined));
});

test('maintenance raises nothing, is told with its end, and belongs to its environment', async () => {
  await answer(run('startMaintenance', 'service:shop'));
  assert.match(textOf('service:shop'), /maintenance until \d\d:\d\d/);
  shop.status = 500;
  await eventually(() => {
    const health = cockpit.services.monitor.service('shop');
    assert.equal(health?.state, 'down');
    return true;
  });
  assert.deepEqual(
    cockpit.services.monitor
      .alerts()
      .filter(({ serviceId, status }) => serviceId === 'shop' && status === 'firing'),
    [],
  );
  shop.status = 200;
  await run('selectEnvironment', 'prod');
  await eventually(() => (cockpit.services.environments.current().isStrict ? true : undefined));
  await eventually(() => (/connection refused/.test(textOf('service:cache')) ? true : undefined));
  assert.doesNotMatch(textOf('service:shop'), /maintenance/);
  await run('selectEnvironment', 'local');
  await eventually(() => (/maintenance/.test(textOf('service:shop')) ? true : undefined));
  await run('endMaintenance', 'service:shop');
  assert.doesNotMatch(textOf('service:shop'), /maintenance/);
});

test('filter, order, pause and a check at once', async () => {
  await run('filterServices');
  assert.ok(!top().includes('service:queue') || cockpit.services.monitor.service('queue')?.state !== 'up');
  await run('clearServicesFilter');
  await run('findServices', 'shop');
  assert.deepEqual(top(), ['service:shop', 'engine']);
  await run('clearServicesFilter');
  await run('sortServices');
  await eventually(() => {
    assert.deepEqual(top(), ['service:queue', 'service:cache', 'service:shop', 'engine']);
    return true;
  });
  await run('sortServices');
  assert.equal(vscode.workspace.getConfiguration('watchkeeper').get('services.sort'), 'worst');
  await run('pauseProbes');
  await new Promise(resolve => setTimeout(resolve, 300));
  const { asked } = shop;
  await new Promise(resolve => setTimeout(resolve, 2_500));
  assert.equal(shop.asked, asked);
  await run('probeNow', 'service:shop');
  assert.equal(shop.asked, asked + 1);
  await run('resumeProbes');
  await eventually(() => (shop.asked > asked + 2 ? true : undefined));
});

test('what discovery found is hidden, shown again and promoted in the configuration itself', async () => {
  const file = workspaceFile('watchkeeper.yaml');
  const before = fs.readFileSync(file, 'utf8');
  await run('hideService', 'service:queue');
  await eventually(() => (ids().includes('queue') ? undefined : true));
  assert.match(fs.readFileSync(file, 'utf8'), /hide:\s*(\[\s*queue\s*\]|\n\s*- queue)/);
  await answer(run('showHiddenServices'));
  await eventually(() => (ids().includes('queue') ? true : undefined));
  assert.doesNotMatch(fs.readFileSync(file, 'utf8'), /hide: .*queue/);
  await run('promoteService', 'service:queue');
  assert.match(fs.readFileSync(file, 'utf8'), /# from docker-compose\.yml, line 2\n {2}queue:/);
  await eventually(() => (/discovered/.test(rowOf('service:queue').contextValue ?? '') ? undefined : true));
  assert.ok(fs.readFileSync(file, 'utf8').startsWith(before.slice(0, before.indexOf('services:'))));
});

test('Create Configuration writes what was found, with the place of each thing', async () => {
  fs.rmSync(workspaceFile('watchkeeper.yaml'));
  await eventually(() => (ids().join() === 'queue' ? true : undefined));
  await run('createConfiguration');
  const text = fs.readFileSync(workspaceFile('watchkeeper.yaml'), 'utf8');
  assert.match(text, /# from docker-compose\.yml, line 2\n {2}queue:/);
  await eventually(() => {
    assert.equal(vscode.window.activeTextEditor?.document.getText(), text);
    return true;
  });
  await eventually(() => (/discovered/.test(rowOf('service:queue').contextValue ?? '') ? undefined : true));
});

after(async () => {
  Object.assign(vscode.window, { showWarningMessage: notice });
  server.close();
  server.closeAllConnections();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

function listen(one: http.Server, port = 0): Promise<number> {
  return new Promise(resolve => {
    one.listen(port, '127.0.0.1', () => resolve((one.address() as AddressInfo).port));
  });
}

/** Takes the first entry of the list that the command opens. */
async function answer(asked: Thenable<unknown>): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 700));
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  await asked;
}
