import fs from 'node:fs';
import path from 'node:path';

export interface Life {
  readonly pid: number;
  readonly acknowledged: readonly string[];
  /** Commands that came back without an event. */
  readonly refused: readonly string[];
}

/** The extension hosts that ran the scripted incident, by what each wrote down; a killed one may end mid-line. */
export class Lives {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    fs.mkdirSync(folder, { recursive: true });
  }

  pids(): readonly number[] {
    return fs
      .readdirSync(this.folder)
      .filter(name => name.endsWith('.life'))
      .map(name => Number.parseInt(name, 10));
  }

  read(pid: number): Life {
    const lines = fs
      .readFileSync(path.join(this.folder, `${pid}.life`), 'utf8')
      .split('\n')
      .slice(0, -1);
    const after = (word: string) =>
      lines.filter(line => line.startsWith(`${word} `)).map(line => line.slice(word.length + 1));
    return { pid, acknowledged: after('ack'), refused: after('nothing') };
  }

  begin(incident: string): void {
    // Renamed, so that a host never reads half of it.
    const draft = path.join(this.folder, 'draft');
    fs.writeFileSync(draft, incident);
    fs.renameSync(draft, path.join(this.folder, 'incident'));
  }
}
