import { type Description, describe } from './describe.ts';
import { eventId, type JournalEvent } from './events.ts';
import type { Entry, EntryStep, Proof } from './model.ts';

/** An entry while corrections and folding still work on it. */
export interface Draft {
  /** Handed out as it stands in the end: no row of a hundred thousand is made twice. */
  readonly entry: DraftEntry;
  readonly source: JournalEvent;
  /** A person worked on it: it is never folded away under another row. */
  isTouched: boolean;
  /** Folded or merged into another row. */
  isFolded: boolean;
  /** The result of a step, once it has ended. */
  outcome: StepEnd | undefined;
}

type DraftEntry = { -readonly [K in keyof Entry]: K extends 'proofs' ? Proof[] : Entry[K] };
type StepEnd = Extract<JournalEvent, { readonly t: 'step.finished' }>;

/** Rows in causal order, and which row an event id belongs to (a step's end belongs to the row of its start). */
export interface Drafts {
  readonly rows: readonly Draft[];
  readonly rowOf: (id: string) => Draft | undefined;
}

/** One row per event, two for none, and one for both ends of a step. `events` are in causal order. */
export function toDrafts(events: readonly JournalEvent[], aliases: Map<string, string>): Drafts {
  const rows: Draft[] = [];
  const index = new RowIndex();
  const runs = new Map<string, Draft>();
  const rowOf = (id: string) => index.get(aliases.get(id) ?? id);
  for (const event of events) {
    const description = describe(event);
    if (description === undefined) continue;
    if (event.t === 'evidence.added' && event.b.target !== undefined) {
      const target = rowOf(event.b.target);
      if (target !== undefined) {
        target.entry.proofs.push(toProof(eventId(event), description));
        index.set(event, target);
        continue;
      }
    }
    const started = event.t === 'step.finished' ? startOf(runs, event) : undefined;
    if (event.t === 'step.finished' && started !== undefined) {
      endStep(started, event, description);
      index.set(event, started);
      continue;
    }
    const row = toDraft(event, description);
    if (event.t === 'step.started')
      for (const key of [`${event.w}:${event.b.run}`, event.b.run]) runs.set(key, row);
    rows.push(row);
    index.set(event, row);
  }
  return { rows, rowOf };
}

/** By its own writer first; the window that saw it begin may be gone, and then another one tells its end. */
function startOf(runs: ReadonlyMap<string, Draft>, { w, b }: StepEnd): Draft | undefined {
  const isUnique = !/^run-\d+$/.test(b.run);
  return runs.get(`${w}:${b.run}`) ?? (isUnique ? runs.get(b.run) : undefined);
}

/** Rows by writer and number: hashing a hundred thousand ids would cost more than all the rest of replay. */
class RowIndex {
  private readonly byWriter = new Map<string, (Draft | undefined)[]>();

  set({ w, s }: JournalEvent, row: Draft): void {
    let rows = this.byWriter.get(w);
    if (rows === undefined) {
      rows = [];
      this.byWriter.set(w, rows);
    }
    rows[s] = row;
  }

  get(id: string): Draft | undefined {
    const colon = id.lastIndexOf(':');
    return this.byWriter.get(id.slice(0, colon))?.[Number(id.slice(colon + 1))];
  }
}

function toDraft(event: JournalEvent, description: Description): Draft {
  const { at, ob, a } = event;
  const id = eventId(event);
  const outcome = event.t === 'step.finished' ? event : undefined;
  const toldMs = Date.parse(at);
  const entry: DraftEntry = {
    id,
    kind: description.kind,
    atMs: outcome === undefined ? toldMs : Date.parse(outcome.b.startedAt),
    observedAtMs: ob === at ? toldMs : Date.parse(ob),
    event: description.event,
    action: description.action,
    detail: description.detail,
    serviceId: description.serviceId,
    actor: a,
    relevance: description.relevance,
    isPinned: false,
    isRetracted: false,
    isEdited: false,
    proofs: [toProof(id, description)],
  };
  if (outcome !== undefined) entry.step = toStep(outcome);
  return { entry, source: event, isTouched: false, isFolded: false, outcome };
}

function endStep(row: Draft, outcome: StepEnd, description: Description): void {
  const { entry } = row;
  row.outcome = outcome;
  entry.action = description.action;
  entry.detail = description.detail;
  entry.relevance = description.relevance;
  entry.step = toStep(outcome);
  entry.proofs.splice(0, 1, toProof(eventId(outcome), description));
}

/** Only of a step that has ended: until then there is no fact about what it did. */
function toStep({ b }: StepEnd): EntryStep {
  return { command: b.command, exitCode: b.exit, isChange: b.isMutating };
}

function toProof(id: string, description: Description): Proof {
  return {
    eventId: id,
    label: description.action ?? description.event,
    excerpt: description.excerpt,
    sha256: description.sha256,
    link: description.link,
  };
}
