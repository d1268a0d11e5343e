// A process that does nothing: what its event loop waits for is the machine's doing, for us as for it.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { IdleReport } from './messages.ts';

process.once('message', (forMs: number) => {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  setTimeout(() => {
    loop.disable();
    process.send?.({ longestBlockMs: loop.max / 1e6 } satisfies IdleReport, () => process.exit(0));
  }, forMs);
});
