import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { journalReviewBases } from '../../src/app/review/bases.ts';
import { ReviewWriter } from '../../src/app/reviewWriter.ts';
import type { Incident, ReviewRecord } from '../../src/domain/incident/model.ts';
import { entry, sampleIncident } from '../domain/review/sample.ts';
import { FakeClock } from '../fakes/fakeClock.ts';

const path = 'docs/post-incident-reports/2026-11-21-inc-20261121-k7qd.md';

class World {
  readonly files = new Map<string, string>();
  readonly blobs = new Map<string, Uint8Array>();
  readonly clock = new FakeClock(Date.parse('2026-11-21T12:00:00Z'));
  record: ReviewRecord | undefined;
  records = 0;
  writes = 0;
  isJournalFull = false;
  readonly writer: ReviewWriter;

  constructor(redact?: (text: string) => string) {
    const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
    const blobs = {
      putBlob: async (id: string, bytes: Uint8Array) => {
        if (this.isJournalFull) throw new Error('no space left');
        this.blobs.set(id + hash(bytes), bytes);
        return hash(bytes);
      },
      readBlob: async (id: string, sha256: string) => this.blobs.get(id + sha256),
    };
    const bases = journalReviewBases(
      blobs,
      async (_, { path: at, baseSha256 }) => {
        this.records++;
        this.record = { path: at, baseSha256, atMs: this.clock.nowMs() };
      },
      hash,
    );
    const files = {
      read: async (at: string) => this.files.get(at),
      write: async (at: string, text: string) => {
        this.writes++;
        this.files.set(at, text);
      },
      show: async () => {},
    };
    this.writer = new ReviewWriter({ files, bases, clock: this.clock, ...(redact && { redact }) });
  }

  incident(given: Partial<Incident> = {}): Incident {
    return sampleIncident({ ...given, ...(this.record && { review: this.record }) });
  }

  async generate(given: Partial<Incident> = {}) {
    const result = await this.writer.generate(this.incident(given));
    assert.ok(result.ok, `refused: ${result.ok ? '' : result.error.reason}`);
    return result.value;
  }

  edit(from: string, to: string, at = path): void {
    const text = this.files.get(at) ?? '';
    assert.ok(text.includes(from), `${from} is in the file`);
    this.files.set(at, text.replace(from, to));
  }
}

const more = { entries: [...sampleIncident().entries, entry('w:20', 41, { event: 'all quiet' })] };

test('the first run writes the file, remembers it and lists what is missing', async () => {
  const world = new World();
  const { path: at, change, unfilled, text } = await world.generate();
  assert.deepEqual([at, change, world.writes, world.records], [path, 'created', 1, 1]);
  assert.equal(world.files.get(path), text);
  assert.ok(unfilled.some(({ placeholder }) => placeholder === '{Effect on users}'));
});

test('a second run with nothing new writes and records nothing', async () => {
  const world = new World();
  await world.generate();
  const { change } = await world.generate();
  assert.deepEqual([change, world.writes, world.records], ['unchanged', 1, 1]);
});

test("a later run keeps a person's words and brings in new facts as one write", async () => {
  const world = new World();
  await world.generate();
  world.edit('{Effect on users}', 'logins failed');
  const { text, change, unfilled } = await world.generate(more);
  assert.ok(text.includes('logins failed') && text.includes('| 10:41 | all quiet |  |'));
  assert.deepEqual([change, world.writes], ['updated', 2]);
  assert.ok(!unfilled.some(({ placeholder }) => placeholder === '{Effect on users}'));
});

test('the path of the first write stays when the start is corrected', async () => {
  const world = new World();
  await world.generate();
  const milestones = sampleIncident().milestones.map(item => ({ ...item, atMs: item.atMs - 86_400_000 }));
  assert.equal((await world.generate({ milestones })).path, path);
  assert.deepEqual([...world.files.keys()], [path]);
});

test("another incident's file is never overwritten", async () => {
  const world = new World();
  const policy = { ...sampleIncident().policy, reviewPath: 'reviews/YYYY-MM-DD.md' };
  world.files.set('reviews/2026-11-21.md', '# Review of inc-20261121-zzzz\n');
  world.files.set('reviews/2026-11-21-2.md', '# Another\n');
  const { path: at } = await world.generate({ policy });
  assert.equal(at, 'reviews/2026-11-21-3.md');
  assert.equal(world.files.get('reviews/2026-11-21.md'), '# Review of inc-20261121-zzzz\n');
});

test('with the base lost the file stays as it is and facts are proposed', async () => {
  const world = new World();
  await world.generate();
  world.blobs.clear();
  world.edit('SEV-1 (initially SEV-2)', 'SEV-2');
  const before = world.files.get(path);
  const { proposals, change } = await world.generate(more);
  assert.equal(world.files.get(path), before);
  assert.deepEqual([change, proposals.map(({ key }) => key)], ['unchanged', ['f:Severity', 'tl:w:20']]);
});

test('a base that cannot be stored fails the run after the write, and the next run brings nothing in twice', async () => {
  const world = new World();
  await world.generate();
  world.edit('PostgresDown fired', 'PostgresDown fired twice');
  world.isJournalFull = true;
  await assert.rejects(world.generate(more), /no space left/);
  const written = world.files.get(path);
  world.isJournalFull = false;
  const { text } = await world.generate(more);
  assert.equal(text, written);
  assert.equal(text.split('all quiet').length, 2);
});

test('a file with conflict markers is refused and left alone', async () => {
  const world = new World();
  await world.generate();
  const conflict = `<<<<<<< ours\n${world.files.get(path)}=======\n>>>>>>> theirs\n`;
  world.files.set(path, conflict);
  const result = await world.writer.generate(world.incident(more));
  assert.deepEqual(result, { ok: false, error: { reason: 'conflictMarkers', path } });
  assert.equal(world.files.get(path), conflict);
});

test('a file that a person removed is written anew at its path', async () => {
  const world = new World();
  await world.generate();
  world.files.delete(path);
  const { change, path: at } = await world.generate(more);
  assert.deepEqual([change, at], ['created', path]);
});

test('two runs at once take turns', async () => {
  const world = new World();
  const [first, second] = await Promise.all([
    world.writer.generate(world.incident()),
    world.writer.generate(world.incident()),
  ]);
  assert.ok(first?.ok && second?.ok);
  assert.deepEqual([first.value.change, second.value.change], ['created', 'unchanged']);
});

test('secrets are masked once more before the write', async () => {
  const world = new World(text => text.replaceAll('hunter2', '«redacted»'));
  const entries = [entry('w:1', 1, { event: 'login with hunter2' })];
  const { text } = await world.generate({ entries });
  assert.ok(text.includes('login with «redacted»') && !text.includes('hunter2'));
});
