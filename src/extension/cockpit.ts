import { secretNames } from '../domain/config/secretNames.ts';
import { setContext } from '../ui/commands.ts';
import { openDeploys } from './deployParts.ts';
import { type Cockpit, type Parts, toHandlers } from './handlers.ts';
import { openIncidents, warnWhenUnsaved } from './incidentParts.ts';
import { openRunbookChecks } from './lintParts.ts';
import { openLogs } from './logParts.ts';
import { openRecorder } from './recorderParts.ts';
import { followSecrets, openRedaction } from './redaction.ts';
import { openIndex, openRunbooks } from './runbookParts.ts';
import { openServices } from './serviceParts.ts';
import { openSnapshots } from './snapshots.ts';
import { makeTools, type Opening, type Tools } from './tools.ts';
import { attachViews } from './views.ts';

export async function openCockpit(opening: Opening): Promise<Cockpit> {
  const tools = makeTools(opening);
  const redaction = await openRedaction(tools);
  const { redact } = redaction;
  const index = openIndex(tools);
  const checks = openRunbookChecks(tools, index);
  const services = openServices(tools, index, redact);
  const { catalog } = services;
  const knowSecrets = followSecrets(tools, redaction, () =>
    secretNames(catalog.services, catalog.current?.environments ?? []),
  );
  tools.store.add(catalog.onDidChange(knowSecrets));
  const incidents = await openIncidents(tools, {
    redact,
    runbooks: () => index.runbooks(),
    config: () => services.catalog.current?.incident,
  });
  const logs = openLogs(tools, incidents, redact);
  const snapshots = openSnapshots(tools, { incidents, logs, services, redact });
  const runbooks = openRunbooks(tools, index, {
    services,
    logs,
    redact,
    occasion: () => incidents.desk.current()?.id ?? 'calm',
    isTicked: itemId => incidents.desk.current()?.ticks[itemId]?.state === 'done',
    snapshots,
  });
  attachViews(tools, { index, services, runbooks, incidents });
  tools.store.add(warnWhenUnsaved(incidents));
  const deploys = openDeploys(tools);
  const recorder = openRecorder(tools, { desk: incidents.desk, services, runbooks, deploys, redact });
  const cockpit = { index, checks, services, runbooks, incidents, logs, snapshots, deploys, recorder };
  void start(tools, cockpit).then(() => runbooks.tellLost());
  return { ...cockpit, handlers: toHandlers(tools, cockpit), storagePath: tools.storagePath };
}

/** Reading happens after the commands are there: nothing waits for a large workspace. */
async function start(tools: Tools, { index, services }: Parts): Promise<void> {
  await Promise.all([index.reload(), services.catalog.reload()]).catch((error: unknown) =>
    tools.log.error('The workspace could not be read', error),
  );
  setContext('isReady', true);
}
