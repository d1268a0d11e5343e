import assert from 'node:assert/strict';
import { JournalFiles } from '../../../src/adapters/journalFiles.ts';
import { IncidentActions } from '../../../src/app/incidentActions.ts';
import { IncidentDesk } from '../../../src/app/incidentDesk.ts';
import { type Clock, systemClock } from '../../../src/base/clock.ts';
import { sha256 } from '../../domain/incident/makeEvents.ts';

/** A window on the journals in the folder; an error in its log fails the test. */
export async function openWindow(folder: string, name: string, clock: Clock = systemClock) {
  const store = new JournalFiles(folder, name);
  const warnings: string[] = [];
  const desk = new IncidentDesk(store, clock, {
    sha256,
    random: Math.random,
    actor: () => ({ id: name, name }),
    redact: text => text,
    timeZone: () => 'UTC',
    version: '1',
    log: {
      info: () => {},
      warn: text => warnings.push(text),
      error: (text, error) => assert.fail(`${text} ${error}`),
    },
  });
  await store.start();
  await desk.start();
  const close = async () => {
    desk.dispose();
    await store.close();
  };
  return { store, desk, warnings, actions: new IncidentActions(desk), close };
}

export type JournalWindow = Awaited<ReturnType<typeof openWindow>>;
