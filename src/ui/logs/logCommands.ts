import * as vscode from 'vscode';
import type { LogSource } from '../../app/logs/logSource.ts';
import { CancelledError, UserError } from '../../base/errors.ts';
import type { ContainerRef, ProbeSpec, Service } from '../../domain/health/model.ts';
import type { ContainerEngine } from '../../ports.ts';
import type { CommandHandlers } from '../commands.ts';
import { toLabel } from '../outsideText.ts';
import type { LogPanel } from './logPanel.ts';

export interface LogCommandParts {
  /** Loads the engine's client: only asked for when logs are wanted. */
  readonly engine: () => ContainerEngine;
  readonly panel: () => LogPanel;
  readonly services: () => readonly Service[];
}

const tailLines = 1000;

export function logCommands(parts: LogCommandParts): Pick<CommandHandlers, 'tailLogs'> {
  return {
    tailLogs: async id => {
      const sources =
        id === undefined ? await pickContainers(parts.engine()) : sourcesOf(parts.services(), id);
      await parts.panel().showSources(sources, { tail: tailLines });
    },
  };
}

/** A tree row's id, or a container's name as a runbook has it. */
function sourcesOf(services: readonly Service[], id: string): readonly LogSource[] {
  const targets = services.flatMap(service =>
    service.probes.flatMap(({ id: probeId, spec }): readonly LogSource[] => {
      if (![`service:${service.id}`, `probe:${probeId}`].includes(id)) return [];
      if (spec.kind === 'container') return [toSource(spec.container)];
      return spec.kind === 'kubernetes' ? [toPodSource(spec)] : [];
    }),
  );
  if (targets.length > 0) return targets;
  if (/^(service|probe):/.test(id)) throw new UserError(vscode.l10n.t('No container is known for this.'));
  return [toSource({ by: 'name', name: id })];
}

function toPodSource({
  workload,
  namespace,
  context,
}: Extract<ProbeSpec, { kind: 'kubernetes' }>): LogSource {
  // As the check has it: a bare name is a deployment's.
  const target = workload.includes('/') ? workload : `deployment/${workload}`;
  return { kind: 'pod', pod: { target, namespace, ...(context === undefined ? {} : { context }) } };
}

function toSource(ref: ContainerRef): LogSource {
  return { kind: 'container', ref };
}

async function pickContainers(engine: ContainerEngine): Promise<readonly LogSource[]> {
  const containers = await listContainers(engine);
  const items = containers.map(container => ({
    label: `$(${container.state === 'running' ? 'vm-running' : 'vm-outline'}) ${toLabel(container.name)}`,
    description: toLabel(container.image),
    detail: toLabel(container.statusText),
    name: container.name,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Tail Container Logs'),
    placeHolder: vscode.l10n.t('One or several; they are shown next to each other in time'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!picked || picked.length === 0) throw new CancelledError();
  return picked.map(({ name }) => toSource({ by: 'name', name }));
}

async function listContainers(engine: ContainerEngine) {
  const containers = await engine.list().catch(() => undefined);
  if (containers === undefined) {
    throw new UserError(vscode.l10n.t('No container engine answers.'), {
      title: vscode.l10n.t('What Was Tried'),
      command: 'watchkeeper.showEngine',
    });
  }
  if (containers.length === 0) throw new UserError(vscode.l10n.t('The engine has no containers.'));
  return [...containers].sort(
    (a, b) => Number(b.state === 'running') - Number(a.state === 'running') || a.name.localeCompare(b.name),
  );
}
