import * as vscode from 'vscode';
import type { LogSource } from '../../app/logs/logSource.ts';
import { UserError } from '../../base/errors.ts';
import type { ContainerRef, Service } from '../../domain/health/model.ts';
import type { LogsRequest } from '../../domain/runbook/logsCommand.ts';
import type { LogPanel } from '../logs/logPanel.ts';

export interface StepLogsParts {
  readonly logsRequest: (command: string) => LogsRequest | undefined;
  readonly panel: () => Pick<LogPanel, 'showSources'>;
  readonly services: () => readonly Service[];
  readonly nowMs: () => number;
}

const defaultTail = 1000;

/** A `docker logs …` or `kubectl logs …` step in the log view: its containers, its beginning, its grep. */
export async function openStepLogs(parts: StepLogsParts, command: string): Promise<void> {
  const request = parts.logsRequest(command);
  if (!request) throw new UserError(vscode.l10n.t('This step reads no container log.'));
  const sources = toSources(request, parts.services());
  if (sources.length === 0) throw new UserError(vscode.l10n.t('No container is known for this.'));
  const { since, tail, include } = request;
  const sinceMs = since && ('atMs' in since ? since.atMs : parts.nowMs() - since.agoMs);
  await parts.panel().showSources(sources, {
    ...(sinceMs === undefined
      ? { tail: tail ?? defaultTail }
      : { sinceMs, ...(tail === undefined ? {} : { tail }) }),
    ...(include === undefined ? {} : { include }),
  });
}

function toSources(
  { names, isCompose, pod }: LogsRequest,
  services: readonly Service[],
): readonly LogSource[] {
  if (pod !== undefined) return [{ kind: 'pod', pod }];
  const known = services.flatMap(service =>
    service.probes.flatMap(({ spec }) =>
      spec.kind === 'container' ? [{ service, ref: spec.container }] : [],
    ),
  );
  const refs: readonly ContainerRef[] = isCompose
    ? known
        .filter(({ service, ref }) => names.length === 0 || names.includes(composeNameOf(service, ref)))
        .map(({ ref }) => ref)
    : names.map(name => ({ by: 'name', name }));
  return refs.map(ref => ({ kind: 'container', ref }));
}

function composeNameOf(service: Service, ref: ContainerRef): string {
  return ref.by === 'compose' ? ref.service : service.id;
}
