import { spawn } from 'node:child_process';
import fs from 'node:fs';

export interface Cost {
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakMb: number;
  readonly output: string;
}

const ticksPerSecond = 100;
const pollMs = 10;

/** Runs a program to its end; what it writes is thrown away, or gathered when `isHeard`. */
export function measure(program: string, args: readonly string[], isHeard = false): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', isHeard ? 'pipe' : 'ignore', 'inherit'] });
    let cpuS = 0;
    let peakMb = 0;
    let output = '';
    const look = () => {
      const seen = usage(child.pid ?? 0);
      cpuS = Math.max(cpuS, seen?.cpuS ?? 0);
      peakMb = Math.max(peakMb, seen?.peakMb ?? 0);
    };
    const timer = setInterval(look, pollMs);
    child.stdout?.on('data', chunk => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', code => {
      clearInterval(timer);
      if (code !== 0) reject(new Error(`${program} ended with ${code}`));
      else resolve({ wallS: (performance.now() - startedMs) / 1000, cpuS, peakMb, output });
    });
  });
}

/** Undefined when the process is gone. */
function usage(pid: number): { readonly cpuS: number; readonly peakMb: number } | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const peakKb = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    return {
      cpuS: (Number(stat[11]) + Number(stat[12])) / ticksPerSecond,
      peakMb: Number(peakKb) / 1024,
    };
  } catch {
    return undefined;
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
