import { UserError } from '../base/errors.ts';
import type { EventBodies, JournalStatus } from '../domain/incident/events.ts';
import type { Actor, MilestoneName } from '../domain/incident/model.ts';
import { commanderRole } from './incident/deskTypes.ts';
import type { IncidentDesk } from './incidentDesk.ts';

export interface NoteOptions {
  readonly atMs?: number;
  readonly service?: string;
}

/** What people do to an incident, each as one event. All resolve with the event's id once it is on disk. */
export class IncidentActions {
  private readonly desk: IncidentDesk;

  constructor(desk: IncidentDesk) {
    this.desk = desk;
  }

  /** `TODO:` makes an action item, `H:` a hypothesis, `?` a question. */
  addNote(id: string, text: string, { atMs, service }: NoteOptions = {}): Promise<string> {
    const trimmed = text.trim();
    if (trimmed === '') throw new UserError('A note needs some text.');
    const b = { text: trimmed, ...(service === undefined ? {} : { service }) };
    return this.desk.record(id, { t: 'note.added', b }, atMs === undefined ? {} : { atMs });
  }

  changeTitle(id: string, title: string): Promise<string> {
    return this.desk.record(id, { t: 'title.changed', b: { title } });
  }

  changeSeverity(id: string, severity: number, reason?: string): Promise<string> {
    return this.desk.record(id, { t: 'severity.changed', b: { severity, ...because(reason) } });
  }

  changeStatus(id: string, status: JournalStatus, reason?: string): Promise<string> {
    return this.desk.record(id, { t: 'status.changed', b: { status, ...because(reason) } });
  }

  acknowledge(id: string): Promise<string> {
    return this.changeStatus(id, 'acknowledged');
  }

  resolve(id: string, reason?: string): Promise<string> {
    return this.changeStatus(id, 'resolved', reason);
  }

  reopen(id: string, reason?: string): Promise<string> {
    return this.changeStatus(id, 'reopened', reason);
  }

  close(id: string, reason?: string): Promise<string> {
    return this.changeStatus(id, 'closed', reason);
  }

  cancel(id: string, reason?: string): Promise<string> {
    return this.changeStatus(id, 'cancelled', reason);
  }

  /** Whoever held the role hands it over by this. */
  assumeRole(id: string, person: string, role: string = commanderRole): Promise<string> {
    return this.desk.record(id, { t: 'role.assumed', b: { role, person } });
  }

  releaseRole(id: string, person: string, role: string = commanderRole): Promise<string> {
    return this.desk.record(id, { t: 'role.released', b: { role, person } });
  }

  /** Without a time the facts propose again. */
  setMilestone(id: string, name: MilestoneName, atMs: number | undefined, reason?: string): Promise<string> {
    const time = atMs === undefined ? {} : { time: new Date(atMs).toISOString() };
    return this.desk.record(id, { t: 'milestone.set', b: { name, ...time, ...because(reason) } });
  }

  setFlag(id: string, flag: string, isSet: boolean): Promise<string> {
    return this.desk.record(id, { t: 'flag.set', b: { flag, isSet } });
  }

  tick(id: string, check: CheckName, proof?: string): Promise<string> {
    return this.desk.record(id, {
      t: 'check.ticked',
      b: { ...check, ...(proof === undefined ? {} : { proof }) },
    });
  }

  /** Takes back the tick that stands now, not one that somebody else makes meanwhile. */
  untick(id: string, check: CheckName): Promise<string> {
    const proof = this.desk.get(id)?.ticks[check.item]?.eventId;
    return this.desk.record(id, {
      t: 'check.unticked',
      b: { ...check, ...(proof === undefined ? {} : { proof }) },
    });
  }

  skip(id: string, check: CheckName, reason: string): Promise<string> {
    return this.desk.record(id, { t: 'check.skipped', b: { ...check, reason } });
  }

