// An extension of the test's own, in the same extension host as Watchkeeper: lives through a scripted incident by
// Watchkeeper's commands, as a person would, and writes down which events were acknowledged to it.
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** Lines `born`, `ack <event id>` go to `<folder>/<pid>.life`; the test kills by that pid. */
export function activate(): void {
  const folder = process.env['WATCHKEEPER_LIVES'];
  if (folder === undefined) throw new Error('the test named no folder');
  const fd = fs.openSync(path.join(folder, `${process.pid}.life`), 'ax');
  // Synchronous: an acknowledgement is with the system before the next command is given.
  const say = (line: string) => fs.writeSync(fd, `${line}\n`);
  say('born');
  const run = async (name: string, argument: string) => {
    const id = await vscode.commands.executeCommand<string | undefined>(`watchkeeper.${name}`, argument);
    say(id === undefined ? `nothing ${name}` : `ack ${id}`);
  };
  void declared(folder).then(incident => live(run, incident));
}

async function live(run: (name: string, argument: string) => Promise<void>, incident: string): Promise<void> {
  for (let round = 0; ; round++) {
    await run('addNote', `note ${round} of ${process.pid}`);
    await run('acknowledgeIncident', `incident:${incident}`);
    const kinds = [`H: it is ${round}`, `TODO: look at ${round}`, `? why ${round}`, 'x'.repeat(5_000)];
    await Promise.all(kinds.map(text => run('addNote', text)));
    // As much as a busy incident has, not as much as fits.
    await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 80));
  }
}

/** The test declares it by hand, in the first window, and says so. */
async function declared(folder: string): Promise<string> {
  const file = path.join(folder, 'incident');
  while (!fs.existsSync(file)) await new Promise(resolve => setTimeout(resolve, 20));
  return fs.readFileSync(file, 'utf8');
}
