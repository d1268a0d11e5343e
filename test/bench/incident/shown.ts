import { JournalReader } from '../../../src/domain/incident/journalReader.ts';
import { replay } from '../../../src/domain/incident/replay.ts';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { TimelineFeed } from '../../../src/ui/pages/timelineFeed.ts';
import type { BenchRow } from '../types.ts';

const rounds = 9;
type Hash = (text: string) => string;

/** From the events of a journal to the text of its review. */
export function measureReport(lines: readonly string[], sha256: Hash): BenchRow {
  const events = new JournalReader(sha256).add(lines);
  const limit = least(() => void lines.map(line => JSON.parse(line)));
  const ours = least(() => void fillReview(builtInTemplate, replay(events), { timeZone: 'UTC', nowMs: 0 }));
  return {
    metric: `review from ${lines.length} events, replay included (limit: bare JSON parse of them)`,
    unit: 'ms',
    ours,
    peer: null,
    limit,
    target: '< 200',
    met: ours < 200,
  };
}

/** The first message to the timeline page, which holds every row. */
export function measureSnapshot(lines: readonly string[], sha256: Hash): BenchRow {
  const incident = replay(new JournalReader(sha256).add(lines));
  const made = new TimelineFeed().snapshot(incident, 0, true);
  const limit = least(() => void JSON.stringify(made));
  const ours = least(() => void new TimelineFeed().snapshot(incident, 0, true));
  return {
    metric: `first page snapshot of ${incident.entries.length} entries (limit: writing it as JSON)`,
    unit: 'ms',
    ours,
    peer: null,
    limit,
    target: '< 50',
    met: ours < 50,
  };
}

/** The least disturbed round: what else the machine does is not ours to measure. */
function least(action: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    action();
    return performance.now() - started;
  });
  return Math.round(Math.min(...times) * 100) / 100;
}
