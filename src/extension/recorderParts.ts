import { stepInputs } from '../app/incident/fromRuns.ts';
import type { SeenContainerEvent, ServiceTransition } from '../app/incident/recorderInputs.ts';
import type { IncidentDesk } from '../app/incidentDesk.ts';
import { IncidentRecorder } from '../app/incidentRecorder.ts';
import type { Event } from '../base/emitter.ts';
import type { ContainerRef, Service } from '../domain/health/model.ts';
import type { ContainerEvent } from '../ports.ts';
import type { Deploys } from './deployParts.ts';
import type { RunbookParts } from './runbookParts.ts';
import { savedConfiguration } from './savedConfiguration.ts';
import type { ServiceParts } from './serviceParts.ts';
import type { Tools } from './tools.ts';

export interface RecorderNeeds {
  readonly desk: IncidentDesk;
  readonly services: ServiceParts;
  readonly runbooks: RunbookParts;
  readonly deploys: Deploys;
  readonly redact: (text: string) => string;
}

/** Connects what sees things happen to what writes them down. */
export function openRecorder(
  tools: Tools,
  { desk, services, runbooks, deploys, redact }: RecorderNeeds,
): IncidentRecorder {
  const titleOf = (id: string) =>
    services.monitor.configured().find(service => service.id === id)?.title ?? id;
  const recorder = tools.store.add(
    new IncidentRecorder(desk, { clock: tools.clock, redact, log: tools.log, titleOf }),
  );
  recorder.connect({
    onDidChangeHealth: transitions(services, titleOf),
    onDidChangeAlert: services.monitor.onDidChangeAlert,
    onDidSeeContainerEvent: containerEvents(tools, services),
    onDidSaveFile: savedConfiguration(tools, redact),
    onDidSeeDeploy: deploys.onDidSee,
    ...stepInputs(runbooks.runs.onDidChange),
  });
  return recorder;
}

function transitions({ monitor }: ServiceParts, titleOf: (id: string) => string): Event<ServiceTransition> {
  return listener =>
    monitor.onDidChange(transition =>
      listener({ serviceId: transition.serviceId, title: titleOf(transition.serviceId), transition }),
    );
}

function containerEvents(tools: Tools, services: ServiceParts): Event<SeenContainerEvent> {
  return listener =>
    services.onDidSeeContainer(event =>
      listener({
        event,
        engineId: engineIdOf(tools),
        serviceId: services.monitor.configured().find(service => hasContainer(service, event))?.id,
      }),
    );
}

function engineIdOf(tools: Tools): string {
  const { state } = tools.adapters().engine;
  return state.kind === 'connected' ? state.info.endpoint : '';
}

function hasContainer(service: Service, event: ContainerEvent): boolean {
  return service.probes.some(({ spec }) => spec.kind === 'container' && isOf(spec.container, event));
}

function isOf(ref: ContainerRef, { name, labels }: ContainerEvent): boolean {
  if (ref.by === 'name') return ref.name === name;
  return (
    labels['com.docker.compose.project'] === ref.project &&
    labels['com.docker.compose.service'] === ref.service
  );
}
