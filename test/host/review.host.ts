import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import type { Cockpit } from '../../src/extension/handlers.ts';
import { declareHere, incidentOf, openCockpit, probe, workspaceFile } from './cockpitAccess.ts';
import { after, eventually, test } from './harness.ts';

let cockpit: Cockpit;
let id = '';
let downId = '';

const run = (name: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`watchkeeper.${name}`, ...args);
const path = () => incidentOf(cockpit, id).review?.path ?? assert.fail('no review');
const disk = () => fs.readFileSync(workspaceFile(path()), 'utf8');

async function review(): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(workspaceFile(path()));
}

async function replace(from: string, to: string): Promise<vscode.TextDocument> {
  const document = await review();
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0, `${from} is not in\n${document.getText()}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)),
    to,
  );
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document;
}

async function lenses(): Promise<readonly vscode.Command[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    (await review()).uri,
  );
  return found.flatMap(({ command }) => command ?? []);
}

const lensOf = async (name: string) =>
  (await lenses()).find(({ command }) => command === `watchkeeper.${name}`);

test('a review is generated from the journal, the picture of the impact beside it', async () => {
  cockpit = await openCockpit();
  const incident = await declareHere(cockpit, 'Redis refuses connections');
  id = incident.id;
  downId =
    incidentOf(cockpit, id).entries.find(({ kind }) => kind === 'health')?.id ?? assert.fail('no entry');
  await cockpit.incidents.actions.addActionItem(id, { text: 'Give redis more memory', owner: 'Kim' });
  await run('generateReview', id);
  assert.match(disk(), /redis went down/);
  assert.match(fs.readFileSync(workspaceFile(path().replace('.md', '.svg')), 'utf8'), /^<svg /);
  assert.deepEqual(await lenses(), []);
});

test('regenerating is one step: one undo takes it back, and the next run brings it again without a question', async () => {
  const before = disk();
  await probe(cockpit, id, 'up', 'PONG');
  await run('generateReview', id);
  const regenerated = disk();
  assert.match(regenerated, /redis went up/);
  await vscode.window.showTextDocument(await review());
  await vscode.commands.executeCommand('undo');
  assert.equal((await review()).getText(), before);
  await (await review()).save();
  await run('generateReview', id);
  assert.equal(withoutDuration(disk()), withoutDuration(regenerated));
  assert.deepEqual(await lenses(), []);
});

test('what is typed and not saved is still there and still not saved after regenerating', async () => {
  const document = await replace('redis went up', 'redis went up (I watched it)');
  assert.equal(document.isDirty, true);
  const saved = disk();
  await probe(cockpit, id, 'down', 'refused once more');
  await run('generateReview', id);
  assert.match(document.getText(), /I watched it/);
  assert.match(document.getText(), /refused once more/);
  assert.equal(document.isDirty, true);
  assert.equal(disk(), saved);
  await document.save();
});

test("an edited row is offered as a correction, and becomes the journal's word", async () => {
  await replace('redis went down', 'redis dropped all clients');
  const lens = await eventually(() => lensFor('recordReviewEdit', downId));
  await run('recordReviewEdit', lens.arguments?.[0]);
  const entry = incidentOf(cockpit, id).entries.find(one => one.id === downId);
  assert.match(entry?.event ?? '', /redis dropped all clients/);
  assert.equal(entry?.isEdited, true);
  assert.equal(await lensFor('recordReviewEdit', downId), undefined);
});

test('a ticked action item is recorded in the incident', async () => {
  await replace('- [ ] ', '- [x] ');
  const lens = await eventually(() => lensFor('recordReviewEdit', 'ai:'));
  await run('recordReviewEdit', lens.arguments?.[0]);
  assert.equal(incidentOf(cockpit, id).actionItems[0]?.isDone, true);
});

test('where the facts change under a person’s words they are proposed, compared, and taken', async () => {
  await run('generateReview', id);
  await replace('redis dropped all clients', 'redis dropped all clients at once');
  await (await review()).save();
  await cockpit.incidents.actions.correctEntry(id, downId, { event: 'redis was killed by the kernel' });
  await run('generateReview', id);
  assert.match(disk(), /redis dropped all clients at once/);
  assert.ok(!disk().includes('killed by the kernel'));
  const take = await eventually(() => lensOf('takeReviewFact'));
  assert.match(take.title, /killed by the kernel/);
  assert.ok(await lensOf('keepReviewText'));
  assert.ok(await lensOf('showReviewEvent'));
  await run('compareReview', take.arguments?.[0]);
  const proposed = await eventually(() =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'watchkeeper-proposed'),
  );
  assert.match(proposed.getText(), /killed by the kernel/);
  await run('takeReviewFact', take.arguments?.[0]);
  const document = await review();
  assert.match(document.getText(), /killed by the kernel/);
  assert.ok(!document.getText().includes('at once'));
  assert.equal(await lensOf('takeReviewFact'), undefined);
  await document.save();
});

test('a person who keeps their words is not asked about the same fact again', async () => {
  await replace('redis was killed by the kernel', 'redis was killed by the kernel, I believe');
  await (await review()).save();
  await cockpit.incidents.actions.correctEntry(id, downId, { event: 'redis was killed by the OOM killer' });
  await run('generateReview', id);
  const keep = await eventually(() => lensOf('keepReviewText'));
  await run('keepReviewText', keep.arguments?.[0]);
  assert.equal(await lensOf('keepReviewText'), undefined);
  await run('generateReview', id);
  assert.equal(await lensOf('keepReviewText'), undefined);
  assert.match(disk(), /I believe/);
});

test('a file with unresolved merge conflicts is left alone, and the sentence says why', async () => {
  const document = await replace(
    '# Post-Incident',
    '<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n# Post-Incident',
  );
  const text = document.getText();
  void run('generateReview', id);
  await new Promise(resolve => setTimeout(resolve, 1000));
  assert.equal(document.getText(), text);
  await vscode.commands.executeCommand('notifications.clearAll');
  await assert.rejects(cockpit.incidents.generateReview(id), /unresolved merge conflicts/);
});

/** An incident that goes on gets longer with every run. */
function withoutDuration(text: string): string {
  return text.replace(/^.*so far.*$/m, '');
}

async function lensFor(name: string, part: string): Promise<vscode.Command | undefined> {
  return (await lenses()).find(
    ({ command, arguments: args }) => command === `watchkeeper.${name}` && String(args?.[0]).includes(part),
  );
}

after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors') as Promise<void>);
