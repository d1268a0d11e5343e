import { hash } from 'node:crypto';
import { JournalFiles } from '../../src/adapters/journalFiles.ts';
import type { JournalEvent } from '../../src/domain/incident/events.ts';
import { JournalReader } from '../../src/domain/incident/journalReader.ts';
import { replay } from '../../src/domain/incident/replay.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';

export interface ReadIncident {
  readonly state: IncidentState;
  readonly events: readonly JournalEvent[];
}

/** The newest incident as its files tell it, read from outside VS Code. */
export async function readIncident(storagePath: string): Promise<ReadIncident | undefined> {
  const store = new JournalFiles(storagePath, 'READER');
  try {
    const found: ReadIncident[] = [];
    for (const incident of await store.listIncidents()) {
      const { lines, problems } = await store.read(incident);
      const reader = new JournalReader(text => hash('sha256', text, 'hex'));
      const events = reader.add(lines);
      found.push({ events, state: replay(events, [...problems, ...reader.problems]) });
    }
    return found.sort((a, b) => b.state.declaredAtMs - a.state.declaredAtMs)[0];
  } finally {
    await store.close();
  }
}
