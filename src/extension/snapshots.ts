import path from 'node:path';
import * as vscode from 'vscode';
import { NodeTextFiles } from '../adapters/logs/textFiles.ts';
import { machineActor } from '../app/incident/deskTypes.ts';
import { toSourceLabel } from '../app/logs/logSource.ts';
import { type SavedLog, saveLog } from '../app/logs/savedLogs.ts';
import { CancelledError, errorText } from '../base/errors.ts';
import type { ContainerRef } from '../domain/health/model.ts';
import { toNotice } from '../ui/outsideText.ts';
import type { IncidentParts } from './incidentParts.ts';
import type { LogParts } from './logParts.ts';
import type { ServiceParts } from './serviceParts.ts';
import type { Tools } from './tools.ts';

export interface Snapshots {
  /** Saves logs before they go. Asks when one could not be saved: going on would lose it. */
  beforeLoss(containers: readonly ContainerRef[], title: string): Promise<void>;
  /** Saves what the services concerned logged before the incident was declared; never fails. */
  onDeclared(incidentId: string, serviceIds: readonly string[]): Promise<void>;
}

export interface SnapshotNeeds {
  readonly incidents: Pick<IncidentParts, 'desk' | 'actions'>;
  readonly logs: Pick<LogParts, 'tails'>;
  readonly services: Pick<ServiceParts, 'catalog'>;
  readonly redact: (text: string) => string;
}

const sinceMs = 15 * 60_000;
const deadlineMs = 15_000;
const maxContainers = 20;

/** Log files beside the incident's journal, private to this machine; their endings become evidence. */
export function openSnapshots(tools: Tools, needs: SnapshotNeeds): Snapshots {
  const { clock, log } = tools;
  const save = async (refs: readonly ContainerRef[], incidentId: string | undefined, reason: string) => {
    const nowMs = clock.nowMs();
    const folder = path.join(
      tools.storagePath,
      ...(incidentId === undefined ? [] : ['incidents', incidentId]),
      'snapshots',
    );
    const stamp = new Date(nowMs).toISOString().replaceAll(':', '').slice(0, 17);
    const results = await Promise.allSettled(
      refs.slice(0, maxContainers).map(async ref => {
        const saved = await saveLog(ref, {
          tails: needs.logs.tails(),
          files: new NodeTextFiles(),
          redact: needs.redact,
          sinceMs: nowMs - sinceMs,
          pathFor: label => path.join(folder, `${stamp} ${label.replace(/[^\w.-]+/g, '_')}.log`),
          signal: AbortSignal.timeout(deadlineMs),
        });
        if (incidentId !== undefined) await keepAsEvidence(needs, incidentId, saved, reason);
      }),
    );
    return results.flatMap((result, index) => {
      const ref = refs[index];
      if (result.status === 'fulfilled' || ref === undefined) return [];
      log.warn(`The log of ${nameOf(ref)} was not saved: ${errorText(result.reason)}`);
      return [`${nameOf(ref)}: ${errorText(result.reason)}`];
    });
  };
  return {
    async beforeLoss(containers, title) {
      if (containers.length === 0) return;
      const incident = needs.incidents.desk.current();
      const reason = vscode.l10n.t('before "{0}"', title);
      const failed = await withProgress(() => save(containers, incident?.id, reason));
      // Without an engine the step has nothing to take.
      const isEngineThere = tools.adapters().engine.state.kind === 'connected';
      if (failed.length > 0 && isEngineThere) await askWhetherToGoOn(failed);
    },
    async onDeclared(incidentId, serviceIds) {
      const all = needs.services.catalog.services.map(({ id }) => id);
      const refs = containersOf(needs, serviceIds.length > 0 ? serviceIds : all);
      await save(refs, incidentId, vscode.l10n.t('before the declaration')).catch((error: unknown) =>
        log.warn(`Logs were not saved: ${errorText(error)}`),
      );
    },
  };
}

async function keepAsEvidence(
  { incidents }: SnapshotNeeds,
  incidentId: string,
  { label, lineCount, ending, path: file }: SavedLog,
  reason: string,
): Promise<void> {
  if (lineCount === 0) return;
  const shown = vscode.l10n.t('Log of {0}, 15 minutes {1}: {2} lines', label, reason, lineCount);
  const more =
    lineCount > ending.length ? [`… ${lineCount - ending.length} lines in ${path.basename(file)}`] : [];
  await incidents.actions.addEvidence(incidentId, {
    kind: 'log',
    actor: machineActor,
    label: shown,
    text: [...more, ...ending].join('\n'),
  });
}

function withProgress<T>(action: () => Promise<T>): Thenable<T> {
  const title = vscode.l10n.t('Saving logs before they go');
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, action);
}

async function askWhetherToGoOn(failed: readonly string[]): Promise<void> {
  const goOn = vscode.l10n.t('Run Anyway');
  const chosen = await vscode.window.showWarningMessage(
    toNotice(
      vscode.l10n.t('These logs could not be saved before the step takes them: {0}', failed.join('; ')),
    ),
    { modal: true },
    goOn,
  );
  if (chosen !== goOn) throw new CancelledError();
}

/** The containers of these services, and of what they depend on: the cause is rarely where it hurts. */
export function containersOf(
  { services }: Pick<SnapshotNeeds, 'services'>,
  serviceIds: readonly string[],
): readonly ContainerRef[] {
  const all = services.catalog.services;
  const wanted = new Set(serviceIds);
  for (const id of wanted)
    for (const other of all.find(one => one.id === id)?.dependsOn ?? []) wanted.add(other);
  const refs = all
    .filter(({ id }) => wanted.has(id))
    .flatMap(({ probes }) =>
      probes.flatMap(({ spec }) => (spec.kind === 'container' ? [spec.container] : [])),
    );
  return [...new Map(refs.map(ref => [nameOf(ref), ref])).values()];
}

function nameOf(ref: ContainerRef): string {
  return toSourceLabel({ kind: 'container', ref });
}
