import type { EventSource, NewEvent } from '../../domain/incident/events.ts';
import { machineActorId, type Random } from '../../domain/incident/ids.ts';
import type { Actor, IncidentPolicy } from '../../domain/incident/model.ts';
import type { Log, Sha256 } from '../../ports.ts';

export interface DeskTools {
  readonly sha256: Sha256;
  readonly random: Random;
  /** Who sits at this window. */
  readonly actor: () => Actor;
  /** Takes whole texts; nothing reaches the store, a page or a message around it. */
  readonly redact: (text: string) => string;
  /** Zone of this person, e.g. `Europe/Berlin`. */
  readonly timeZone: () => string;
  readonly version: string;
  readonly log: Log;
}

/** A fact from before the declaration, which it may adopt. */
export interface BacklogItem {
  readonly event: NewEvent;
  readonly atMs: number;
  readonly observedAtMs: number;
  readonly source: EventSource | undefined;
}

export interface DeclareRequest {
  readonly title: string;
  /** 1 for SEV-1. */
  readonly severity: number;
  readonly services: readonly string[];
  readonly policy: IncidentPolicy;
  readonly backlog?: readonly BacklogItem[];
  readonly isDrill?: boolean;
  /** Takes the role `Incident Commander` at once. */
  readonly commander?: string;
}

export interface RecordOptions {
  /** When it happened, if the source says so; else now. */
  readonly atMs?: number;
  readonly observedAtMs?: number;
  readonly source?: EventSource;
  readonly actor?: Actor;
}

/** `problem` while at least one line is in memory only. */
export interface SavingState {
  readonly problem: string | undefined;
  readonly unsavedCount: number;
}

export const commanderRole = 'Incident Commander';
/** Who Watchkeeper is in the journal where no person acted. */
export const machineActor: Actor = { id: machineActorId, name: 'Watchkeeper' };
