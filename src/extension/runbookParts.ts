import path from 'node:path';
import * as vscode from 'vscode';
import { RunLedgerFiles } from '../adapters/steps/runLedgerFiles.ts';
import { UnattendedShell } from '../adapters/steps/unattendedShell.ts';
import { RunbookIndex } from '../app/runbookIndex.ts';
import { SymptomWatch } from '../app/runbooks/symptomWatch.ts';
import { toRunningStep } from '../app/steps/lostRuns.ts';
import { MonitorJudge } from '../app/steps/monitorJudge.ts';
import { RunbookRuns } from '../app/steps/runbookRuns.ts';
import { isOver, type StepRun } from '../app/steps/stepRun.ts';
import { UserError } from '../base/errors.ts';
import type { Step } from '../domain/runbook/model.ts';
import { isShellVariable } from '../domain/runbook/shellVariables.ts';
import { onDidChangeSetting, readSetting } from '../host/settings.ts';
import { StepTerminals } from '../host/terminal/stepTerminals.ts';
import type { StepTerminal } from '../ports.ts';
import { setContext } from '../ui/commands.ts';
import { DiagnosisPages } from '../ui/runbooks/diagnosisPages.ts';
import { RunbooksTree } from '../ui/runbooks/runbooksTree.ts';
import { StepFlow } from '../ui/runbooks/stepFlow.ts';
import { StepLenses } from '../ui/runbooks/stepLenses.ts';
import { StepMarks } from '../ui/runbooks/stepMarks.ts';
import { StepOutputs } from '../ui/runbooks/stepOutputs.ts';
import { StepPreviews } from '../ui/runbooks/stepPreview.ts';
import { gatherEvidence } from './evidence.ts';
import type { LogParts } from './logParts.ts';
import { containersAtRisk, lossesOf } from './lossParts.ts';
import type { ServiceParts } from './serviceParts.ts';
import type { Snapshots } from './snapshots.ts';
import type { Tools } from './tools.ts';

export interface RunbookParts {
  readonly runs: RunbookRuns;
  readonly flow: StepFlow;
  readonly outputs: StepOutputs;
  readonly tree: RunbooksTree;
  readonly fits: SymptomWatch;
  /** Tells of the steps that ran when an earlier window on this workspace went. */
  readonly tellLost: () => Promise<void>;
  readonly previews: StepPreviews;
  readonly diagnoses: DiagnosisPages;
  /** Where steps run that nobody watches. */
  readonly unattended: StepTerminal;
}

/** What the rest of the cockpit lends to the runbooks. */
export interface RunbookNeeds {
  readonly services: ServiceParts;
  readonly logs: Pick<LogParts, 'recentLines' | 'onDidFill'>;
  readonly redact: (text: string) => string;
  readonly occasion: () => string;
  readonly isTicked: (itemId: string) => boolean;
  readonly snapshots: Snapshots;
}

export function openIndex(tools: Tools): RunbookIndex {
  const { files, store, clock } = tools;
  const globs = () => readSetting('runbooks');
  files.watch(globs());
  files.watchFolders();
  files.watchDocuments('markdown');
  const index = store.add(
    new RunbookIndex({
      files,
      globs,
      clock,
      parse: (file, text) => tools.parsers().parseRunbook(file, text),
    }),
  );
  const reload = () =>
    index.reload().catch((error: unknown) => tools.log.error('The runbooks could not be read', error));
  store.add(onDidChangeSetting('runbooks', () => void reload()));
  return index;
}

