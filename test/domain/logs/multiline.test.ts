import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelOf } from '../../../src/domain/logs/levels.ts';
import { EventFolder } from '../../../src/domain/logs/multiline.ts';

/** `>` marks a head, `.` a continuation. */
const events: Readonly<Record<string, readonly string[]>> = {
  python: [
    '>ERROR:root:query failed',
    '.Traceback (most recent call last):',
    '.  File "app.py", line 3, in run',
    '.    query()',
    '.psycopg2.OperationalError: Connection refused',
    '.',
    '.During handling of the above exception, another exception occurred:',
    '.',
    '.Traceback (most recent call last):',
    '.  File "app.py", line 9',
    '.RuntimeError: gave up',
    '>INFO:root:next',
  ],
  java: [
    '>10:00:00 ERROR Main - boom',
    '>java.lang.IllegalStateException: boom',
    '.\tat com.acme.Main.run(Main.java:3)',
    '.Caused by: java.io.IOException: disk',
    '.\tat com.acme.Disk.read(Disk.java:1)',
    '.\t... 12 more',
    '>10:00:01 INFO Main - next',
  ],
  node: [
    '>Error: listen EADDRINUSE',
    '.    at Server.setup (node:net:1)',
    '.    at listen (node:net:2) {',
    "  code: 'EADDRINUSE'".replace(/^/, '.'),
    '.}',
    '>done',
  ],
  go: [
    '>panic: runtime error: index out of range [3]',
    '.',
    '.goroutine 1 [running]:',
    '.main.main()',
    '.\t/app/main.go:8 +0x1d',
    '.exit status 2',
    '>starting',
  ],
  'two errors in one burst': ['>ERROR one', '>ERROR two', '>  ERROR three'],
};

for (const [name, marked] of Object.entries(events)) {
  test(`${name}: each line is a head or a continuation`, () => {
    const folder = new EventFolder();
    const seen = marked.map(line => {
      const text = line.slice(1);
      return `${folder.isContinuation(text, levelOf(text), 0) ? '.' : '>'}${text}`;
    });
    assert.deepEqual(seen, marked);
  });
}

test('a pause ends an event', () => {
  const folder = new EventFolder();
  folder.isContinuation('head', 'unknown', 0);
  assert.equal(folder.isContinuation('  indented', 'unknown', 900), true);
  assert.equal(folder.isContinuation('  indented', 'unknown', 5000), false);
});
