import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RunbookFiles, RunbookIndex } from '../../src/app/runbookIndex.ts';
import { Emitter } from '../../src/base/emitter.ts';
import { parseRunbook } from '../../src/domain/runbook/parseRunbook.ts';
import { FakeClock } from '../fakes/fakeClock.ts';

class MemoryFiles implements RunbookFiles {
  readonly texts = new Map<string, string>();
  readonly changes = new Emitter<string>();
  readonly onDidChange = this.changes.event;
  readonly folders = new Emitter<string>();
  readonly onDidChangeFolder = this.folders.event;
  readonly delays = new Map<string, Promise<void>>();
  finds = 0;

  async find(): Promise<readonly string[]> {
    this.finds++;
    return [...this.texts.keys()].filter(name => !name.startsWith('other/'));
  }

  async read(file: string): Promise<string | undefined> {
    const text = this.texts.get(file);
    await this.delays.get(file);
    if (text === 'unreadable') throw new Error('EACCES');
    return text;
  }

  set(file: string, text: string | undefined): void {
    if (text === undefined) this.texts.delete(file);
    else this.texts.set(file, text);
    this.changes.fire(file);
  }
}

function setUp(names: readonly string[]) {
  const files = new MemoryFiles();
  for (const name of names) files.texts.set(name, `# ${name}\n\n\`\`\`sh\nls ${name}\n\`\`\`\n`);
  const parsed: string[] = [];
  const clock = new FakeClock();
  const parse = (file: string, text: string) => {
    parsed.push(file);
    return parseRunbook(file, text);
  };
  const index = new RunbookIndex({ files, globs: () => ['**/*.md'], parse, clock });
  return { files, parsed, clock, index };
}

test('everything found is parsed once and kept in order of the paths', async () => {
  const { index, parsed } = setUp(['b.md', 'a.md', 'c.md']);
  await index.reload();
  assert.deepEqual(
    index.runbooks().map(runbook => runbook.file),
    ['a.md', 'b.md', 'c.md'],
  );
  assert.deepEqual(parsed.sort(), ['a.md', 'b.md', 'c.md']);
  assert.equal(index.runbooks(), index.runbooks());
});

test('a change parses that file only, and an equal text none', async () => {
  const { index, files, parsed, clock } = setUp(['a.md', 'b.md']);
  await index.reload();
  parsed.length = 0;
  const fired: string[] = [];
  index.onDidChange(file => fired.push(file));
  files.set('a.md', '# New\n');
  files.changes.fire('b.md');
  await clock.advance(200);
  assert.deepEqual(parsed, ['a.md']);
  assert.deepEqual(fired, ['a.md']);
  assert.equal(index.get('a.md')?.title, 'New');
  assert.equal(index.textOf('a.md'), '# New\n');
});

test('a deleted file goes, a new one comes, and a reload drops what is no longer found', async () => {
  const { index, files, clock } = setUp(['a.md', 'b.md']);
  await index.reload();
  files.set('a.md', undefined);
  files.set('c.md', '# C\n');
  await clock.advance(200);
  assert.deepEqual(
    index.runbooks().map(runbook => runbook.title),
    ['b.md', 'C'],
  );
  files.texts.delete('b.md');
  await index.reload();
  assert.deepEqual(
    index.runbooks().map(runbook => runbook.file),
    ['c.md'],
  );
});

test('of a folder that came or went only the folder is told: what is in it is looked for, once for a crowd of them', async () => {
  const { index, files, parsed, clock } = setUp(['a.md', 'old/b.md', 'old/c.md']);
  await index.reload();
  parsed.length = 0;
  files.finds = 0;
  for (const name of ['old/b.md', 'old/c.md']) files.texts.delete(name);
  for (const name of ['new/b.md', 'new/c.md']) files.texts.set(name, `# ${name}\n`);
  for (const name of ['old', 'new', 'other']) files.folders.fire(name);
  await clock.advance(900);
  assert.deepEqual(
    index.runbooks().map(({ file }) => file),
    ['a.md', 'new/b.md', 'new/c.md'],
  );
  assert.deepEqual([parsed, files.finds], [['new/b.md', 'new/c.md'], 1]);
  for (const name of ['new/b.md', 'new/c.md']) files.texts.delete(name);
  files.folders.fire('new');
  await clock.advance(900);
  files.texts.set('new/b.md', '# Back\n');
  files.folders.fire('new');
  await clock.advance(900);
  assert.equal(index.get('new/b.md')?.title, 'Back');
  index.dispose();
  files.folders.fire('new');
  assert.equal(clock.pendingTimers, 0);
});

test('of several quick edits only the last is parsed', async () => {
  const { index, files, parsed, clock } = setUp(['a.md']);
  await index.reload();
  parsed.length = 0;
  for (let i = 0; i < 50; i++) files.set('a.md', `# Edit ${i}\n`);
  await clock.advance(200);
  assert.equal(index.get('a.md')?.title, 'Edit 49');
  assert.deepEqual(parsed, ['a.md']);
});

test('a slow read of an older text does not overtake a newer one', async () => {
  const { index, files, clock } = setUp(['a.md']);
  await index.reload();
  let release = () => {};
  files.delays.set('a.md', new Promise(resolve => (release = resolve)));
  files.set('a.md', '# Old\n');
  await clock.advance(200);
  files.delays.clear();
  files.set('a.md', '# New\n');
  await clock.advance(200);
  release();
  await clock.advance(0);
  assert.equal(index.get('a.md')?.title, 'New');
});

test('a Markdown file that is no runbook is looked for once, not on every keystroke', async () => {
  const { index, files, clock } = setUp(['a.md']);
  await index.reload();
  for (let i = 0; i < 5; i++) {
    files.set('other/readme.md', `# ${i}\n`);
    await clock.advance(200);
  }
  assert.equal(files.finds, 2);
  assert.equal(index.get('other/readme.md'), undefined);
});

test('cancelling stops early and keeps what is there; disposing silences it', async () => {
  const { index, parsed, files, clock } = setUp(Array.from({ length: 100 }, (_, i) => `r${i}.md`));
  const read = files.read.bind(files);
  files.read = file => {
    if (file === 'r20.md') index.cancel();
    return read(file);
  };
  const told: string[] = [];
  index.onDidProgress(({ done, total, isEnd }) => told.push(`${done} of ${total}${isEnd ? ', end' : ''}`));
  await index.reload();
  assert.ok(parsed.length > 0 && parsed.length < 100, `${parsed.length} parsed`);
  assert.deepEqual(told, [`${parsed.length} of 100, end`]);
  assert.equal(index.runbooks().length, parsed.length);
  const before = parsed.length;
  index.dispose();
  files.set('r1.md', '# Other\n');
  await clock.advance(200);
  assert.equal(parsed.length, before);
});

test('a file that cannot be read is passed over', async () => {
  const { index, files } = setUp(['a.md', 'b.md']);
  files.texts.set('a.md', 'unreadable');
  await index.reload();
  assert.deepEqual(
    index.runbooks().map(runbook => runbook.file),
    ['b.md'],
  );
});
