import os from 'node:os';
import * as vscode from 'vscode';
import { JournalFiles } from '../adapters/journalFiles.ts';
import { IncidentActions } from '../app/incidentActions.ts';
import { IncidentDesk } from '../app/incidentDesk.ts';
import type { IncidentConfig } from '../domain/config/model.ts';
import { newWriterId } from '../domain/incident/ids.ts';
import type { IncidentPolicy } from '../domain/incident/model.ts';
import { policyFromRunbooks } from '../domain/incident/policy.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { Runbook } from '../domain/runbook/model.ts';
import { yourName } from '../host/identity.ts';
import { readSetting } from '../host/settings.ts';
import { sha256 } from '../host/sha256.ts';
import type { DeskCommandParts } from '../ui/incident/deskCommands.ts';
import { dueRows } from '../ui/incident/dueRows.ts';
import { IncidentTree } from '../ui/incident/incidentTree.ts';
import { prepareMessage } from '../ui/incident/messageFlow.ts';
import { proposalsFor } from '../ui/incident/tickProposalRows.ts';
import { tickRow } from '../ui/incident/tickRow.ts';
import { timelineIntents, toTimelineSource } from '../ui/incident/timelineIntents.ts';
import { toNotice } from '../ui/outsideText.ts';
import { TimelinePanel } from '../ui/pages/timelinePanel.ts';
import { openReviews, type ReviewParts } from './reviewParts.ts';
import type { Tools } from './tools.ts';

export interface IncidentParts {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
  readonly timeline: TimelinePanel;
  readonly tree: IncidentTree;
  readonly yourName: () => string;
  readonly generateReview: (incidentId: string) => Promise<string>;
  readonly review: ReviewParts;
  readonly deskCommands: DeskCommandParts;
  readonly policy: () => IncidentPolicy;
  readonly prepareMessage: (incident: IncidentState) => Promise<void>;
  /** Ticks a checklist row of the Runbooks view, or takes the tick back. */
  readonly tick: (rowId: string | undefined, isDone?: boolean) => Promise<void>;
}

export interface IncidentNeeds {
  readonly redact: (text: string) => string;
  readonly runbooks: () => readonly Runbook[];
  readonly config: () => IncidentConfig | undefined;
}

/** Journal, desk, timeline and review: from the event on disk to the file in the repository. */
export async function openIncidents(tools: Tools, needs: IncidentNeeds): Promise<IncidentParts> {
  const { redact } = needs;
  const { store, clock } = tools;
  const name = await nameOf(tools);
  const journal = new JournalFiles(tools.storagePath, newWriterId(clock.nowMs(), Math.random));
  store.add({ dispose: () => void journal.close() });
  await journal.start();
  const desk = store.add(makeDesk(tools, { journal, redact, name }));
  const actions = new IncidentActions(desk);
  const policy = () => toPolicy(needs);
  const review = openReviews(tools, { desk, actions, journal, redact, policy });
  const timeline = store.add(openTimeline(tools, { desk, actions, review }));
  const tree = store.add(openTree(tools, desk, needs.runbooks));
  await desk.start();
  return {
    desk,
    actions,
    timeline,
    tree,
    yourName: () => name,
    generateReview: review.generate,
    review,
    policy,
    prepareMessage: incident =>
      prepareMessage({ actions, runbooks: needs.runbooks, redact, nowMs: clock.nowMs }, incident),
    deskCommands: {
      desk,
      actions,
      runbooks: needs.runbooks,
      redact,
      yourName: () => name,
      showTimeline: (id, entryId) => timeline.show(id, entryId),
      replay: id => timeline.replay(id),
      nowMs: clock.nowMs,
    },
    tick: (rowId, isDone) => tickRow({ desk, actions, runbooks: needs.runbooks }, rowId, isDone),
  };
}

function openTimeline(
  { context, files, clock, log }: Tools,
  { desk, actions, review }: Pick<IncidentParts, 'desk' | 'actions' | 'review'>,
): TimelinePanel {
  return new TimelinePanel({
    extensionUri: context.extensionUri,
    source: toTimelineSource(desk),
    intents: timelineIntents({
      desk,
      actions,
      toUri: file => files.uri(file),
      generateReview: review.generate,
    }),
    clock,
    log,
  });
}

function openTree({ clock }: Tools, desk: IncidentDesk, runbooks: IncidentNeeds['runbooks']): IncidentTree {
  const { nowMs } = clock;
  return new IncidentTree(
    {
      open: () => shownIncidents(desk),
      proposalsOf: incident => proposalsFor({ runbooks, nowMs }, incident),
      dueOf: incident => dueRows(incident, nowMs()),
      onDidChange: desk.onDidChange,
    },
    nowMs,
  );
}

const shownResolved = 3;

/** Those that run, and the last resolved ones until somebody closes them. */
function shownIncidents(desk: IncidentDesk): readonly IncidentState[] {
  const resolved = desk.list().filter(({ status }) => status === 'resolved');
  return [...desk.open(), ...resolved.slice(0, shownResolved)];
}

/** A repository that is not trusted is not asked for a name. */
function nameOf({ folderPath }: Tools): Promise<string> {
  return yourName(readSetting('incident.yourName'), {
    folder: vscode.workspace.isTrusted ? folderPath : undefined,
    homeDir: os.homedir(),
  });
}

interface DeskNeeds {
  readonly journal: JournalFiles;
  readonly redact: (text: string) => string;
  readonly name: string;
}

function makeDesk({ clock, context, log }: Tools, { journal, redact, name }: DeskNeeds): IncidentDesk {
  return new IncidentDesk(journal, clock, {
    sha256,
    random: Math.random,
    actor: () => ({ id: sha256(name).slice(0, 12), name }),
    redact,
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    version: String(context.extension.packageJSON.version),
    log,
  });
}

/** The configuration's word over the runbooks'; the setting where neither names a time zone. */
function toPolicy({ runbooks, config }: IncidentNeeds): IncidentPolicy {
  const reviewPath = config()?.reviewPath;
  return policyFromRunbooks(runbooks(), {
    timeZone: config()?.timeZone ?? readSetting('incident.timeZone'),
    ...(reviewPath === undefined ? {} : { reviewPath }),
  });
}

/** Shown once: events that cannot be saved are in memory only until they can, journals that cannot be read are missing. */
export function warnWhenUnsaved({ desk }: Pick<IncidentParts, 'desk'>): vscode.Disposable {
  let told: { readonly problem?: string | undefined; readonly unreadable?: string | undefined } = {};
  const tell = () => {
    const { problem } = desk.saving;
    const { unreadable } = desk;
    if (problem !== undefined && told.problem === undefined)
      warn(vscode.l10n.t('The incident journal is not being saved: {0}', problem));
    if (unreadable !== undefined && told.unreadable === undefined)
      warn(vscode.l10n.t('Incidents that are on this machine cannot be shown: {0}', unreadable));
    told = { problem, unreadable };
  };
  tell();
  return vscode.Disposable.from(desk.onDidChangeSaving(tell));
}

function warn(text: string): void {
  void vscode.window.showErrorMessage(toNotice(text));
}
