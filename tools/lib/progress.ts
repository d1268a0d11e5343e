/** Runs one step of a task; a step that takes longer than 2 s says so, and every step ends with its duration. */
export async function step<T>(title: string, action: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  let wasAnnounced = false;
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    console.log(wasAnnounced ? `  … ${title} (${seconds} s)` : `${title} …`);
    wasAnnounced = true;
  }, 2000);
  try {
    return await action();
  } finally {
    clearInterval(timer);
    if (wasAnnounced) console.log(`${title}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  }
}
