import fs from 'node:fs';
import path from 'node:path';
import type { RunLedger, RunningStep } from '../../ports.ts';

interface Page {
  readonly workspace: string;
  readonly pid: number;
  readonly step: RunningStep;
}

/** One small file per running step: written before the step can end the window, gone when its end was seen. */
export class RunLedgerFiles implements RunLedger {
  private readonly folder: string;
  private readonly workspace: string;
  private readonly open = new Map<string, Page>();

  /** `workspace` names what this window shows: a window takes over only from its own kind. */
  constructor(folder: string, workspace: string) {
    this.folder = folder;
    this.workspace = workspace;
  }

  begin(step: RunningStep): void {
    const page: Page = { workspace: this.workspace, pid: process.pid, step };
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(this.fileOf(step.runId), JSON.stringify(page), { mode: 0o600 });
    this.open.set(step.runId, page);
  }

  end(runId: string): void {
    if (this.open.delete(runId)) fs.rmSync(this.fileOf(runId), { force: true });
  }

  async takeLost(): Promise<readonly RunningStep[]> {
    const names = await fs.promises.readdir(this.folder).catch(() => []);
    const lost: RunningStep[] = [];
    for (const name of names) {
      const file = path.join(this.folder, name);
      const page = toPage(await fs.promises.readFile(file, 'utf8').catch(() => ''));
      if (page === undefined || page.workspace !== this.workspace || isAlive(page.pid)) continue;
      // Whoever removes the file tells of the step: two windows on one workspace may start together.
      const isMine = await fs.promises.rm(file).then(
        () => true,
        () => false,
      );
      if (isMine) lost.push(page.step);
    }
    return lost.sort((a, b) => a.startedAtMs - b.startedAtMs);
  }

  /** The window goes: what still runs is lost from now on, though this process may linger. */
  dispose(): void {
    for (const [runId, page] of this.open)
      fs.writeFileSync(this.fileOf(runId), JSON.stringify({ ...page, pid: 0 }), { mode: 0o600 });
    this.open.clear();
  }

  private fileOf(runId: string): string {
    return path.join(this.folder, `${runId.replace(/[^\w-]/g, '_')}.json`);
  }
}

/** Undefined for a file that another window is writing at this moment, or that is none of ours. */
function toPage(text: string): Page | undefined {
  try {
    const page = JSON.parse(text) as Partial<Page> | null;
    return typeof page?.workspace === 'string' && typeof page.pid === 'number' && isStep(page.step)
      ? { workspace: page.workspace, pid: page.pid, step: page.step }
      : undefined;
  } catch {
    return undefined;
  }
}

function isStep(step: unknown): step is RunningStep {
  if (typeof step !== 'object' || step === null) return false;
  const { runId, startedAtMs, stepId, title, command, services, ended } = step as Partial<RunningStep>;
  return (
    typeof startedAtMs === 'number' &&
    (ended === undefined || (typeof ended.exitCode === 'number' && typeof ended.tookMs === 'number')) &&
    [runId, stepId, title, command].every(text => typeof text === 'string') &&
    Array.isArray(services)
  );
}

function isAlive(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process: alive as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
