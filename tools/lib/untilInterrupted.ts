/** Resolves when the user presses Ctrl-C, the terminal closes, or `ended` resolves first. */
export function untilInterrupted(ended?: Promise<unknown>): Promise<void> {
  return new Promise(resolve => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => resolve());
    void ended?.then(() => resolve());
  });
}
