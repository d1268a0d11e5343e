import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Cockpit } from '../../src/extension/handlers.ts';
import { declareHere, incidentOf, openCockpit, probe } from './cockpitAccess.ts';
import { after, eventually, test } from './harness.ts';

let cockpit: Cockpit;
let id = '';

const run = (name: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`watchkeeper.${name}`, ...args);

async function rows(parent?: string): Promise<readonly string[]> {
  return (await cockpit.incidents.tree.getChildren(parent)) ?? [];
}

test('a drill is marked in the tree, the review and the brief', async () => {
  cockpit = await openCockpit();
  id = (await declareHere(cockpit, 'Practice: redis gone', true)).id;
  const [row] = await rows();
  assert.match(String(cockpit.incidents.tree.getTreeItem(row ?? '').label), /^\[DRILL\] /);
  await run('generateReview', id);
  const review = vscode.window.activeTextEditor?.document.getText() ?? '';
  assert.match(review, /^# .*\[DRILL\] Practice: redis gone/);
  await run('handoverBrief', id);
  const brief = await eventually(() =>
    vscode.workspace.textDocuments.find(
      ({ isUntitled, getText }) => isUntitled && getText().startsWith('# [DRILL] Practice'),
    ),
  );
  assert.match(brief.getText(), /## Services now/);
});

test('a resolved incident stays in the tree until it is closed, and can be reopened from there', async () => {
  const { actions, desk } = cockpit.incidents;
  await probe(cockpit, id, 'up', 'PONG');
  await actions.resolve(id);
  assert.ok(incidentOf(cockpit, id).milestones.some(({ name }) => name === 'resolved'));
  assert.deepEqual(desk.open(), []);
  assert.deepEqual(await rows(), [`incident:${id}`]);
  await run('reopenIncident', `incident:${id}`);
  assert.equal(incidentOf(cockpit, id).status, 'investigating');
  assert.ok(!incidentOf(cockpit, id).milestones.some(({ name }) => name === 'resolved'));
  assert.equal(desk.current()?.id, id);
});

test('two incidents at once: the tree shows both, and commands mean the chosen one', async () => {
  const other = await declareHere(cockpit, 'Postgres slow');
  assert.equal(cockpit.incidents.desk.current()?.id, other.id);
  assert.deepEqual([...(await rows())].sort(), [`incident:${id}`, `incident:${other.id}`].sort());
  await run('switchIncident', `incident:${id}`);
  await run('addNote', 'H: the cable');
  assert.equal(incidentOf(cockpit, id).hypotheses.at(-1)?.text, 'the cable');
  assert.equal(incidentOf(cockpit, other.id).hypotheses.length, 0);
  await cockpit.incidents.actions.cancel(other.id, 'a false alarm');
  assert.deepEqual(await rows(), [`incident:${id}`]);
});

test('a replay opens the timeline of the incident', async () => {
  await run('replayIncident', `incident:${id}`);
  await eventually(() => {
    const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs.map(({ label }) => label));
    assert.ok(tabs.includes(`Timeline: ${id}`), tabs.join());
    return true;
  });
});

test('closing takes it out of the tree; its review is still to be had', async () => {
  await cockpit.incidents.actions.resolve(id);
  await run('closeIncident', `incident:${id}`);
  assert.equal(incidentOf(cockpit, id).status, 'closed');
  assert.deepEqual(await rows(), []);
  assert.equal(await cockpit.incidents.generateReview(id), incidentOf(cockpit, id).review?.path);
});

after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors') as Promise<void>);
