import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import type { Cockpit } from '../../src/extension/handlers.ts';
import type { TestAccess } from '../../src/extension.ts';

/** The running extension's own parts. */
export async function openCockpit(): Promise<Cockpit> {
  const extension = vscode.extensions.getExtension<TestAccess>('watchkeeper.watchkeeper');
  const access = await extension?.activate();
  assert.ok(access, 'no access for tests');
  return access.cockpit;
}

export function workspaceFile(...names: string[]): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no workspace');
  return path.join(folder, ...names);
}

/** An incident that begins with one service down, without any question asked. */
export async function declareHere(cockpit: Cockpit, title: string, isDrill = false): Promise<IncidentState> {
  const { desk, policy } = cockpit.incidents;
  const incident = await desk.declare({ title, severity: 2, services: ['redis'], policy: policy(), isDrill });
  await probe(cockpit, incident.id, 'down');
  return incident;
}

/** A change of redis, pinned so that the review holds it. */
export async function probe(
  cockpit: Cockpit,
  id: string,
  to: 'up' | 'down',
  reason = 'refused',
): Promise<string> {
  const from = to === 'up' ? 'down' : 'up';
  const { desk, actions } = cockpit.incidents;
  const b = { service: 'redis', title: 'redis', from, to, reason } as const;
  const eventId = await desk.record(id, { t: 'probe.changed', b });
  await actions.pinEntry(id, eventId);
  return eventId;
}

export function incidentOf(cockpit: Cockpit, id: string): IncidentState {
  return cockpit.incidents.desk.get(id) ?? assert.fail(`no incident ${id}`);
}
