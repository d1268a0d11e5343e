import fs from 'node:fs/promises';
import os from 'node:os';
import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import type { Probe } from '../../ports.ts';
import { Attempt } from './attempt.ts';

interface CpuTimes {
  readonly busy: number;
  readonly total: number;
}

/** The machine that this runs on: processor, memory, disk, load. */
export class HostProbe implements Probe {
  readonly kind = 'host';
  private readonly clock: Clock;
  private before: CpuTimes | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async check(target: ProbeTarget): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'host') return attempt.outcome({ verdict: 'unknown', seen: 'not a host check' });
    const disk = await diskPercent(spec.path ?? '/').catch(() => undefined);
    const readings: readonly [string, number | undefined, number | undefined][] = [
      ['CPU', this.cpuPercent(), spec.warnCpuPercent],
      ['memory', await memoryPercent(), spec.warnMemoryPercent],
      ['disk', disk, spec.warnDiskPercent],
    ];
    const facts: Record<string, string> = {
      load: os
        .loadavg()
        .map(load => load.toFixed(2))
        .join(' '),
    };
    for (const [name, percent] of readings)
      if (percent !== undefined) facts[name] = `${percent.toFixed(0)} %`;
    const over = readings.find(
      ([, percent, limit]) => percent !== undefined && limit !== undefined && percent >= limit,
    );
    if (over !== undefined)
      return attempt.outcome(
        { verdict: 'degraded', seen: `${over[0]} ${facts[over[0]]}`, wanted: `below ${over[2]} %` },
        facts,
      );
    if (disk === undefined && spec.warnDiskPercent !== undefined)
      return attempt.outcome(
        { verdict: 'unknown', seen: `the disk of ${spec.path ?? '/'} cannot be read` },
        facts,
      );
    return attempt.outcome(
      { verdict: 'up', seen: `memory ${facts['memory']}, disk ${facts['disk'] ?? '?'}` },
      facts,
    );
  }

  /** Over the time since the check before; undefined at the first one. */
  private cpuPercent(): number | undefined {
    const now = cpuTimes();
    const before = this.before;
    this.before = now;
    if (before === undefined || now.total === before.total) return undefined;
    return (100 * (now.busy - before.busy)) / (now.total - before.total);
  }
}

function cpuTimes(): CpuTimes {
  let busy = 0;
  let total = 0;
  for (const { times } of os.cpus()) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total };
}

/** Linux counts its file cache as used; what could be had at once is what matters. */
async function memoryPercent(): Promise<number> {
  const total = os.totalmem();
  const info = await fs.readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(info)?.[1];
  const available = kilobytes === undefined ? os.freemem() : Number(kilobytes) * 1024;
  return (100 * (total - available)) / total;
}

async function diskPercent(path: string): Promise<number> {
  const { blocks, bfree, bavail } = await fs.statfs(path);
  const used = blocks - bfree;
  return (100 * used) / (used + bavail);
}
