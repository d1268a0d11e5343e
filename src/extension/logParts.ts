import path from 'node:path';
import * as vscode from 'vscode';
import { PolledLogFiles } from '../adapters/logs/fileLogs.ts';
import { SpillFiles } from '../adapters/logs/spillFiles.ts';
import { NodeTextFiles } from '../adapters/logs/textFiles.ts';
import type { IncidentActions } from '../app/incidentActions.ts';
import type { IncidentDesk } from '../app/incidentDesk.ts';
import { LogTails } from '../app/logTails.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { UserError } from '../base/errors.ts';
import { readSetting } from '../host/settings.ts';
import { LogPanel } from '../ui/logs/logPanel.ts';
import type { PinnedLine } from '../ui/logs/logText.ts';
import type { Tools } from './tools.ts';

export interface LogParts {
  readonly panel: () => LogPanel;
  readonly tails: () => LogTails;
  /** Of what is open already; opens nothing. */
  readonly recentLines: LogTails['recentLines'];
  /** The first lines of a log that somebody opened are there. */
  readonly onDidFill: Event<void>;
}

const maxBytes = 64 * 1024 * 1024;

/** The log view; the engine's client is read only when somebody looks at logs. */
export function openLogs(
  tools: Tools,
  incidents: { desk: IncidentDesk; actions: IncidentActions },
  redact: (text: string) => string,
): LogParts {
  const { store, clock, log, context } = tools;
  const filled = store.add(new Emitter<void>());
  let tails: LogTails | undefined;
  let panel: LogPanel | undefined;
  const openTails = () => {
    if (tails !== undefined) return tails;
    tails = store.add(makeTails(tools, redact));
    store.add(tails.onDidFill(() => filled.fire()));
    return tails;
  };
  const openPanel = () => {
    panel ??= store.add(
      new LogPanel({
        tails: openTails(),
        extensionUri: context.extensionUri,
        clock,
        files: new NodeTextFiles(),
        redact,
        onPin: lines => pin(incidents, lines),
        log,
      }),
    );
    return panel;
  };
  store.add(
    vscode.window.registerWebviewViewProvider(LogPanel.viewId, {
      resolveWebviewView: view => openPanel().resolveWebviewView(view),
    }),
  );
  return {
    panel: openPanel,
    tails: openTails,
    recentLines: count => tails?.recentLines(count) ?? [],
    onDidFill: filled.event,
  };
}

function makeTails(
  { adapters, clock, store, storagePath }: Tools,
  redact: (text: string) => string,
): LogTails {
  const { engine, pods } = adapters();
  const spills = store.add(new SpillFiles(path.join(storagePath, 'older-lines')));
  return new LogTails({
    engine,
    pods,
    files: new PolledLogFiles(),
    clock,
    random: Math.random,
    limits: { maxLines: readSetting('logs.maxLines'), maxBytes },
    spill: { files: spills, redact },
  });
}

/** Lines become evidence of the incident that runs. */
async function pin(
  { desk, actions }: { desk: IncidentDesk; actions: IncidentActions },
  lines: readonly PinnedLine[],
): Promise<void> {
  const incident = desk.current();
  if (!incident) {
    throw new UserError(vscode.l10n.t('Pinning needs an incident to pin to.'), {
      title: vscode.l10n.t('Declare Incident'),
      command: 'watchkeeper.declareIncident',
    });
  }
  for (const [source, own] of bySource(lines)) {
    const text = own.map(line => `${toIsoTime(line.timeNs)} ${line.stream} ${line.text}`).join('\n');
    const label =
      own.length === 1
        ? vscode.l10n.t('{0}: 1 line', source)
        : vscode.l10n.t('{0}: {1} lines', source, own.length);
    const entry = await actions.addEvidence(incident.id, { kind: 'log', label, text });
    await actions.pinEntry(incident.id, entry);
  }
}

function bySource(lines: readonly PinnedLine[]): Map<string, PinnedLine[]> {
  const groups = new Map<string, PinnedLine[]>();
  for (const line of lines) groups.set(line.label, [...(groups.get(line.label) ?? []), line]);
  return groups;
}

/** Nanoseconds kept: the exact time is what makes a line evidence. */
function toIsoTime(timeNs: bigint): string {
  if (timeNs === 0n) return '-';
  const seconds = new Date(Number(timeNs / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(timeNs % 1_000_000_000n).padStart(9, '0')}Z`;
}
