import type { Alert, HealthState } from '../../domain/health/model.ts';
import type { EventSource, NewEvent, StepFacts } from '../../domain/incident/events.ts';
import type {
  FinishedStep,
  SavedFile,
  SeenContainerEvent,
  SeenDeploy,
  ServiceTransition,
  StartedStep,
} from './recorderInputs.ts';

/** One fact on its way into a journal. */
export interface Fact {
  readonly event: NewEvent;
  readonly atMs: number;
  readonly source: EventSource;
  /** Decides which incident it belongs to. */
  readonly services: readonly string[];
}

export function healthFact({ serviceId, title, transition }: ServiceTransition): Fact {
  const { atMs, from, to, reason } = transition;
  return {
    event: { t: 'probe.changed', b: { service: serviceId, title, from, to, reason } },
    atMs,
    source: { k: 'health' },
    services: [serviceId],
  };
}

/** How a service stands, for a journal that begins in the middle. */
export function standingFact(serviceId: string, title: string, state: HealthState, atMs: number): Fact {
  return healthFact({
    serviceId,
    title,
    transition: { atMs, from: state, to: state, reason: 'state at the declaration' },
  });
}

/** Pending alerts are no facts yet; one that ends without ever having fired never becomes one. */
export function alertFact(alert: Alert, titleOf: (serviceId: string) => string): Fact | undefined {
  if (alert.status === 'pending' || (alert.status === 'resolved' && alert.firedAtMs === undefined))
    return undefined;
  const { key, serviceId, startedAtMs, firedAtMs, resolvedAtMs, reason, blockedServices, status } = alert;
  const b = {
    alert: key,
    service: serviceId,
    reason,
    blocked: blockedServices,
    title: titleOf(serviceId),
    blockedTitles: blockedServices.map(titleOf),
  };
  const isFiring = status === 'firing';
  return {
    event: isFiring
      ? {
          t: 'alert.firing',
          b: firedAtMs === undefined ? b : { ...b, firedAt: new Date(firedAtMs).toISOString() },
        }
      : { t: 'alert.resolved', b },
    // The first failing probe, not the moment at which the threshold was passed.
    atMs: isFiring ? startedAtMs : (resolvedAtMs ?? startedAtMs),
    source: { k: 'health', key: `al:${key}:${startedAtMs}:${status}` },
    services: [serviceId],
  };
}

/** What engines say all day long and nobody wants to read about. */
const chatter = /^(?:exec_|top$|attach$|detach$|resize$|copy$|export$|commit$|archive-path$|extract-to-dir$)/;

export function containerFact({ event, engineId, serviceId }: SeenContainerEvent): Fact | undefined {
  const { containerId, name, action, atNs, exitCode, healthStatus } = event;
  if (chatter.test(action)) return undefined;
  const shortAction = action.replace(/:.*$/s, '');
  return {
    event: {
      t: 'container.event',
      b: {
        container: name,
        action: shortAction,
        ...(serviceId === undefined ? {} : { service: serviceId }),
        ...(exitCode === undefined ? {} : { exit: exitCode }),
        ...(healthStatus === undefined ? {} : { health: healthStatus }),
      },
    },
    atMs: Number(atNs / 1_000_000n),
    source: { k: 'engine', key: `dk:${engineId}:${containerId}:${shortAction}:${atNs}` },
    services: serviceId === undefined ? [] : [serviceId],
  };
}

export function stepStartFact(step: StartedStep): Fact {
  return {
    event: { t: 'step.started', b: stepFacts(step) },
    atMs: step.startedAtMs,
    source: { k: 'runbook' },
    services: step.services,
  };
}

export function stepEndFact(step: FinishedStep, excerpt: string, outputSha: string | undefined): Fact {
  return {
    event: {
      t: 'step.finished',
      b: {
        ...stepFacts(step),
        startedAt: new Date(step.startedAtMs).toISOString(),
        tookMs: step.tookMs,
        ...(step.exitCode === undefined ? {} : { exit: step.exitCode }),
        ...(step.reason === undefined ? {} : { reason: step.reason }),
        ...(excerpt === '' ? {} : { output: excerpt }),
        ...(outputSha === undefined ? {} : { outputSha }),
        healthBefore: step.healthBefore,
        healthAfter: step.healthAfter,
      },
    },
    atMs: step.startedAtMs + step.tookMs,
    source: { k: 'runbook' },
    services: step.services,
  };
}

function stepFacts({ runId, stepId, command, title, source, isMutating, services }: StartedStep): StepFacts {
  return {
    run: runId,
    stepId,
    command,
    title,
    isMutating,
    services,
    ...(source === undefined ? {} : { file: source.file, line: source.line }),
  };
}

export function fileFact({ file, line, diff }: SavedFile, atMs: number): Fact {
  const b = { file, ...(line === undefined ? {} : { line }), ...(diff === undefined ? {} : { diff }) };
  return { event: { t: 'file.saved', b }, atMs, source: { k: 'editor' }, services: [] };
}

export function deployFact({ what, text, ref, atMs }: SeenDeploy): Fact {
  return {
    event: { t: 'deploy.seen', b: { what, text, ref } },
    atMs,
    source: { k: what === 'image' ? 'engine' : 'git', key: `dp:${what}:${ref}` },
    services: [],
  };
}
