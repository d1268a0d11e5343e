import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import type { Cockpit } from '../../../src/extension/handlers.ts';
import type { TestAccess } from '../../../src/extension.ts';
import { after, eventually, fromSetup, test } from '../harness.ts';
import { checkReview } from './checkReview.ts';

const run = promisify(execFile);

/** The whole story on real parts: an outage, its culprit, a declared incident, a step, recovery, review. */
export function tellStory(name: string): void {
  let cockpit: Cockpit;
  let stoppedAtMs = 0;
  let incidentId = '';

  test(`with ${name}: the services of the demo come up green`, async () => {
    cockpit = await openCockpit();
    await eventually(() => isAllUp(cockpit), 30_000);
  });

  test('the runbooks are in the tree, section by section, with their steps', async () => {
    const restart = await eventually(() => restartStep(cockpit));
    assert.equal(restart.step.risk, 'change');
    const [first] = await children(cockpit.runbooks.tree);
    assert.ok(first?.startsWith('runbook:docs/runbooks/'));
  });

  test('stopping the PostgreSQL container shows postgres failing and testgen blocked by it within 15 s', async () => {
    stoppedAtMs = Date.now();
    await docker('stop', 'testgen-postgres');
    await eventually(() => {
      assert.ok(['pending', 'down'].includes(states(cockpit)['postgres'] ?? ''));
      assert.equal(states(cockpit)['testgen'], 'blocked');
      return true;
    }, 15_000);
    assert.ok(Date.now() - stoppedAtMs < 15_000);
    const [culprit] = await children(cockpit.services.tree);
    assert.equal(culprit, 'service:postgres');
    const row = cockpit.services.tree.getTreeItem('service:testgen');
    assert.match(String(row.description), /blocked by PostgreSQL/);
  });

  test('declaring from the palette takes the severities of the runbook and adopts what was seen', async () => {
    const declared = vscode.commands.executeCommand<string>('watchkeeper.declareIncident');
    await acceptQuickPick({ down: 1 });
    await acceptQuickPick();
    incidentId = await declared;
    const incident = current(cockpit, incidentId);
    assert.equal(incident.severity, 2);
    assert.match(incident.id, /^inc-\d{8}-[0-9a-z]{4}$/);
    assert.ok(incident.policy.severities.some(({ responseMs }) => responseMs === 15 * 60_000));
    assert.ok(incident.entries.some(({ kind, serviceId }) => kind === 'health' && serviceId === 'postgres'));
  });

  test('a note goes to the timeline', async () => {
    await vscode.commands.executeCommand('watchkeeper.addNote', 'TODO: ask why postgres was stopped');
    const incident = current(cockpit, incidentId);
    assert.ok(incident.actionItems.some(({ text }) => text.includes('ask why postgres was stopped')));
  });

  test("the runbook's own step restarts postgres, and is judged by health", async () => {
    const { key } = restartStep(cockpit) ?? assert.fail('no restart step');
    const running = vscode.commands.executeCommand('watchkeeper.runStep', key);
    await acceptQuickPick();
    await running;
    const result = cockpit.runbooks.runs.get(key);
    assert.equal(result?.status, 'passed', JSON.stringify(result));
    assert.equal(result.exitCode, 0);
    assert.notEqual(result.before?.services['postgres'], 'up');
    // Just after its start the service may still be slow, which is degraded and no longer down.
    const after = result.after?.services ?? {};
    assert.deepEqual(Object.keys(after).sort(), ['postgres', 'testgen']);
    assert.ok(
      Object.values(after).every(state => state === 'up' || state === 'degraded'),
      JSON.stringify(after),
    );
  }, 120_000);

  test('the tree is green again', async () => {
    await eventually(() => isAllUp(cockpit), 30_000);
  });

  test('resolving ends the incident; the timeline holds all of it in order', async () => {
    await vscode.commands.executeCommand('watchkeeper.resolveIncident');
    const incident = await eventually(() => {
      const found = current(cockpit, incidentId);
      assert.equal(found.status, 'resolved');
      return found;
    });
    const order = ['health', 'incident', 'step'].map(kind =>
      incident.entries.findIndex(entry => entry.kind === kind),
    );
    assert.ok(
      order.every(at => at >= 0),
      `${order} in ${JSON.stringify(incident.entries.map(({ kind, event }) => [kind, event]))}`,
    );
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    const times = incident.entries.map(({ atMs }) => atMs);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    // The step's output is put on the disk before its end is told.
    await eventually(() => {
      const step = current(cockpit, incidentId).entries.find(({ kind }) => kind === 'step');
      assert.match(`${step?.event} ${step?.action} ${step?.detail}`, /docker-compose restart postgres/);
      assert.match(`${step?.event} ${step?.action} ${step?.detail}`, /exit 0/);
      assert.match(`${step?.detail}`, /postgres: \w+ → (?:up|degraded)/);
      return true;
    });
  });

  test('the review keeps every heading of the template and invents nothing', async () => {
    await vscode.commands.executeCommand('watchkeeper.generateReview', incidentId);
    const incident = current(cockpit, incidentId);
    const folder = path.join(workspace(), 'docs', 'post-incident-reports');
    const [file] = fs.readdirSync(folder);
    assert.match(file ?? '', new RegExp(`^\\d{4}-\\d{2}-\\d{2}-${incidentId}\\.md$`));
    checkReview(fs.readFileSync(path.join(folder, file ?? ''), 'utf8'), incident);
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors') as Promise<void>);
}

async function openCockpit(): Promise<Cockpit> {
  const extension = vscode.extensions.getExtension<TestAccess>('watchkeeper.watchkeeper');
  const access = await extension?.activate();
  assert.ok(access, 'no access for tests');
  return access.cockpit;
}

/** Services that this story is about; the stand-in for the model's API has no part in it. */
function states(cockpit: Cockpit): Record<string, string> {
  const ids = ['postgres', 'redis', 'testgen'];
  return Object.fromEntries(ids.map(id => [id, cockpit.services.monitor.service(id)?.state ?? 'missing']));
}

function isAllUp(cockpit: Cockpit): true {
  assert.deepEqual(states(cockpit), { postgres: 'up', redis: 'up', testgen: 'up' });
  return true;
}

function restartStep(cockpit: Cockpit) {
  for (const runbook of cockpit.index.runbooks()) {
    for (const step of runbook.steps) {
      if (step.kind !== 'command' || step.command !== 'docker-compose restart postgres') continue;
      return { key: `step:${runbook.file}#${step.id}`, step };
    }
  }
  return undefined;
}

function current(cockpit: Cockpit, id: string): IncidentState {
  return cockpit.incidents.desk.get(id) ?? assert.fail(`no incident ${id}`);
}

async function children(tree: vscode.TreeDataProvider<string>): Promise<string[]> {
  return (await tree.getChildren()) ?? [];
}

/** Waits until the quick input is there, moves down, and takes the entry; an input box takes its text. */
async function acceptQuickPick({ down = 0 } = {}): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 700));
  for (let i = 0; i < down; i++) await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

function workspace(): string {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no workspace');
}

export async function docker(...args: string[]): Promise<string> {
  const env = { ...process.env, DOCKER_HOST: fromSetup('STORY_ENGINE') };
  return (await run('docker', args, { env })).stdout.trim();
}
