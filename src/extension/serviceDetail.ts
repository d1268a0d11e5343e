import * as vscode from 'vscode';
import type { HealthMonitor } from '../app/healthMonitor.ts';
import type { Service } from '../domain/health/model.ts';
import { ServicePanel } from '../ui/pages/servicePanel.ts';
import type { RunbookFinder } from '../ui/services/relatedRunbooks.ts';
import type { ServicesSource } from '../ui/services/servicesTree.ts';
import type { Tools } from './tools.ts';

export interface DetailNeeds {
  readonly monitor: HealthMonitor;
  readonly source: ServicesSource;
  readonly runbooks: RunbookFinder;
}

/** The page of one service. What a person does on it goes through the same commands as everywhere else. */
export function openServiceDetail(tools: Tools, { monitor, source, runbooks }: DetailNeeds): ServicePanel {
  const withRunbooks = (service: Service): Service => ({
    ...service,
    runbooks: [...new Set([...service.runbooks, ...runbooks.for(service).map(({ file }) => file)])],
  });
  const run = async (command: string, argument: string) => {
    await vscode.commands.executeCommand(`watchkeeper.${command}`, argument);
  };
  return tools.store.add(
    new ServicePanel({
      extensionUri: tools.context.extensionUri,
      source: {
        services: () => source.services().map(withRunbooks),
        health: source.health,
        history: id => monitor.history(id),
        onDidCheck: source.onDidCheck,
        onDidChange: source.onDidChange,
      },
      intents: {
        probeNow: id => run('probeNow', `service:${id}`),
        acknowledge: id => run('acknowledgeService', `service:${id}`),
        unacknowledge: id => run('unacknowledgeService', `service:${id}`),
        openLogs: id => run('tailLogs', `service:${id}`),
        openSource: id => run('openServiceSource', `service:${id}`),
        openProbeSource: (_, { probeId }) => run('openServiceSource', `probe:${probeId}`),
        openRunbook: (_, { file }) => run('openServiceRunbook', `book:${file}`),
      },
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      clock: tools.clock,
      log: tools.log,
    }),
  );
}
