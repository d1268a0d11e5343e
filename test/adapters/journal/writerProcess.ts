// A window in a process of its own: appends events as fast as it can and says which ones were acknowledged.
// Arguments: folder, incident id, writer id, characters of text per event, and `recover` to lift the limit on the
// file's size at the first refusal and write two more.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { JournalFiles } from '../../../src/adapters/journalFiles.ts';
import { chainStart, encodeEvent } from '../../../src/domain/incident/journalLine.ts';

const [folder = '', incidentId = '', writerId = '', size = '100', mode] = process.argv.slice(2);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
// A limit on the file's size is to be an error, not the end of the process.
process.on('SIGXFSZ', () => {});

const store = new JournalFiles(folder, writerId);
let previous = chainStart;
let last = Number.POSITIVE_INFINITY;
for (let s = 1; s <= last; s++) {
  const at = new Date(1_795_288_000_000 + s).toISOString();
  const { line, checksum } = encodeEvent(
    {
      v: 1,
      w: writerId,
      s,
      h: [1_795_288_000_000 + s, 0],
      at,
      ob: at,
      tz: 'UTC',
      i: incidentId,
      t: 'note.added',
      a: { id: 'kim', name: 'Kim' },
      b: { text: `${s} ${'x'.repeat(Number(size))}` },
    },
    previous,
    sha256,
  );
  previous = checksum;
  try {
    await store.append(incidentId, [line]);
    // Synchronous, so that an acknowledgement can never be told before the append, nor be lost in a buffer.
    writeSync(1, `ack ${s}\n`);
  } catch (error) {
    writeSync(1, `error ${error instanceof Error ? error.message : String(error)}\n`);
    if (mode !== 'recover') process.exit(3);
    execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited']);
    await store.append(incidentId, [line]);
    writeSync(1, `ack ${s}\n`);
    last = s + 1;
  }
}
await store.close();
