import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Lives } from './lives.ts';

/** Kills the extension hosts of the windows at random moments until `kills` are dead, and gives their pids. */
export async function killHosts(
  lives: Lives,
  windows: readonly Page[],
  kills: number,
): Promise<readonly number[]> {
  const planned = new Map<number, Promise<void>>();
  let killed = 0;
  while (killed < kills) {
    for (const pid of lives.pids()) {
      if (planned.has(pid) || planned.size >= kills) continue;
      planned.set(
        pid,
        kill(lives, pid).then(() => void killed++),
      );
    }
    await revive(windows);
    await delay(20);
  }
  await Promise.all(planned.values());
  return [...planned.keys()];
}

/** Some die while they start and read the journals, the others while they write. */
async function kill(lives: Lives, pid: number): Promise<void> {
  if (Math.random() < 0.7) while (lives.read(pid).acknowledged.length === 0) await delay(10);
  await delay(Math.random() * 500);
  process.kill(pid, 'SIGKILL');
}

/** After three deaths in five minutes VS Code asks before it starts the next host. */
export async function revive(windows: readonly Page[]): Promise<void> {
  for (const page of windows) {
    const button = page.getByRole('button', { name: 'Restart Remote Extension Host' }).first();
    if (await button.isVisible()) await button.click({ timeout: 1_000 }).catch(() => undefined);
  }
}
