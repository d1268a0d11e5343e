// What a quiet day costs: twenty healthy HTTP probes every ten seconds, and the processor time that takes.
import { measureSize } from './health.ts';
import type { BenchResult } from './types.ts';

const probes = 20;
/** How long `measureSize` measures. */
const measuredMs = 20_000;
const limitPercent = 1;

export async function run(): Promise<BenchResult> {
  const { totalCpuMs, failures, probes: done } = await measureSize(probes, false);
  const percent = Math.round((totalCpuMs / measuredMs) * 100 * 100) / 100;
  return {
    name: 'idle',
    results: [
      {
        metric: `${probes} healthy probes: share of one core`,
        unit: '%',
        ours: percent,
        peer: null,
        limit: null,
        target: `< ${limitPercent}`,
        met: percent < limitPercent && failures === 0 && done > 0,
      },
    ],
  };
}
