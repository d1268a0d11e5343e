import { briefOutput } from './checkOutput.ts';
import type { Verdict } from './model.ts';

/** What decides about a container; a part of the engine's `inspect`. */
export interface ContainerFacts {
  readonly state: string;
  readonly exitCode: number | undefined;
  readonly isOomKilled: boolean;
  readonly restartCount: number;
  readonly health:
    | { readonly status: string; readonly failingStreak: number; readonly lastOutput: string | undefined }
    | undefined;
}

export interface ContainerJudgement {
  readonly verdict: Verdict;
  readonly seen: string;
}

/** `restartsBefore`: the count at the last check, if there was one. */
export function judgeContainer(
  facts: ContainerFacts | undefined,
  restartsBefore: number | undefined,
): ContainerJudgement {
  if (facts === undefined) return { verdict: 'down', seen: 'no such container' };
  const { state, exitCode, isOomKilled } = facts;
  if (state === 'paused') return { verdict: 'down', seen: 'paused' };
  if (state === 'restarting') return { verdict: 'down', seen: `restarting: ${endText(facts)}` };
  if (state === 'created') return { verdict: 'down', seen: 'created, never started' };
  if (state === 'exited' || state === 'dead') {
    if (isOomKilled || exitCode !== undefined) return { verdict: 'down', seen: endText(facts) };
    return { verdict: 'down', seen: state };
  }
  if (state !== 'running') return { verdict: 'unknown', seen: `state "${state}"` };
  return judgeRunning(facts, restartsBefore);
}

function judgeRunning(facts: ContainerFacts, restartsBefore: number | undefined): ContainerJudgement {
  const { health, restartCount } = facts;
  if (health?.status === 'unhealthy')
    return {
      verdict: 'down',
      seen: `unhealthy: ${briefOutput(health.lastOutput) || 'the check gave no output'}`,
    };
  const restarts = restartCount - (restartsBefore ?? restartCount);
  if (restarts > 0) {
    const times = restarts === 1 ? 'once' : `${restarts} times`;
    return { verdict: 'degraded', seen: `restarted ${times} since the last check` };
  }
  if (health === undefined) return { verdict: 'up', seen: 'running, has no health check' };
  if (health.status === 'healthy') return { verdict: 'up', seen: 'healthy' };
  return { verdict: 'degraded', seen: 'starting: its health check has not passed yet' };
}

/** 128 + n: ended by signal n. */
function endText({ exitCode, isOomKilled }: ContainerFacts): string {
  const code = exitCode === undefined ? '' : ` (exit ${exitCode})`;
  if (isOomKilled) return `killed: out of memory${code}`;
  if (exitCode === 137) return 'killed (exit 137, SIGKILL)';
  if (exitCode === 143) return 'terminated (exit 143, SIGTERM)';
  if (exitCode === 139) return 'crashed (exit 139, SIGSEGV)';
  return exitCode === undefined ? 'ending' : `exited${code}`;
}