  correctEntry(id: string, target: string, correction: Correction): Promise<string> {
    const { atMs, event, action, reason } = correction;
    const set = {
      ...(atMs === undefined ? {} : { at: new Date(atMs).toISOString() }),
      ...(event === undefined ? {} : { event }),
      ...(action === undefined ? {} : { action }),
    };
    return this.desk.record(id, { t: 'entry.corrected', b: { target, set, ...because(reason) } });
  }

  retractEntry(id: string, target: string, reason?: string): Promise<string> {
    return this.desk.record(id, { t: 'entry.retracted', b: { target, ...because(reason) } });
  }

  restoreEntry(id: string, target: string): Promise<string> {
    return this.desk.record(id, { t: 'entry.restored', b: { target } });
  }

  pinEntry(id: string, target: string): Promise<string> {
    return this.desk.record(id, { t: 'entry.pinned', b: { target } });
  }

  unpinEntry(id: string, target: string): Promise<string> {
    return this.desk.record(id, { t: 'entry.unpinned', b: { target } });
  }

  /** `others` go under `target`; their proofs move with them. */
  mergeEntries(id: string, target: string, others: readonly string[]): Promise<string> {
    return this.desk.record(id, { t: 'entries.merged', b: { target, others } });
  }

  judgeHypothesis(id: string, target: string, verdict: 'confirmed' | 'refuted' | 'open'): Promise<string> {
    return this.desk.record(id, { t: 'hypothesis.judged', b: { target, verdict } });
  }

  addActionItem(id: string, item: EventBodies['action.added']): Promise<string> {
    return this.desk.record(id, { t: 'action.added', b: item });
  }

  changeActionItem(id: string, target: string, set: EventBodies['action.changed']['set']): Promise<string> {
    return this.desk.record(id, { t: 'action.changed', b: { target, set } });
  }

  /** A text as proof, whole and redacted in a blob, its beginning in the row. */
  async addEvidence(id: string, evidence: TextEvidence): Promise<string> {
    const { kind = 'evidence', label, text, service, target, file, line } = evidence;
    const sha256 = await this.desk.putText(id, text);
    const b = {
      kind,
      label,
      excerpt: text.slice(0, 2_000),
      sha256,
      ...(service === undefined ? {} : { service }),
      ...(target === undefined ? {} : { target }),
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
    };
    const { actor } = evidence;
    return this.desk.record(id, { t: 'evidence.added', b }, actor === undefined ? {} : { actor });
  }

  /** Deletes a stored text on every machine that has it; its row stays, with `newText` in its place if there is one. */
  async removeEvidence(id: string, sha256: string, { newText, reason }: Removal = {}): Promise<string> {
    const newSha256 = newText === undefined ? undefined : await this.desk.putText(id, newText);
    const b = { sha256, ...(newSha256 === undefined ? {} : { newSha256 }), ...because(reason) };
    return this.desk.record(id, { t: 'evidence.redacted', b });
  }

  /** What was sent, as the person sent it. */
  recordMessage(id: string, state: 'drafted' | 'sent', message: EventBodies['comms.sent']): Promise<string> {
    return this.desk.record(id, { t: `comms.${state}`, b: message });
  }

  recordEscalation(
    id: string,
    state: 'done' | 'waived',
    escalation: EventBodies['escalation.done'],
  ): Promise<string> {
    return this.desk.record(id, { t: `escalation.${state}`, b: escalation });
  }
}

export interface CheckName {
  readonly item: string;
  readonly text: string;
}

/** `action: ''` removes the action. */
export interface Correction {
  readonly atMs?: number;
  readonly event?: string;
  readonly action?: string;
  readonly reason?: string;
}

export interface TextEvidence {
  /** Who says so; the person at this window when left out. */
  readonly actor?: Actor;
  readonly kind?: 'log' | 'evidence';
  readonly label: string;
  readonly text: string;
  readonly service?: string;
  readonly target?: string;
  readonly file?: string;
  readonly line?: number;
}

export interface Removal {
  readonly newText?: string;
  readonly reason?: string;
}

function because(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined || reason === '' ? {} : { reason };
}
