import * as vscode from 'vscode';
import type { HealthMonitor } from '../app/healthMonitor.ts';
import type { RunbookIndex } from '../app/runbookIndex.ts';
import type { ServiceCatalog } from '../app/serviceCatalog.ts';
import { Emitter } from '../base/emitter.ts';
import { LastTransitions } from '../ui/services/lastTransitions.ts';
import { RunbookFinder } from '../ui/services/relatedRunbooks.ts';
import type { ServicesSource } from '../ui/services/servicesTree.ts';
import type { EngineLink } from './engineLink.ts';
import type { Tools } from './tools.ts';
import type { Watching } from './watching.ts';

export interface SourceNeeds {
  readonly monitor: HealthMonitor;
  readonly catalog: ServiceCatalog;
  readonly index: RunbookIndex;
  readonly engine: EngineLink;
  readonly watching: Watching;
}

/** What tree, page and commands read of services, gathered from those who own it. */
export interface ShownServices {
  readonly source: ServicesSource;
  readonly runbooks: RunbookFinder;
  /** To be fired when what is shown changed for a reason of the view's own. */
  readonly viewed: Emitter<void>;
}

export function openServicesSource({ store }: Tools, needs: SourceNeeds): ShownServices {
  const { monitor, catalog, index, engine, watching } = needs;
  const runbooks = new RunbookFinder(() => index.runbooks());
  store.add(index.onDidChange(() => runbooks.forget()));
  store.add(catalog.onDidChange(() => runbooks.forget()));
  const transitions = store.add(new LastTransitions(monitor.onDidChange));
  const viewed = store.add(new Emitter<void>());
  const source: ServicesSource = {
    // In restricted mode nothing is watched, but what would be can be read.
    services: () => (vscode.workspace.isTrusted ? monitor.configured() : catalog.services),
    health: id => monitor.service(id),
    probe: id => monitor.probe(id),
    samples: id => monitor.history(id)?.samples ?? [],
    transitions: id => transitions.of(id),
    runbooks: service => runbooks.for(service),
    engine: () => engine.state,
    compose: () => engine.compose,
    trouble: () => catalog.trouble,
    isConfigured: ({ source: place }) => catalog.current?.configFiles.includes(place?.file ?? '') ?? false,
    onDidCheck: monitor.onDidCheck,
    onDidChange: listener => {
      const tell = () => listener(undefined);
      const all = [
        monitor.onDidChange(tell),
        catalog.onDidChange(tell),
        index.onDidChange(tell),
        watching.onDidFollow(tell),
        engine.onDidChangeState(tell),
        viewed.event(tell),
      ];
      return { dispose: () => vscode.Disposable.from(...all).dispose() };
    },
  };
  return { source, runbooks, viewed };
}
