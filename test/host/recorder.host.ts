import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { handoverBrief } from '../../src/domain/incident/handover.ts';
import type { Cockpit } from '../../src/extension/handlers.ts';
import { TimelineFeed } from '../../src/ui/pages/timelineFeed.ts';
import { declareHere, incidentOf, openCockpit, workspaceFile } from './cockpitAccess.ts';
import { after, eventually, test } from './harness.ts';

let cockpit: Cockpit;
let id = '';

/** Kept where secrets are kept, typed where they are typed, and printed where they are printed. */
const canaries = [
  'canary-env-7f3a9c',
  'canary-url-51be',
  'canary-step-99d1',
  'canary-note-4e20',
  'canary-log-c0ff',
  'canary-new-8b8b',
];

test('what changed before the onset is read from Git', async () => {
  cockpit = await openCockpit();
  id = (await declareHere(cockpit, 'Redis lost its memory')).id;
  await cockpit.deploys.look();
  const texts = await eventually(() => {
    const found = incidentOf(cockpit, id).entries.filter(({ kind }) => kind === 'deploy');
    assert.equal(found.length, 2);
    return found.map(({ event }) => event);
  });
  assert.match(texts.join('\n'), /Commit: [0-9a-f]{8} Lower the memory of redis \(Kim\)/);
  assert.match(texts.join('\n'), /Tag: v1\.4\.0/);
  await cockpit.deploys.look();
  await new Promise(resolve => setTimeout(resolve, 300));
  assert.equal(incidentOf(cockpit, id).entries.filter(({ kind }) => kind === 'deploy').length, 2);
});

test('configuration saved meanwhile is an entry with the lines that changed, values of .env left out', async () => {
  await change('docker-compose.yml', 'redis:6', 'redis:7');
  await change('.env', 'REDIS_LIMIT=64', 'REDIS_LIMIT=128\nNEW_TOKEN=canary-new-8b8b');
  const saved = await eventually(() => {
    const found = incidentOf(cockpit, id).entries.filter(({ kind }) => kind === 'file');
    assert.equal(found.length, 2);
    return JSON.stringify(found);
  });
  assert.match(saved, /docker-compose\.yml saved/);
  assert.match(saved, /\+ {5}image: redis:7/);
  assert.match(saved, /REDIS_LIMIT=…/);
  assert.ok(!saved.includes('128'));
});

test('a planted secret is in no file of the storage, no message to a page, no document and no review', async () => {
  const { actions, desk } = cockpit.incidents;
  const [env, url, step, note, log] = canaries;
  await actions.addNote(id, `tried password=${note} and ${env}, then postgres://app:${url}@db:5432/app`);
  await desk.record(id, {
    t: 'step.finished',
    b: {
      run: 'r1',
      stepId: 's1',
      command: `redis-cli -a ${env} ping`,
      title: 'Ping',
      isMutating: false,
      services: ['redis'],
      startedAt: new Date().toISOString(),
      tookMs: 5,
      exit: 0,
      output: `AUTH_TOKEN=${step}\n${env}\nPONG`,
    },
  });
  await actions.addEvidence(id, {
    label: 'log',
    text: `Authorization: Bearer ${log}0123456789abcdef\n${url}`,
  });
  await actions.recordMessage(id, 'sent', { kind: 'update', text: `the password is ${env}` });
  await cockpit.incidents.generateReview(id);
  await vscode.commands.executeCommand('watchkeeper.handoverBrief', id);
  await desk.idle();
  const incident = incidentOf(cockpit, id);
  const places: Record<string, string> = {
    'messages to the page': JSON.stringify(new TimelineFeed().snapshot(incident, Date.now(), true)),
    details: JSON.stringify(incident.entries.map(entry => new TimelineFeed().detail(entry, []))),
    brief: handoverBrief(incident, { nowMs: Date.now(), timeZone: 'UTC' }),
    review: fs.readFileSync(workspaceFile(incident.review?.path ?? ''), 'utf8'),
    ...Object.fromEntries(
      vscode.workspace.textDocuments
        .filter(({ uri }) => !uri.path.endsWith('.env'))
        .map(document => [document.uri.toString(), document.getText()]),
    ),
    ...filesBelow(cockpit.storagePath),
    ...filesBelow(workspaceFile('docs')),
  };
  assert.ok(
    Object.keys(places).some(name => name.endsWith('.jsonl') || name.includes(id)),
    'no journal was read',
  );
  const leaks = Object.entries(places).flatMap(([name, text]) =>
    canaries.filter(canary => text.includes(canary)).map(canary => `${canary} in ${name}`),
  );
  assert.deepEqual(leaks, []);
});

async function change(file: string, from: string, to: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(file));
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)),
    to,
  );
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

function filesBelow(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter(name => name.isFile())
      .map(name => path.join(name.parentPath, name.name))
      .map(file => [file, fs.readFileSync(file, 'latin1')]),
  );
}

after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors') as Promise<void>);
