import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { errorText, UserError } from '../base/errors.ts';
import type { IncidentBrief } from '../domain/incident/brief.ts';
import type { JournalEvent, NewEvent } from '../domain/incident/events.ts';
import { HybridClock } from '../domain/incident/hybridClock.ts';
import { newIncidentId } from '../domain/incident/ids.ts';
import type { IncidentStatus } from '../domain/incident/model.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { JournalStore } from '../ports.ts';
import { cleanEvent } from './incident/cleanBody.ts';
import {
  commanderRole,
  type DeclareRequest,
  type DeskTools,
  machineActor,
  type RecordOptions,
  type SavingState,
} from './incident/deskTypes.ts';
import { EvidenceTexts } from './incident/evidenceTexts.ts';
import { JournalSession, type StampedEvent } from './incident/journalSession.ts';

const heartbeatMs = 60_000;
/** An incident that was forgotten open does not fill the disk with heartbeats. */
const heartbeatForMs = 7 * 24 * 3_600_000;
/** How long after its end facts still belong to an incident (the runbooks' "immediate post-resolution"). */
const afterglowMs = 3_600_000;
const overStatuses: ReadonlySet<IncidentStatus> = new Set(['resolved', 'closed', 'cancelled']);

/**
 * All incidents of this machine, replayed from their journals. Every change is an event that is on disk before
 * anybody hears of it; other windows' events arrive by themselves.
 */
export class IncidentDesk implements Disposable {
  /** The id of the incident that has new events. */
  readonly onDidChange;
  readonly onDidChangeSaving;
  private readonly changed = new Emitter<string>();
  private readonly savingChanged = new Emitter<SavingState>();
  private readonly store: JournalStore;
  private readonly clock: Clock;
  private readonly tools: DeskTools;
  private readonly hybrid: HybridClock;
  private readonly texts: EvidenceTexts;
  private readonly sessions = new Map<string, JournalSession>();
  private readonly owned = new DisposableStore();
  /** By incident; the empty name stands for their folder. */
  private readonly unread = new Map<string, string>();
  private chosen: string | undefined;
  private heartbeat: Disposable | undefined;

  constructor(store: JournalStore, clock: Clock, tools: DeskTools) {
    this.store = store;
    this.clock = clock;
    this.tools = tools;
    this.hybrid = new HybridClock(clock);
    this.texts = this.owned.add(new EvidenceTexts(store, { clock, ...tools }));
    this.onDidChange = this.changed.event;
    this.onDidChangeSaving = this.savingChanged.event;
  }

  /** Loads what is on disk and follows other windows from then on. */
  async start(): Promise<void> {
    this.owned.add(this.store.onDidChangeOthers(id => void this.refresh(id)));
    for (const id of await this.listed()) await this.refresh(id);
    this.beat();
  }

  /** Why incidents that are on the disk are not shown, in words; undefined when all could be read. */
  get unreadable(): string | undefined {
    return [...this.unread.values()][0];
  }

  private async listed(): Promise<readonly string[]> {
    try {
      return await this.store.listIncidents();
    } catch (error) {
      this.noteUnread('', errorText(error));
      return [];
    }
  }

  private noteUnread(incidentId: string, problem: string | undefined): void {
    if (this.unread.get(incidentId) === problem) return;
    if (problem === undefined) this.unread.delete(incidentId);
    else {
      this.unread.set(incidentId, problem);
      this.tools.log.warn(`Incidents cannot be read: ${problem}`);
    }
    this.savingChanged.fire(this.saving);
  }

  dispose(): void {
    this.owned.dispose();
    this.heartbeat?.dispose();
    for (const session of this.sessions.values()) session.dispose();
    this.changed.dispose();
    this.savingChanged.dispose();
  }

  /** Resolves when everything recorded so far is on disk or known not to be. */
  async idle(): Promise<void> {
    await Promise.all([...this.sessions.values()].map(session => session.idle()));
  }

  /** Newest first. */
  list(): readonly IncidentState[] {
    const states = [...this.sessions.values()].flatMap(session => session.state() ?? []);
    return states.sort((a, b) => b.declaredAtMs - a.declaredAtMs);
  }

  get(incidentId: string): IncidentState | undefined {
    return this.sessions.get(incidentId)?.state();
  }

  /** Every event as recorded, for histories and exports; in the order in which this window learned of them. */
  eventsOf(incidentId: string): readonly JournalEvent[] {
    return this.sessions.get(incidentId)?.allEvents ?? [];
  }

  /** Incidents that are not over. */
  open(): readonly IncidentState[] {
    return this.openBriefs().flatMap(({ id }) => this.get(id) ?? []);
  }

  /** The one that commands mean: the chosen one while it is not closed, else the newest open one. */
  current(): IncidentState | undefined {
    const id = this.currentId();
    return id === undefined ? undefined : this.get(id);
  }

  setCurrent(incidentId: string): void {
    this.chosen = incidentId;
    this.changed.fire(incidentId);
  }

  /** Where a fact about these services belongs, if anywhere. Asked for every fact, so it replays nothing. */
  incidentFor(services: readonly string[]): IncidentBrief | undefined {
    const nowMs = this.clock.nowMs();
    const live = this.briefs().filter(
      ({ status, resolvedAtMs }) =>
        !overStatuses.has(status) || (status === 'resolved' && nowMs - (resolvedAtMs ?? 0) < afterglowMs),
    );
    const matching = live.find(brief => services.some(service => brief.services.includes(service)));
    const currentId = this.currentId();
    return matching ?? live.find(({ id }) => id === currentId) ?? live[0];
  }