export function openRunbooks(tools: Tools, index: RunbookIndex, needs: RunbookNeeds): RunbookParts {
  const { store, clock } = tools;
  const terminal = store.add(new StepTerminals(path.join(tools.storagePath, 'steps', String(process.pid))));
  const runs = store.add(
    new RunbookRuns({
      terminal,
      clock,
      windowId: `${process.pid.toString(36)}${clock.nowMs().toString(36)}`,
      health: new MonitorJudge(needs.services.monitor, clock),
      redact: needs.redact,
      recoveryWaitMs: () => readSetting('steps.recoveryWait') * 1000,
    }),
  );
  store.add(runs.onDidChange(() => setContext('isRunning', runs.running.length > 0)));
  const tellLost = keepLedger(tools, runs, needs.redact);
  const pages = openPages(tools, runs);
  const flow = makeFlow(tools, { runs, previews: pages.previews }, needs);
  const fits = store.add(
    new SymptomWatch({
      index,
      clock,
      gather: () => gatherEvidence(tools, needs),
      match: (runbook, evidence) => tools.parsers().matchSymptoms(runbook, evidence),
      onDidChangeHealth: needs.services.monitor.onDidChange,
    }),
  );
  store.add(needs.logs.onDidFill(() => fits.refreshSoon()));
  const tree = store.add(
    new RunbooksTree({
      source: index,
      runs,
      isTicked: needs.isTicked,
      fits,
      willRun: step => willRun(tools, needs, step),
    }),
  );
  const lenses = store.add(new StepLenses(index, runs));
  store.add(vscode.languages.registerCodeLensProvider({ language: 'markdown', scheme: 'file' }, lenses));
  store.add(new StepMarks(index, runs, file => tools.files.uri(file)));
  return {
    runs,
    flow,
    ...pages,
    tree,
    unattended: new UnattendedShell(),
    fits,
    tellLost,
  };
}

function openPages(
  { store, files }: Tools,
  runs: RunbookRuns,
): Pick<RunbookParts, 'outputs' | 'previews' | 'diagnoses'> {
  return {
    outputs: store.add(new StepOutputs(runs)),
    previews: store.add(new StepPreviews()),
    diagnoses: store.add(new DiagnosisPages(file => files.uri(file))),
  };
}

/** Writes down what runs, and gives what to call once everybody listens: it tells of the runs that nobody saw end. */
function keepLedger(
  { store, log, storagePath, folderPath }: Tools,
  runs: RunbookRuns,
  redact: (text: string) => string,
): () => Promise<void> {
  const ledger = store.add(new RunLedgerFiles(path.join(storagePath, 'running'), folderPath ?? ''));
  const written = new Map<string, StepRun['status']>();
  store.add(
    runs.onDidChange(run => {
      if (isOver(run.status)) ledger.end(run.runId);
      const step = isOver(run.status) ? undefined : toRunningStep(run, redact);
      if (step === undefined || written.get(run.runId) === run.status) return;
      written.set(run.runId, run.status);
      try {
        ledger.begin(step);
      } catch (error) {
        log.error('A running step could not be written down', error);
      }
    }),
  );
  return async () => {
    for (const step of await ledger.takeLost()) runs.lose(step);
  };
}

/** With the names of the environment and nobody's values: gaps stay as written. */
function willRun(tools: Tools, { services }: RunbookNeeds, step: Step): string | undefined {
  const { aliases } = services.environments.current();
  if (step.kind !== 'command' || Object.keys(aliases).length === 0) return undefined;
  const filled = tools.parsers().fillCommand({ ...step, holes: [] }, {}, aliases);
  return filled.ok && filled.text !== step.command ? filled.text : undefined;
}

function makeFlow(
  tools: Tools,
  { runs, previews }: Pick<RunbookParts, 'runs' | 'previews'>,
  needs: RunbookNeeds,
): StepFlow {
  return new StepFlow({
    runs,
    environments: needs.services.environments,
    services: () => needs.services.catalog.services,
    fill: async (step, values, environment) => {
      const filled = tools.parsers().fillCommand(step, Object.fromEntries(values), environment.aliases);
      if (!filled.ok) throw new UserError(filled.problem);
      return {
        command: filled.text,
        replacements: filled.replacements.map(({ from, to }) => `${from} → ${to}`),
      };
    },
    occasion: needs.occasion,
    losses: (found, command) => lossesOf(tools, needs.services, found, command),
    preview: (found, order, environment) => previews.show(found, order, environment),
    beforeLoss: (found, command, losses) =>
      needs.snapshots.beforeLoss(containersAtRisk(needs.services, found, command, losses), found.step.title),
    isSet: name => isShellVariable(name) || process.env[name] !== undefined,
    cwdOf: file => tools.files.folderOf(file)?.uri.fsPath,
  });
}
