import fs from 'node:fs/promises';
import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import type { EngineState, Probe } from '../../ports.ts';
import { EngineAbsentError } from '../docker/engineAbsent.ts';
import type { EngineDisk } from '../docker/engineDisk.ts';
import { Attempt, untilAbort } from './attempt.ts';

export interface EngineFacts {
  readonly state: EngineState;
  disk(signal: AbortSignal): Promise<EngineDisk>;
}

/** The container engine itself: that it answers, and how much disk it takes. */
export class EngineProbe implements Probe {
  readonly kind = 'engine';
  private readonly clock: Clock;
  private readonly engine: EngineFacts;

  constructor(clock: Clock, engine: EngineFacts) {
    this.clock = clock;
    this.engine = engine;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'engine') return attempt.outcome({ verdict: 'unknown', seen: 'not an engine check' });
    try {
      return await untilAbort(
        signal,
        () => attempt.timedOut(),
        async () => this.judge(await this.engine.disk(signal), spec.warnDiskPercent, attempt),
      );
    } catch (error) {
      if (error instanceof EngineAbsentError)
        return attempt.outcome({ verdict: 'unknown', seen: 'no container engine answers' });
      return attempt.failed(error);
    }
  }

  private async judge(
    disk: EngineDisk,
    warnPercent: number | undefined,
    attempt: Attempt,
  ): Promise<ProbeOutcome> {
    const { state } = this.engine;
    const version = state.kind === 'connected' ? `version ${state.info.version}` : 'answers';
    const percent = disk.rootDir === undefined ? undefined : await usedPercent(disk.rootDir);
    const facts = {
      images: gigabytes(disk.imagesBytes),
      containers: gigabytes(disk.containersBytes),
      volumes: gigabytes(disk.volumesBytes),
      'build cache': gigabytes(disk.cacheBytes),
      ...(percent === undefined ? {} : { 'disk used': `${percent.toFixed(0)} %` }),
      ...(state.kind === 'connected' ? { endpoint: state.info.endpoint, 'found by': state.info.origin } : {}),
    };
    if (percent !== undefined && warnPercent !== undefined && percent >= warnPercent)
      return attempt.outcome(
        { verdict: 'degraded', seen: `disk ${percent.toFixed(0)} % used`, wanted: `below ${warnPercent} %` },
        facts,
      );
    return attempt.outcome({ verdict: 'up', seen: version }, facts);
  }
}

/** Undefined where the folder is not of this machine. */
async function usedPercent(folder: string): Promise<number | undefined> {
  const stats = await fs.statfs(folder).catch(() => undefined);
  if (stats === undefined) return undefined;
  const used = stats.blocks - stats.bfree;
  return (100 * used) / (used + stats.bavail);
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
