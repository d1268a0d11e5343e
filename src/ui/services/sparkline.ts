import type { Sample } from '../../domain/health/historyModel.ts';

const blocks = '▁▂▃▄▅▆▇█';
const count = 20;

/** The last checks as one word: the height is the latency, `×` a check that failed, `·` one that nobody can judge. */
export function sparkline(samples: readonly Sample[]): string {
  const last = samples.slice(-count);
  const answered = last.filter(({ verdict }) => verdict === 'up' || verdict === 'degraded');
  const highest = Math.max(1, ...answered.map(({ tookMs }) => tookMs));
  return last
    .map(({ verdict, tookMs }) => {
      if (verdict === 'down') return '×';
      if (verdict === 'unknown') return '·';
      return blocks[Math.min(blocks.length - 1, Math.floor((tookMs / highest) * blocks.length))] ?? '';
    })
    .join('');
}
