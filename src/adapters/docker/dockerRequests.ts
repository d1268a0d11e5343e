import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import type Dockerode from 'dockerode';
import { errorText } from '../../base/errors.ts';
import type { ContainerRef } from '../../domain/health/model.ts';
import type { ContainerDetail, ContainerSummary, EngineInfo, VolumeSummary } from '../../ports.ts';
import { toContainerDetail, toContainerSummary, toVolumeSummary } from './convert.ts';
import type { EngineAddress, EngineCandidate } from './endpoint.ts';
import type { EngineDisk } from './engineDisk.ts';
import { EngineError, requestOptions } from './engineHttp.ts';
import { list, number, record, text } from './json.ts';

/** The requests to one engine, on dockerode, which is read from disk on the first of them. */
export class DockerRequests {
  readonly address: EngineAddress;
  private readonly docker: Dockerode;

  private constructor(address: EngineAddress, docker: Dockerode) {
    this.address = address;
    this.docker = docker;
  }

  static async open(address: EngineAddress): Promise<DockerRequests> {
    const { default: Docker } = await import('dockerode');
    return new DockerRequests(address, new Docker(toDockerodeOptions(address)));
  }

  async info(candidate: EngineCandidate, signal: AbortSignal): Promise<EngineInfo> {
    const version = record(await this.get('/version', signal));
    return {
      endpoint: candidate.endpoint,
      origin: candidate.origin,
      version: text(version['Version']) ?? '',
      apiVersion: text(version['ApiVersion']) ?? '',
    };
  }

  async list(signal?: AbortSignal, labels: readonly string[] = []): Promise<readonly ContainerSummary[]> {
    const rows = await this.docker.listContainers({
      all: true,
      ...(labels.length === 0 ? {} : { filters: JSON.stringify({ label: labels }) }),
      ...(signal === undefined ? {} : { abortSignal: signal }),
    });
    return rows.map(toContainerSummary);
  }

  /** Undefined when there is no such container. */
  async inspect(idOrName: string, signal?: AbortSignal): Promise<ContainerDetail | undefined> {
    try {
      const container = this.docker.getContainer(encodeURIComponent(idOrName));
      return toContainerDetail(await container.inspect(signal === undefined ? {} : { abortSignal: signal }));
    } catch (error) {
      if (number(record(error)['statusCode']) === 404) return undefined;
      throw error;
    }
  }

  /** A compose service's container whatever its id: the running one first, else the newest. */
  async find(ref: ContainerRef, signal?: AbortSignal): Promise<ContainerDetail | undefined> {
    if (ref.by === 'name') return this.inspect(ref.name, signal);
    const rows = await this.list(signal, [
      `com.docker.compose.project=${ref.project}`,
      `com.docker.compose.service=${ref.service}`,
      `com.docker.compose.container-number=${ref.number}`,
    ]);
    const best = [...rows].sort((a, b) => rank(b) - rank(a) || b.createdAtMs - a.createdAtMs)[0];
    return best === undefined ? undefined : this.inspect(best.id, signal);
  }

  async volumes(which: 'all' | 'unused', signal?: AbortSignal): Promise<readonly VolumeSummary[]> {
    const answer = await this.docker.listVolumes({
      ...(which === 'unused' ? { filters: JSON.stringify({ dangling: ['true'] }) } : {}),
      ...(signal === undefined ? {} : { abortSignal: signal }),
    });
    return list(record(answer)['Volumes']).map(toVolumeSummary);
  }

  async diskUsage(signal: AbortSignal): Promise<EngineDisk> {
    const [usage, info] = await Promise.all([this.get('/system/df', signal), this.get('/info', signal)]);
    const isHere = this.address.kind === 'socket';
    return toEngineDisk(record(usage), isHere ? text(record(info)['DockerRootDir']) : undefined);
  }

  /**
   * A long answer (events, logs) as its bytes come, once the head is there. The signal ends it, then too. Rejects with
   * `EngineError` for an answer that is no success.
   */
  openStream(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, response: unknown) => {
        if (error) return reject(toEngineError(error));
        const stream = response as IncomingMessage;
        // A laptop that slept, a VPN that went: without this a half-open stream stays silent for ever. ssh has its own.
        if ('setKeepAlive' in stream.socket) stream.socket.setKeepAlive(true, 30_000);
        resolve(stream);
      };
      // The last character of a path with a query is cut off there.
      const whole = `${path}&`;
      this.docker.modem.dial(
        { path: whole, method: 'GET', isStream: true, abortSignal: signal, statusCodes: { 200: true } },
        done,
      );
    });
  }

  private get(path: string, signal: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.docker.modem.dial(
        { path, method: 'GET', abortSignal: signal, statusCodes: { 200: true, 500: 'server error' } },
        (error: unknown, result: unknown) => (error ? reject(error) : resolve(result)),
      );
    });
  }
}

/** dockerode wraps what the engine says into words of its own. */
function toEngineError(error: unknown): unknown {
  const status = number(record(error)['statusCode']);
  if (status === undefined) return error;
  const said = /^\(HTTP code \d+\) \w+ - ([\s\S]*)$/.exec(errorText(error))?.[1]?.trim() ?? '';
  return new EngineError(status, said === '' ? `HTTP ${status}` : said);
}

function toEngineDisk(usage: Readonly<Record<string, unknown>>, rootDir: string | undefined): EngineDisk {
  const sum = (rows: unknown, read: (row: Readonly<Record<string, unknown>>) => unknown) =>
    list(rows).reduce<number>((total, row) => total + Math.max(0, number(read(record(row))) ?? 0), 0);
  return {
    imagesBytes: number(usage['LayersSize']) ?? 0,
    containersBytes: sum(usage['Containers'], row => row['SizeRw']),
    volumesBytes: sum(usage['Volumes'], row => record(row['UsageData'])['Size']),
    cacheBytes: sum(usage['BuildCache'], row => row['Size']),
    rootDir,
  };
}

function rank(container: ContainerSummary): number {
  return container.state === 'running' || container.state === 'paused' ? 1 : 0;
}

/** dockerode knows no other way to pass over a certificate that cannot be verified. */
const unverified = new https.Agent({ rejectUnauthorized: false, keepAlive: false });

/** `host` is named even when unset: dockerode would take it from DOCKER_HOST and pass the socket over. */
function toDockerodeOptions(address: EngineAddress): Dockerode.DockerOptions {
  const options = requestOptions(address);
  const isTls = address.kind === 'tcp' && address.tls !== undefined;
  return {
    ...(address.kind === 'socket' ? { socketPath: address.socketPath } : {}),
    host: address.kind === 'tcp' ? address.host : address.kind === 'ssh' ? 'docker' : undefined,
    port: address.kind === 'tcp' ? address.port : undefined,
    protocol: isTls ? 'https' : 'http',
    ca: options.ca,
    cert: options.cert,
    key: options.key,
    ...(address.kind === 'ssh' ? { agent: options.agent } : {}),
    ...(isTls && !address.tls?.isVerified ? { agent: unverified } : {}),
  } as Dockerode.DockerOptions;
}
