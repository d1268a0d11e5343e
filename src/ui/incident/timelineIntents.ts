import * as vscode from 'vscode';
import type { IncidentActions } from '../../app/incidentActions.ts';
import type { IncidentDesk } from '../../app/incidentDesk.ts';
import { UserError } from '../../base/errors.ts';
import { entryHistory, type EntryVersion as RecordedVersion } from '../../domain/incident/edits.ts';
import type { Entry, ProofLink } from '../../domain/incident/model.ts';
import type { EntryVersion } from '../../shared/timelineProtocol.ts';
import { toNotice } from '../outsideText.ts';
import type { TimelineIntents, TimelineSource } from '../pages/timelinePanel.ts';
import { openWebPage } from '../webPages.ts';
import { changeStatus } from './statusChange.ts';

export interface TimelineParts {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
  readonly toUri: (file: string) => vscode.Uri | undefined;
  readonly generateReview: (incidentId: string) => Promise<unknown>;
}

export function toTimelineSource(desk: IncidentDesk): TimelineSource {
  return {
    incident: id => desk.get(id),
    onDidChange: desk.onDidChange,
    history: (incidentId, entryId) => entryHistory(desk.eventsOf(incidentId), entryId).map(toVersion),
  };
}

/** What the page may ask for, as actions on the journal. */
export function timelineIntents(parts: TimelineParts): TimelineIntents {
  const { actions } = parts;
  const done = async (result: Promise<unknown>) => void (await result);
  return {
    addNote: (id, { text, atMs }) => done(actions.addNote(id, text, atMs === undefined ? {} : { atMs })),
    correct: (id, { entryId, atMs, event, action }) =>
      done(
        actions.correctEntry(id, entryId, {
          ...(atMs === undefined ? {} : { atMs }),
          ...(event === undefined ? {} : { event }),
          ...(action === undefined ? {} : { action }),
        }),
      ),
    retract: (id, { entryId }) => done(actions.retractEntry(id, entryId)),
    restore: (id, { entryId }) => done(actions.restoreEntry(id, entryId)),
    pin: (id, { entryId, isPinned }) =>
      done(isPinned ? actions.pinEntry(id, entryId) : actions.unpinEntry(id, entryId)),
    merge: (id, { entryIds: [target, ...others] }) =>
      target === undefined ? undefined : done(actions.mergeEntries(id, target, others)),
    attachEvidence: (id, { entryId }) => attachSelection(parts, id, entryId),
    setMilestone: (id, { name, atMs }) => done(actions.setMilestone(id, name, atMs)),
    changeStatus: (id, { status }) => {
      const incident = parts.desk.get(id);
      return incident && done(changeStatus(actions, incident, status));
    },
    changeSeverity: (id, { severity }) => done(actions.changeSeverity(id, severity)),
    openSource: (id, { entryId }) =>
      openProof(parts, id, entryOf(parts, id, entryId).proofs.find(proof => proof.link)?.link),
    openProof: (id, { entryId, eventId }) =>
      openProof(parts, id, entryOf(parts, id, entryId).proofs.find(proof => proof.eventId === eventId)?.link),
    removeProof: (id, { entryId, eventId }) => removeProof(parts, id, { entryId, eventId }),
    openService: (_, { serviceId }) =>
      void vscode.commands.executeCommand('watchkeeper.openService', `service:${serviceId}`),
    generateReview: id => done(parts.generateReview(id)),
  };
}

function entryOf({ desk }: TimelineParts, incidentId: string, entryId: string): Entry {
  const entry = desk.get(incidentId)?.entries.find(candidate => candidate.id === entryId);
  if (!entry) throw new UserError(vscode.l10n.t('This entry is no longer there.'));
  return entry;
}

async function openProof(
  { desk, toUri }: TimelineParts,
  incidentId: string,
  link: ProofLink | undefined,
): Promise<void> {
  if (!link) throw new UserError(vscode.l10n.t('This entry has nothing to open.'));
  if (link.kind === 'web') {
    await openWebPage(link.url);
    return;
  }
  if (link.kind === 'blob') {
    const content = await desk.readText(incidentId, link.sha256);
    if (content === undefined) throw new UserError(vscode.l10n.t('This evidence is not on this machine.'));
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content, language: 'log' }),
      { preview: true },
    );
    return;
  }
  const uri = toUri(link.file);
  const at = new vscode.Position(Math.max(0, link.line - 1), 0);
  if (uri)
    await vscode.window.showTextDocument(uri, {
      selection: new vscode.Range(at, at),
      viewColumn: vscode.ViewColumn.Beside,
    });
}

/** For a secret that slipped through. What was sent or committed elsewhere is out of reach, and the question says so. */
async function removeProof(
  parts: TimelineParts,
  incidentId: string,
  { entryId, eventId }: { readonly entryId: string; readonly eventId: string },
): Promise<void> {
  const proof = entryOf(parts, incidentId, entryId).proofs.find(one => one.eventId === eventId);
  if (proof?.sha256 === undefined) throw new UserError(vscode.l10n.t('This proof has no stored text.'));
  const remove = vscode.l10n.t('Delete Text');
  const detail = vscode.l10n.t(
    'The row stays and says that it was removed. It goes out of the journal of every window of this machine as well. What was sent, exported, committed or quoted in a review is not reached.',
  );
  const chosen = await vscode.window.showWarningMessage(
    toNotice(vscode.l10n.t('Delete the stored text of “{0}” for good?', proof.label)),
    { modal: true, detail },
    remove,
  );
  if (chosen === remove) await parts.actions.removeEvidence(incidentId, proof.sha256);
}

/** Evidence is what is selected in an editor, or what was copied in a terminal: text that a person points at. */
async function attachSelection(
  { actions }: TimelineParts,
  incidentId: string,
  target: string,
): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ selection }) => !selection.isEmpty);
  const text = editor ? editor.document.getText(editor.selection) : await vscode.env.clipboard.readText();
  if (text.trim() === '')
    throw new UserError(vscode.l10n.t('Select text in an editor, or copy some, then attach it.'));
  const label = editor
    ? vscode.workspace.asRelativePath(editor.document.uri)
    : vscode.l10n.t('from the clipboard');
  await actions.addEvidence(incidentId, { label, text, target });
}

const changes: Readonly<Record<string, EntryVersion['change']>> = {
  'entry.corrected': 'corrected',
  'entry.retracted': 'retracted',
  'entry.restored': 'restored',
  'entry.pinned': 'pinned',
  'entry.unpinned': 'unpinned',
  'entries.merged': 'merged',
};

function toVersion({ type, madeAtMs, by, reason, atMs, event, action }: RecordedVersion): EntryVersion {
  return {
    recordedAtMs: madeAtMs,
    who: by.name,
    change: changes[type] ?? 'recorded',
    ...(reason === undefined ? {} : { reason }),
    atMs,
    event,
    action,
  };
}
