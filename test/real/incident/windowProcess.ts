// A window in a process of its own that lives through a scripted incident and says which events were acknowledged.
// Arguments: folder, writer id, and the id of the incident to go on with.
import { hash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { JournalFiles } from '../../../src/adapters/journalFiles.ts';
import { IncidentActions } from '../../../src/app/incidentActions.ts';
import { IncidentDesk } from '../../../src/app/incidentDesk.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { policy } from '../../domain/incident/makeEvents.ts';

const [folder = '', writerId = '', existing] = process.argv.slice(2);
const store = new JournalFiles(folder, writerId);
const say = (text: string) => writeSync(1, `${text}\n`);
const desk = new IncidentDesk(store, systemClock, {
  sha256: text => hash('sha256', text, 'hex'),
  random: Math.random,
  actor: () => ({ id: writerId, name: writerId }),
  redact: text => text,
  timeZone: () => 'UTC',
  version: '1',
  log: { info: () => {}, warn: () => {}, error: message => say(`error ${message}`) },
});
const actions = new IncidentActions(desk);
await store.start();
await desk.start();
const id =
  existing ?? (await desk.declare({ title: 'Scripted', severity: 1, services: ['redis'], policy })).id;
say(`incident ${id}`);
for (let round = 0; ; round++) {
  const note = await actions.addNote(id, `note ${round} of ${writerId}`);
  say(`ack ${note}`);
  say(`ack ${await actions.changeSeverity(id, (round % 4) + 1)}`);
  say(`ack ${await actions.correctEntry(id, note, { event: `corrected ${round}` })}`);
  const several = [1, 2, 3].map(n => actions.addNote(id, `TODO: ${n}`).then(event => say(`ack ${event}`)));
  await Promise.all(several);
  say(`ack ${await actions.addEvidence(id, { label: 'log', text: `line ${round}\n`.repeat(50) })}`);
}
