import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Incident } from '../../src/domain/incident/model.ts';
import { builtInTemplate } from '../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../src/domain/review/fill.ts';
import { mergeReview } from '../../src/domain/review/merge.ts';
import type { FilledReview } from '../../src/domain/review/model.ts';
import { entry, sampleIncident } from '../domain/review/sample.ts';
import type { BenchResult, BenchRow } from './types.ts';

const rounds = 7;
const rowCount = 10_000;

/** Generation and merge at a size that no real review reaches: every one of 10,000 entries is in it. */
export async function run(): Promise<BenchResult> {
  const incident = busyIncident(0);
  const base = render(incident);
  const next = render(busyIncident(100));
  const disk = edited(base.text);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-bench-'));
  try {
    return { name: 'review', results: [generation(incident), ...merging(base, disk, next, folder)] };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function generation(incident: Incident): BenchRow {
  const json = JSON.stringify(incident);
  const limit = median(() => void JSON.parse(json));
  const ours = median(() => void render(incident));
  return {
    metric: `review from ${rowCount} entries (limit: bare JSON parse of the incident)`,
    unit: 'ms',
    ours,
    peer: null,
    limit,
    target: '< 200',
    met: ours < 200,
  };
}

function merging(base: FilledReview, disk: string, next: FilledReview, folder: string): BenchRow[] {
  const files = { disk, base: base.text, next: next.text };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  let conflicts = 0;
  const peer = median(() => {
    const { stdout } = spawnSync('git', ['merge-file', '-p', 'disk', 'base', 'next'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    conflicts = (stdout.match(/^<{7} /gm) ?? []).length;
  });
  let text = '';
  let proposals = 0;
  const ours = median(() => {
    const merged = mergeReview(base.blocks, disk, next.blocks);
    text = merged.ok ? merged.value.text : '';
    proposals = merged.ok ? merged.value.proposals.length : Number.NaN;
  });
  const lost = disk.match(/person\d+/g)?.filter(word => !text.includes(word)).length ?? 0;
  const shared = { limit: null, peer: null };
  return [
    {
      ...shared,
      metric: `merge of ${rowCount} rows, 50 edited, 100 new (peer: git merge-file, its start included)`,
      unit: 'ms',
      ours,
      peer,
      target: '< 200',
      met: ours < 200,
    },
    {
      ...shared,
      metric: 'conflicts or proposals left to a person',
      unit: '',
      ours: proposals,
      peer: conflicts,
      target: '0',
      met: proposals === 0,
    },
    {
      ...shared,
      metric: 'words of a person lost',
      unit: '',
      ours: lost,
      target: '0',
      met: text !== '' && lost === 0,
    },
  ];
}

function busyIncident(newRows: number): Incident {
  const entries = Array.from({ length: rowCount }, (_, index) =>
    entry(`w:${index}`, index / 10, {
      event: `probe ${index} of redis | answered <${index}> after *${index % 97} ms*`,
      action: index % 3 === 0 ? `docker-compose restart service_${index}` : undefined,
    }),
  );
  const added = Array.from({ length: newRows }, (_, index) =>
    entry(`v:${index}`, index * 10 + 0.05, { event: `seen later ${index}` }),
  );
  return sampleIncident({ entries: [...entries, ...added] });
}

/** A person writes into every 200th row; half of these edits stand right beside a row that comes in. */
function edited(text: string): string {
  let row = 0;
  return text.replace(/^(\| .*) \|$/gm, (whole: string, start: string) => {
    row++;
    return row > 2 && row % 200 === 3 ? `${start} person${row} |` : whole;
  });
}

function render(incident: Incident): FilledReview {
  return fillReview(builtInTemplate, incident, {
    timeZone: 'Europe/Berlin',
    nowMs: Date.parse('2026-11-23T00:00:00Z'),
  });
}

function median(work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return Math.round((times[Math.floor(rounds / 2)] ?? 0) * 10) / 10;
}
