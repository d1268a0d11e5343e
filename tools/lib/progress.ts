const ANNOUNCE_AFTER_MS = 2000;
const REPEAT_MS = 10_000;

/** Runs one step of a task; a step that takes longer than 2 s says so, then how long it has been going and took. */
export async function step<T>(title: string, action: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const seconds = () => ((performance.now() - startedMs) / 1000).toFixed(1);
  let wasAnnounced = false;
  const first = setTimeout(() => {
    wasAnnounced = true;
    console.log(`${title} …`);
  }, ANNOUNCE_AFTER_MS);
  const again = setInterval(() => console.log(`${title} … ${seconds()} s`), REPEAT_MS);
  try {
    return await action();
  } finally {
    clearTimeout(first);
    clearInterval(again);
    if (wasAnnounced) console.log(`${title}: ${seconds()} s`);
  }
}
