import type { LogBoundary } from '../../domain/logs/model.ts';
import type { ContainerDetail } from '../../ports.ts';

type Boundary = Omit<LogBoundary, 'sourceId'>;

/** Follows stops, starts and re-creations of one container by comparing what is with what was, never by events. */
export class ContainerRuns {
  private last: ContainerDetail | undefined;
  private isStopNoted = false;

  get containerId(): string | undefined {
    return this.last?.id;
  }

  /** The last run has ended and been noted. */
  get isStopped(): boolean {
    return this.isStopNoted;
  }

  /** What happened since the last look, in order; `isNew` when the log is another container's. */
  look(detail: ContainerDetail): { readonly boundaries: readonly Boundary[]; readonly isNew: boolean } {
    const before = this.last;
    this.last = detail;
    if (before === undefined) return { boundaries: restartBefore(detail), isNew: true };
    const isNew = before.id !== detail.id;
    const hasRestarted = before.startedAtMs !== detail.startedAtMs;
    if (!isNew && (!hasRestarted || detail.startedAtMs === undefined)) return { boundaries: [], isNew };
    // Seen between its creation and its first start: there was no run that could have ended.
    const isFirstRun = !isNew && before.startedAtMs === undefined;
    if (isFirstRun) {
      this.isStopNoted = false;
      return { boundaries: [], isNew };
    }
    const boundaries: Boundary[] = [];
    if (!isNew && !this.isStopNoted) {
      boundaries.push(restartBefore(detail)[0] ?? stopped(detail, detail.startedAtMs ?? 0));
    }
    this.isStopNoted = false;
    const atMs = (isNew ? detail.createdAtMs : detail.startedAtMs) ?? detail.createdAtMs;
    boundaries.push({
      kind: isNew ? 'recreated' : 'started',
      atMs,
      detail: isNew ? detail.id.slice(0, 12) : '',
    });
    return { boundaries, isNew };
  }

  /** The stop to show when the container is found not running; undefined when it was shown or never ran. */
  noteStop(detail: ContainerDetail, nowMs: number): Boundary | undefined {
    if (this.isStopNoted) return undefined;
    this.isStopNoted = true;
    return detail.startedAtMs === undefined ? undefined : stopped(detail, nowMs);
  }

  /** The container is gone. */
  noteRemoval(nowMs: number): Boundary | undefined {
    if (this.last === undefined || this.isStopNoted) return undefined;
    this.isStopNoted = true;
    return { kind: 'stopped', atMs: nowMs, detail: 'removed' };
  }
}

/** What the log of the run before the present one is followed by. */
function restartBefore({ lastRun, startedAtMs }: ContainerDetail): readonly Boundary[] {
  if (lastRun === undefined || startedAtMs === undefined) return [];
  const { finishedAtMs, exitCode, isOomKilled } = lastRun;
  const detail = endOf({ exitCode, isOomKilled });
  return [
    { kind: 'stopped', atMs: finishedAtMs, detail },
    { kind: 'started', atMs: startedAtMs, detail: '' },
  ];
}

export function isRunning(detail: ContainerDetail): boolean {
  return detail.state === 'running' || detail.state === 'paused';
}

function stopped(detail: ContainerDetail, fallbackMs: number): Boundary {
  return { kind: 'stopped', atMs: detail.finishedAtMs ?? fallbackMs, detail: endOf(detail) };
}

function endOf(run: Pick<ContainerDetail, 'exitCode' | 'isOomKilled'>): string {
  const reasons = [
    ...(run.exitCode === undefined ? [] : [`exit ${run.exitCode}`]),
    ...(run.isOomKilled ? ['out of memory'] : []),
  ];
  return reasons.join(', ');
}
