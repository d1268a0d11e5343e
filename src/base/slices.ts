import { type Clock, sleep } from './clock.ts';

/** Does something with each item, and lets others have their turn whenever that has taken `sliceMs`. */
export async function inSlices<T>(
  items: Iterable<T>,
  act: (item: T) => void,
  { clock, sliceMs }: { readonly clock: Clock; readonly sliceMs: number },
): Promise<void> {
  let startMs = clock.monotonicMs();
  for (const item of items) {
    act(item);
    if (clock.monotonicMs() - startMs < sliceMs) continue;
    await sleep(clock, 0);
    startMs = clock.monotonicMs();
  }
}
