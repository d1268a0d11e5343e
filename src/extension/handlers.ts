import type { IncidentRecorder } from '../app/incidentRecorder.ts';
import type { RunbookIndex } from '../app/runbookIndex.ts';
import type { RunbookChecks } from '../app/runbooks/runbookChecks.ts';
import { secretNames, secretsOf } from '../domain/config/secretNames.ts';
import { readSetting, writeSetting } from '../host/settings.ts';
import type { CommandHandlers } from '../ui/commands.ts';
import { deskCommands } from '../ui/incident/deskCommands.ts';
import { incidentCommands } from '../ui/incident/incidentCommands.ts';
import { logCommands } from '../ui/logs/logCommands.ts';
import { reviewCommands } from '../ui/review/reviewCommands.ts';
import { runbookCommands } from '../ui/runbooks/runbookCommands.ts';
import { discoveryCommands } from '../ui/services/discoveryCommands.ts';
import { maintenanceCommands } from '../ui/services/maintenanceCommands.ts';
import { secretCommands } from '../ui/services/secretCommands.ts';
import { serviceCommands } from '../ui/services/serviceCommands.ts';
import type { Deploys } from './deployParts.ts';
import type { IncidentParts } from './incidentParts.ts';
import type { LogParts } from './logParts.ts';
import type { RunbookParts } from './runbookParts.ts';
import type { ServiceParts } from './serviceParts.ts';
import type { Snapshots } from './snapshots.ts';
import type { Tools } from './tools.ts';

export interface Parts {
  readonly index: RunbookIndex;
  readonly checks: RunbookChecks;
  readonly services: ServiceParts;
  readonly runbooks: RunbookParts;
  readonly incidents: IncidentParts;
  readonly logs: LogParts;
  readonly snapshots: Snapshots;
  readonly deploys: Deploys;
  readonly recorder: IncidentRecorder;
}

/** The whole cockpit, wired: what the commands do, and its parts for the tests inside VS Code. */
export interface Cockpit extends Parts {
  readonly handlers: CommandHandlers;
  /** Where the journals are. */
  readonly storagePath: string;
}

export function toHandlers(tools: Tools, parts: Parts): CommandHandlers {
  const { index, services, runbooks, logs } = parts;
  const toUri = (file: string) => tools.files.uri(file);
  return {
    ...serviceHandlers(tools, parts),
    ...discoveryCommands({ actions: services.discovery, services: () => services.catalog.services }),
    ...maintenanceCommands({ ...services.maintenance, services: () => services.catalog.services }),
    ...secretHandlers(tools, services),
    ...runbookCommands({
      source: index,
      reading: index,
      runs: runbooks.runs,
      flow: runbooks.flow,
      outputs: runbooks.outputs,
      previews: runbooks.previews,
      tree: runbooks.tree,
      fits: runbooks.fits,
      logs: {
        logsRequest: command => tools.parsers().logsRequest(command),
        panel: logs.panel,
        services: () => services.catalog.services,
        nowMs: tools.clock.nowMs,
      },
      toUri,
      unattended: runbooks.unattended,
      pages: runbooks.diagnoses,
      environment: () => services.environments.current().name,
      problemsOf: file => parts.checks.problemsOf(file),
      clock: tools.clock,
    }),
    ...incidentHandlers(parts),
    ...deskCommands(parts.incidents.deskCommands),
    ...reviewCommands({
      ...parts.incidents.review.commands,
      showTimeline: (id, entryId) => parts.incidents.timeline.show(id, entryId),
    }),
    ...logCommands({
      engine: () => tools.adapters().engine,
      panel: logs.panel,
      services: () => services.catalog.services,
    }),
    tickItem: id => parts.incidents.tick(id),
    showLog: () => tools.log.show(),
  };
}

function serviceHandlers(
  tools: Tools,
  { index, services, incidents }: Parts,
): ReturnType<typeof serviceCommands> {
  const { monitor, watching } = services;
  return serviceCommands({
    source: services.source,
    tree: services.tree,
    onDidFilter: () => services.viewed.fire(),
    controls: {
      probeNow: async id => void (await (id ? monitor.probeNow(id) : probeAll(services))),
      setPaused: async isPaused => {
        await watching.lead();
        watching.setPaused(isPaused);
      },
      acknowledge: async id => {
        await watching.lead();
        monitor.acknowledge(id, incidents.yourName());
        watching.tell();
      },
      unacknowledge: async id => {
        await watching.lead();
        monitor.acknowledge(id, undefined);
        watching.tell();
      },
      switchOrder: () =>
        writeSetting('services.sort', readSetting('services.sort') === 'name' ? 'worst' : 'name'),
    },
    environments: services.environments,
    runbooks: services.runbooks,
    isRunbook: file => index.runbooks().some(runbook => runbook.file === file),
    engine: () => services.engine.state,
    configFile: () => readSetting('configFile'),
    createConfiguration: services.createConfiguration,
    openService: services.showDetail,
    toUri: file => tools.files.uri(file),
    nowMs: () => tools.clock.nowMs(),
  });
}

function secretHandlers(tools: Tools, services: ServiceParts): ReturnType<typeof secretCommands> {
  return secretCommands({
    secrets: tools.secrets,
    names: () => secretNames(services.catalog.services, services.catalog.current?.environments ?? []),
    namesOf: row => {
      const probes = services.catalog.services.flatMap(service => service.probes);
      return probes.filter(({ id }) => `probe:${id}` === row).flatMap(secretsOf);
    },
    onDidChange: () => void probeAll(services),
  });
}

async function probeAll({ monitor }: ServiceParts): Promise<void> {
  await Promise.all(monitor.configured().map(({ id }) => monitor.probeNow(id)));
}

function incidentHandlers({
  services,
  incidents,
  recorder,
  deploys,
  snapshots,
}: Parts): ReturnType<typeof incidentCommands> {
  return incidentCommands({
    desk: incidents.desk,
    actions: incidents.actions,
    policy: incidents.policy,
    backlog: () => recorder.backlog(),
    failing: services.failing,
    yourName: incidents.yourName,
    showTimeline: id => incidents.timeline.show(id),
    onDeclared: async ({ id, services: concerned }) => {
      await Promise.all([snapshots.onDeclared(id, concerned), deploys.look()]);
    },
    generateReview: async id => void (await incidents.generateReview(id)),
    prepareMessage: incidents.prepareMessage,
  });
}
