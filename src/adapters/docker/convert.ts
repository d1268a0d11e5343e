import type { ContainerDetail, ContainerEvent, ContainerSummary, VolumeSummary } from '../../ports.ts';
import { list, number, record, text } from './json.ts';

/** One row of `GET /containers/json`. */
export function toContainerSummary(value: unknown): ContainerSummary {
  const row = record(value);
  return {
    id: text(row['Id']) ?? '',
    name: plainName(text(list(row['Names'])[0])),
    image: text(row['Image']) ?? '',
    state: text(row['State']) ?? 'unknown',
    statusText: text(row['Status']) ?? '',
    labels: toLabels(row['Labels']),
    createdAtMs: (number(row['Created']) ?? 0) * 1000,
  };
}

/** One row of `GET /volumes`. */
export function toVolumeSummary(value: unknown): VolumeSummary {
  const row = record(value);
  return { name: text(row['Name']) ?? '', labels: toLabels(row['Labels']) };
}

/** The answer of `GET /containers/{id}/json`. */
export function toContainerDetail(value: unknown): ContainerDetail {
  const root = record(value);
  const state = record(root['State']);
  const config = record(root['Config']);
  const status = text(state['Status']) ?? 'unknown';
  const exitCode = number(state['ExitCode']);
  const hasEnded = status === 'exited' || status === 'dead';
  return {
    id: text(root['Id']) ?? '',
    name: plainName(text(root['Name'])),
    image: text(config['Image']) ?? '',
    state: status,
    statusText: hasEnded ? `${status} (${exitCode ?? '?'})` : status,
    labels: toLabels(config['Labels']),
    createdAtMs: toTimeMs(root['Created']) ?? 0,
    isTty: config['Tty'] === true,
    startedAtMs: toTimeMs(state['StartedAt']),
    finishedAtMs: toTimeMs(state['FinishedAt']),
    exitCode: hasEnded || status === 'restarting' ? exitCode : undefined,
    isOomKilled: state['OOMKilled'] === true,
    restartCount: number(root['RestartCount']) ?? 0,
    health: toHealth(state['Health'] ?? state['Healthcheck']),
    ...toLogConfig(record(record(root['HostConfig'])['LogConfig'])),
  };
}

/** `local` rotates unless told otherwise; the others only when they are told a size. */
function toLogConfig(value: Readonly<Record<string, unknown>>) {
  const logDriver = text(value['Type']) ?? '';
  const size = text(record(value['Config'])['max-size']) ?? (logDriver === 'local' ? '20m' : '');
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgt]?)i?b?$/i.exec(size) ?? [];
  const bytes = Number(digits) * 1000 ** ' kmgt'.indexOf(unit === '' ? ' ' : unit.toLowerCase());
  return bytes > 0 ? { logDriver, logRotatesAtBytes: bytes } : { logDriver };
}

function toHealth(value: unknown): ContainerDetail['health'] {
  const health = record(value);
  const status = text(health['Status']);
  // Docker says "none" and Podman an empty string when the image has no health check.
  if (status === undefined || status === '' || status === 'none') return undefined;
  const last = record(list(health['Log']).at(-1));
  return {
    status,
    failingStreak: number(health['FailingStreak']) ?? 0,
    lastOutput: text(last['Output'])?.trim(),
  };
}

/**
 * One line of `GET /events`; undefined for what is not about a container. The nanoseconds are cut out of the text:
 * as a JSON number they would lose their last three digits.
 */
export function toContainerEvent(line: string): ContainerEvent | undefined {
  let root: Readonly<Record<string, unknown>>;
  try {
    root = record(JSON.parse(line));
  } catch {
    return undefined;
  }
  const actor = record(root['Actor']);
  const containerId = text(actor['ID']) ?? text(root['id']);
  if (root['Type'] !== 'container' || containerId === undefined) return undefined;
  const { name, image, exitCode, containerExitCode, ...labels } = toLabels(actor['Attributes']);
  const [action = '', detail] = (text(root['Action']) ?? '').split(/:\s*/, 2);
  const code = exitCode ?? containerExitCode;
  return {
    containerId,
    name: plainName(name),
    action: podmanWords[action] ?? action,
    atNs: toNanoseconds(line, root),
    exitCode: code === undefined || code === '' ? undefined : Number(code),
    healthStatus: action === 'health_status' ? (detail ?? text(root['HealthStatus'])) : undefined,
    labels: image === undefined ? labels : { ...labels, image },
  };
}

const podmanWords: Readonly<Record<string, string>> = { died: 'die', remove: 'destroy' };

function toNanoseconds(line: string, root: Readonly<Record<string, unknown>>): bigint {
  const exact = /"timeNano"\s*:\s*(\d+)/.exec(line)?.[1];
  if (exact !== undefined) return BigInt(exact);
  return BigInt(Math.trunc(number(root['time']) ?? 0)) * 1_000_000_000n;
}

function toLabels(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, entry]) =>
      typeof entry === 'string' ? [[key, entry] as const] : [],
    ),
  );
}

/** The engine writes year 1 for "never". */
function toTimeMs(value: unknown): number | undefined {
  const time = Date.parse(text(value) ?? '');
  return Number.isNaN(time) || time <= 0 ? undefined : time;
}

function plainName(name: string | undefined): string {
  return (name ?? '').replace(/^\//, '');
}
