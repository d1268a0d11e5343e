import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposables.ts';
import type { Event } from '../base/emitter.ts';
import type { IncidentBrief } from '../domain/incident/brief.ts';
import type { EventType } from '../domain/incident/events.ts';
import type { Log } from '../ports.ts';
import { Backlog } from './incident/backlog.ts';
import { type BacklogItem, machineActor } from './incident/deskTypes.ts';
import { excerptOf } from './incident/excerpt.ts';
import type { FinishedStep, PinnedLog, RecorderInputs } from './incident/recorderInputs.ts';
import {
  alertFact,
  containerFact,
  deployFact,
  type Fact,
  fileFact,
  healthFact,
  stepEndFact,
  stepStartFact,
} from './incident/toFacts.ts';
import type { IncidentDesk } from './incidentDesk.ts';

/** More than this of one output is not kept: a person wants its beginning and its end. */
const maxOutputLength = 1 << 20;

/** Steps are run, lines pinned and files saved by whoever sits here; the rest happens by itself. */
const byPeople: ReadonlySet<EventType> = new Set([
  'step.started',
  'step.finished',
  'evidence.added',
  'file.saved',
]);

export interface RecorderTools {
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  readonly log: Log;
  /** What people call a service; its id when it has no other name. */
  readonly titleOf: (serviceId: string) => string;
}

/**
 * Writes down by itself what happens: into the incident it belongs to, or into the half hour that a declaration
 * adopts. It alone knows both the services that see things and the desk.
 */
export class IncidentRecorder implements Disposable {
  private readonly desk: IncidentDesk;
  private readonly tools: RecorderTools;
  private readonly owned = new DisposableStore();
  private readonly before: Backlog;

  constructor(desk: IncidentDesk, tools: RecorderTools) {
    this.desk = desk;
    this.tools = tools;
    this.before = new Backlog(tools.titleOf);
  }

  /** May be called more than once, with what there is. */
  connect(inputs: RecorderInputs): void {
    this.listen(inputs.onDidChangeHealth, change => {
      this.before.noteState(change);
      this.take(healthFact(change));
    });
    this.listen(inputs.onDidChangeAlert, alert => {
      this.before.noteAlert(alert);
      this.take(alertFact(alert, this.tools.titleOf));
    });
    this.listen(inputs.onDidSeeContainerEvent, seen => this.take(containerFact(seen)));
    this.listen(inputs.onDidStartStep, step => this.take(stepStartFact(step)));
    this.listen(inputs.onDidFinishStep, step => void this.stepEnded(step));
    this.listen(inputs.onDidPinLog, pin => void this.logPinned(pin));
    this.listen(inputs.onDidSaveFile, file => this.take(fileFact(file, this.tools.clock.nowMs())));
    this.listen(inputs.onDidSeeDeploy, deploy => this.take(deployFact(deploy)));
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** What a declaration made now should adopt. */
  backlog(): readonly BacklogItem[] {
    return this.before.at(this.tools.clock.nowMs());
  }

  private listen<T>(event: Event<T> | undefined, listener: (value: T) => void): void {
    if (event !== undefined) this.owned.add(event(listener));
  }

  private take(fact: Fact | undefined): void {
    if (fact === undefined) return;
    const incident = this.desk.incidentFor(fact.services);
    // Kept in any case: the next incident may begin while this one is still being wound up.
    this.before.add(fact, this.tools.clock.nowMs());
    if (incident !== undefined) void this.write(incident, fact);
  }

  private async write(incident: IncidentBrief, { event, atMs, source }: Fact): Promise<void> {
    try {
      const actor = byPeople.has(event.t) ? {} : { actor: machineActor };
      await this.desk.record(incident.id, event, { atMs, source, ...actor });
    } catch (error) {
      this.tools.log.error(`An event of type ${event.t} could not be recorded`, error);
    }
  }

  private async stepEnded(step: FinishedStep): Promise<void> {
    const output = this.tools.redact(lastPart(step.output));
    const excerpt = excerptOf(output);
    const incident = this.desk.incidentFor(step.services);
    // Kept even when the excerpt is all of it: what has a name can be deleted for good.
    const sha256 = incident === undefined || output === '' ? undefined : await this.keep(incident, output);
    this.take(stepEndFact(step, excerpt, sha256));
  }

  private async logPinned(pin: PinnedLog): Promise<void> {
    const { label, lines, serviceId, atMs = this.tools.clock.nowMs(), source } = pin;
    const services = serviceId === undefined ? [] : [serviceId];
    const text = this.tools.redact(lines.join('\n'));
    const incident = this.desk.incidentFor(services);
    const sha256 = incident === undefined ? undefined : await this.keep(incident, text);
    const b = {
      kind: 'log' as const,
      label,
      excerpt: excerptOf(text),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(serviceId === undefined ? {} : { service: serviceId }),
      ...(source === undefined ? {} : { file: source.file, line: source.line }),
    };
    const fact: Fact = { event: { t: 'evidence.added', b }, atMs, source: { k: 'log' }, services };
    this.take(fact);
  }

  /** Evidence that cannot be stored whole still leaves its excerpt. */
  private async keep(incident: IncidentBrief, text: string): Promise<string | undefined> {
    try {
      return await this.desk.putText(incident.id, text);
    } catch (error) {
      this.tools.log.error('Evidence could not be stored whole', error);
      return undefined;
    }
  }
}

/** From a line's start: half a secret at the cut would not be recognised as one. */
function lastPart(output: string): string {
  if (output.length <= maxOutputLength) return output;
  const start = output.indexOf('\n', output.length - maxOutputLength);
  return start < 0 ? '' : output.slice(start + 1);
}