  private currentId(): string | undefined {
    const chosen = this.chosen === undefined ? undefined : this.sessions.get(this.chosen)?.brief();
    if (chosen !== undefined && chosen.status !== 'closed' && chosen.status !== 'cancelled') return chosen.id;
    return this.openBriefs()[0]?.id;
  }

  private openBriefs(): readonly IncidentBrief[] {
    return this.briefs().filter(({ status }) => !overStatuses.has(status));
  }

  /** Newest first. */
  private briefs(): readonly IncidentBrief[] {
    const briefs = [...this.sessions.values()].flatMap(session => session.brief() ?? []);
    return briefs.sort((a, b) => b.declaredAtMs - a.declaredAtMs);
  }

  get saving(): SavingState {
    const states = [...this.sessions.values()].map(session => session.saving);
    return {
      problem: states.find(state => state.problem !== undefined)?.problem,
      unsavedCount: states.reduce((sum, state) => sum + state.unsavedCount, 0),
    };
  }

  async declare(request: DeclareRequest): Promise<IncidentState> {
    const title = request.title.trim();
    if (title === '') throw new UserError('An incident needs a title.');
    const { severity, services, policy, isDrill = false, backlog = [], commander } = request;
    const id = newIncidentId(this.clock.nowMs(), this.tools.random, known => this.sessions.has(known));
    const session = this.sessionOf(id);
    this.chosen = id;
    const stamped = [
      this.stamp({ t: 'incident.declared', b: { title, severity, services, isDrill, policy } }, {}),
    ];
    if (commander !== undefined)
      stamped.push(this.stamp({ t: 'role.assumed', b: { role: commanderRole, person: commander } }, {}));
    for (const { event, atMs, observedAtMs, source } of backlog)
      stamped.push(this.stamp(event, { atMs, observedAtMs, actor: machineActor, ...(source && { source }) }));
    await session.append(stamped);
    this.beat();
    const incident = session.state();
    if (incident === undefined) throw new Error(`The declaration of ${id} cannot be read back`);
    return incident;
  }

  /** The id of the event, when it is on disk (or, with `saving.problem` set, kept in memory and retried). */
  async record(incidentId: string, event: NewEvent, options: RecordOptions = {}): Promise<string> {
    const session = this.sessions.get(incidentId);
    if (session === undefined) throw new UserError(`There is no incident ${incidentId}.`);
    const stamped = [this.stamp(event, options)];
    if (!session.hasWritten)
      stamped.unshift(
        this.stamp({ t: 'writer.opened', b: { version: this.tools.version } }, { actor: machineActor }),
      );
    const ids = await session.append(stamped);
    return ids.at(-1) ?? '';
  }

  /** Keeps a long text as a blob beside the journal, redacted; the hash names it. */
  putText(incidentId: string, text: string): Promise<string> {
    return this.texts.put(incidentId, text);
  }

  readText(incidentId: string, sha256: string): Promise<string | undefined> {
    return this.texts.get(incidentId, sha256);
  }

  private stamp(event: NewEvent, options: RecordOptions): StampedEvent {
    const nowMs = this.clock.nowMs();
    return {
      event: cleanEvent(event, this.tools.redact),
      atMs: options.atMs ?? nowMs,
      observedAtMs: options.observedAtMs ?? nowMs,
      actor: options.actor ?? this.tools.actor(),
      timeZone: this.tools.timeZone(),
      source: options.source,
    };
  }

  private sessionOf(incidentId: string): JournalSession {
    let session = this.sessions.get(incidentId);
    if (session === undefined) {
      session = new JournalSession(incidentId, {
        store: this.store,
        clock: this.clock,
        hybrid: this.hybrid,
        sha256: this.tools.sha256,
        onDidChange: id => this.changed.fire(id),
        onRemoved: (id, name, isInJournal) => void this.texts.delete(id, name, isInJournal),
        onDidChangeSaving: () => this.savingChanged.fire(this.saving),
      });
      this.sessions.set(incidentId, session);
    }
    return session;
  }

  private async refresh(incidentId: string): Promise<void> {
    try {
      const session = this.sessionOf(incidentId);
      await session.refresh();
      this.noteUnread(incidentId, session.unreadable);
      // Found by looking again: the folder can be read by now.
      if (session.unreadable === undefined) this.noteUnread('', undefined);
      this.beat();
    } catch (error) {
      this.tools.log.error(`The journal of ${incidentId} cannot be read`, error);
    }
  }

  /** Says once a minute that this window is watching: silence is drawn as a gap. */
  private beat(): void {
    if (this.heartbeat !== undefined) return;
    this.heartbeat = this.clock.after(heartbeatMs, () => {
      this.heartbeat = undefined;
      const nowMs = this.clock.nowMs();
      const live = this.openBriefs().filter(({ declaredAtMs }) => nowMs - declaredAtMs < heartbeatForMs);
      for (const { id } of live) void this.record(id, watching, { actor: machineActor });
      if (live.length > 0) this.beat();
    });
  }
}

const watching: NewEvent = { t: 'clock.sampled', b: { skewMs: 0, against: 'heartbeat' } };
