import * as vscode from 'vscode';
import type { RunbookRuns } from '../../app/steps/runbookRuns.ts';
import { UserError } from '../../base/errors.ts';
import type { SymptomMatch } from '../../domain/runbook/symptoms.ts';
import { type CommandHandlers, setContext } from '../commands.ts';
import { requireTrust } from '../trust.ts';
import { type DiagnoseParts, diagnose, rehearse } from './diagnose.ts';
import type { RunbooksTree } from './runbooksTree.ts';
import { sendToTerminal } from './sendToTerminal.ts';
import { openStepLogs, type StepLogsParts } from './stepLogs.ts';
import { allSteps, type FoundStep, findPlace, findStep, nextStep, stepsThatFit } from './stepLookup.ts';
import type { StepOutputs } from './stepOutputs.ts';
import type { StepPreviews } from './stepPreview.ts';
import { pickStep } from './stepPrompts.ts';

export interface RunbookCommandParts extends DiagnoseParts {
  readonly runs: RunbookRuns;
  readonly outputs: StepOutputs;
  readonly previews: StepPreviews;
  readonly tree: Pick<RunbooksTree, 'filter' | 'setFilter' | 'linkOf' | 'placeOf'>;
  readonly fits: { matches(file: string): readonly SymptomMatch[] };
  readonly logs: StepLogsParts;
  readonly reading: { cancel(): void; reload(): Promise<void> };
}

type Handled =
  | 'runStep'
  | 'runNextStep'
  | 'rerunStep'
  | 'stopStep'
  | 'diagnoseRunbook'
  | 'rehearseRunbook'
  | 'openStepSource'
  | 'showStepOutput'
  | 'copyStep'
  | 'previewStep'
  | 'sendStep'
  | 'openStepLogs'
  | 'openRunbookLink'
  | 'filterRunbooks'
  | 'clearRunbooksFilter'
  | 'stopReading'
  | 'readRunbooks'
  | 'recordStep';

export function runbookCommands(parts: RunbookCommandParts): Pick<CommandHandlers, Handled> {
  const { runs, flow, outputs } = parts;
  const runbooks = () => parts.source.runbooks();
  return {
    runStep: async key => flow.run(key === undefined ? await chooseStep(parts) : required(parts, key)),
    runNextStep: async () => flow.run(followUp(parts) ?? (await chooseStep(parts))),
    rerunStep: async () => flow.run(required(parts, runs.last?.stepId)),
    stopStep: key => runs.stop(key),
    diagnoseRunbook: async id => diagnose(parts, id),
    rehearseRunbook: async id => rehearse(parts, id),
    openStepSource: async key =>
      openPlace(
        parts,
        key === undefined ? undefined : (parts.tree.placeOf(key) ?? findPlace(runbooks(), key)),
      ),
    showStepOutput: async key => outputs.show(requiredKey(parts, key)),
    copyStep: async key =>
      vscode.env.clipboard.writeText((await flow.prepare(required(parts, key), false)).command),
    previewStep: async key => {
      const found = key === undefined ? await pick(parts) : required(parts, key);
      await parts.previews.show(found, await flow.prepare(found, false), parts.environment());
    },
    sendStep: async key =>
      sendToTerminal(await flow.textFor(key === undefined ? await chooseStep(parts) : required(parts, key))),
    openStepLogs: async key =>
      openStepLogs(parts.logs, (await flow.prepare(required(parts, key), false)).command),
    openRunbookLink: async id => openLink(parts, id),
    filterRunbooks: () => askFilter(parts),
    clearRunbooksFilter: () => setFilter(parts, undefined),
    stopReading: () => parts.reading.cancel(),
    readRunbooks: () => parts.reading.reload(),
    recordStep: async key => recordOutcome(parts, required(parts, key)),
  };
}

/** What is chosen is run: so trust comes before the question. */
function chooseStep(parts: RunbookCommandParts): Promise<FoundStep> {
  requireTrust();
  return pick(parts);
}

function pick(parts: RunbookCommandParts): Promise<FoundStep> {
  const steps = runnable(parts);
  return pickStep(
    steps,
    parts.runs,
    stepsThatFit(steps, file => parts.fits.matches(file)),
  );
}

function runnable({ source }: RunbookCommandParts): FoundStep[] {
  const steps = allSteps(source.runbooks()).filter(({ step }) => !step.broken);
  if (steps.length > 0) return steps;
  throw new UserError(vscode.l10n.t('No runbook with a step to run was found in this workspace.'), {
    title: vscode.l10n.t('Change Where It Looks'),
    command: 'workbench.action.openSettings',
    args: ['watchkeeper.runbooks'],
  });
}

function followUp({ source, runs }: RunbookCommandParts): FoundStep | undefined {
  return runs.last && nextStep(source.runbooks(), runs.last.stepId);
}

function requiredKey({ runs }: RunbookCommandParts, key: string | undefined): string {
  const known = key ?? runs.last?.stepId;
  if (known === undefined) throw new UserError(vscode.l10n.t('No step has run yet.'));
  return known;
}

function required(parts: RunbookCommandParts, key: string | undefined): FoundStep {
  const found = findStep(parts.source.runbooks(), requiredKey(parts, key));
  if (found) return found;
  throw new UserError(vscode.l10n.t('The runbook has changed and this step is no longer in it.'));
}

async function openPlace(
  { toUri }: RunbookCommandParts,
  place: { file: string; line: number } | undefined,
): Promise<void> {
  const uri = place && toUri(place.file);
  if (!place || !uri) return;
  const at = new vscode.Position(place.line - 1, 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}

async function askFilter(parts: RunbookCommandParts): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Runbooks'),
    prompt: vscode.l10n.t('Part of a title, command, section, alert or file; empty shows all'),
    value: parts.tree.filter ?? '',
  });
  if (text !== undefined) setFilter(parts, text.trim() === '' ? undefined : text.trim());
}

function setFilter({ tree }: RunbookCommandParts, filter: string | undefined): void {
  tree.setFilter(filter);
  setContext('runbooksFiltered', filter !== undefined);
}

/** Files are opened where they lie, addresses by the browser; anything else in a runbook is only shown. */
async function openLink({ tree, toUri }: RunbookCommandParts, id: string | undefined): Promise<void> {
  const target = id === undefined ? undefined : tree.linkOf(id);
  if (target === undefined) throw new UserError(vscode.l10n.t('Choose a link in the Runbooks view.'));
  if (/^(?:https?|mailto):/i.test(target)) {
    await vscode.env.openExternal(vscode.Uri.parse(target));
    return;
  }
  const uri = toUri(target);
  if (uri) await vscode.commands.executeCommand('vscode.open', uri);
}

async function recordOutcome({ flow, runs }: RunbookCommandParts, found: FoundStep): Promise<void> {
  const code = await vscode.window.showInputBox({
    title: vscode.l10n.t('{0}: exit code of the run elsewhere', found.step.title),
    value: '0',
    validateInput: text => (/^\d{1,3}$/.test(text) ? undefined : vscode.l10n.t('A number from 0 to 255')),
  });
  if (code === undefined) return;
  runs.record(await flow.prepare(found, false), Number(code), '');
}
