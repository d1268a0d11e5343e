import * as vscode from 'vscode';
import type { RunbookRuns } from '../../app/steps/runbookRuns.ts';
import type { StepRun } from '../../app/steps/stepRun.ts';
import { UserError } from '../../base/errors.ts';
import type { Runbook } from '../../domain/runbook/model.ts';
import { outcomeText } from './runbooksModel.ts';
import type { RunbooksSource } from './runbooksTree.ts';
import type { StepFlow } from './stepFlow.ts';
import { allSteps, type FoundStep } from './stepLookup.ts';

export interface DiagnoseParts {
  readonly source: RunbooksSource;
  readonly runs: RunbookRuns;
  readonly flow: StepFlow;
}

/** Runs every read-only step that ends by itself, and puts what it found on one page, findings first. */
export async function diagnose(
  { source, flow, runs }: DiagnoseParts,
  file: string | undefined,
): Promise<void> {
  const runbook =
    file === undefined ? await pickRunbook(source) : source.runbooks().find(known => known.file === file);
  if (!runbook) return;
  const steps = allSteps([runbook]).filter(({ step }) => isUnattended(step));
  const results: StepRun[] = [];
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: vscode.l10n.t('Diagnosing with {0}', runbook.title),
    },
    async (progress, token) => {
      const stopping = token.onCancellationRequested(() => runs.stop());
      for (const found of steps) {
        if (token.isCancellationRequested) break;
        progress.report({ message: found.step.title, increment: 100 / steps.length });
        results.push(await flow.run(found));
      }
      stopping.dispose();
    },
  );
  const document = await vscode.workspace.openTextDocument({
    language: 'markdown',
    content: report(runbook, results, steps.length),
  });
  await vscode.window.showTextDocument(document, { preview: true });
}

/** Holes would stop an unattended run to ask; streams and consoles would never end it. */
function isUnattended(step: FoundStep['step']): boolean {
  return (
    step.risk === 'read' &&
    step.mode === 'once' &&
    !step.broken &&
    !step.isEnvironmentMutating &&
    step.holes.length === 0
  );
}

async function pickRunbook(source: RunbooksSource): Promise<Runbook | undefined> {
  const items = source
    .runbooks()
    .map(runbook => ({ label: runbook.title, description: runbook.file, runbook }));
  if (items.length === 0) throw new UserError(vscode.l10n.t('No runbook was found in this workspace.'));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Diagnose with which runbook?') }))
    ?.runbook;
}

function report(runbook: Runbook, runs: readonly StepRun[], planned: number): string {
  const isFine = (run: StepRun) => run.status === 'passed';
  const findings = runs.filter(run => !isFine(run));
  const part = (run: StepRun) => {
    const fence = '`'.repeat(
      Math.max(3, ...[...run.output.matchAll(/`+/g)].map(match => match[0].length + 1)),
    );
    return [
      `### ${run.order.title}: ${outcomeText(run)}`,
      `${run.order.source.file}:${run.order.source.line}`,
      `${fence}\n$ ${run.order.command}\n${run.output.trimEnd()}\n${fence}`,
    ].join('\n\n');
  };
  return [
    `# Diagnosis: ${runbook.title}`,
    vscode.l10n.t('{0} of {1} read-only steps ran, {2} worth a look.', runs.length, planned, findings.length),
    `## ${vscode.l10n.t('Worth a look')}`,
    ...(findings.length > 0 ? findings.map(part) : [vscode.l10n.t('Nothing.')]),
    `## ${vscode.l10n.t('As expected')}`,
    ...runs.filter(isFine).map(part),
    '',
  ].join('\n\n');
}
