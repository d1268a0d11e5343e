import * as vscode from 'vscode';
import { runAll } from '../../app/steps/diagnosis.ts';
import { CancelledError, UserError } from '../../base/errors.ts';
import type { Problem } from '../../base/source.ts';
import type { CommandStep, Runbook } from '../../domain/runbook/model.ts';
import { planUnattended } from '../../domain/runbook/unattended.ts';
import type { StepTerminal } from '../../ports.ts';
import { toLabel, toNotice } from '../outsideText.ts';
import { requireTrust } from '../trust.ts';
import type { DiagnosisPages } from './diagnosisPages.ts';
import type { DiagnosisResult } from './diagnosisReport.ts';
import { toJUnit, toRehearsalJson } from './rehearsalFiles.ts';
import { stepKey } from './runbooksModel.ts';
import type { RunbooksSource } from './runbooksTree.ts';
import type { StepFlow } from './stepFlow.ts';
import type { FoundStep } from './stepLookup.ts';

export interface DiagnoseParts {
  readonly source: RunbooksSource;
  readonly flow: StepFlow;
  /** Where steps run that nobody watches. */
  readonly unattended: StepTerminal;
  readonly environment: () => string;
  readonly pages: Pick<DiagnosisPages, 'show'>;
  readonly problemsOf: (file: string) => readonly Problem[];
  readonly toUri: (file: string) => vscode.Uri | undefined;
  readonly clock: { nowMs(): number; monotonicMs(): number };
}

const maxAtOnce = 4;

/** Runs every read-only step that ends by itself, side by side, and puts what was found on one page. */
export async function diagnose(parts: DiagnoseParts, id: string | undefined): Promise<void> {
  const place = await toPlace(parts.source, id, vscode.l10n.t('Diagnose with which runbook?'));
  const title = vscode.l10n.t('Diagnosing with {0}', place.runbook.title);
  const result = await carryOut(parts, place, title);
  await parts.pages.show(vscode.l10n.t('Diagnosis'), { ...result, problems: [] });
}

/** The same on a calm day: what has rotted, for people on a page and for pipelines in two files. */
export async function rehearse(parts: DiagnoseParts, id: string | undefined): Promise<void> {
  const place = await toPlace(parts.source, id, vscode.l10n.t('Rehearse which runbook?'));
  const suggested = parts.toUri(place.runbook.file.replace(/\.\w+$/, '-rehearsal.json'));
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Where to write the result (JUnit XML goes beside it)'),
    filters: { JSON: ['json'] },
    ...(suggested ? { defaultUri: suggested } : {}),
  });
  if (!target) throw new CancelledError();
  const title = vscode.l10n.t('Rehearsing {0}', place.runbook.title);
  const result = await carryOut(parts, place, title);
  const write = (uri: vscode.Uri, text: string) =>
    vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await write(target, toRehearsalJson(result));
  await write(target.with({ path: `${target.path.replace(/\.json$/i, '')}.junit.xml` }), toJUnit(result));
  await parts.pages.show(vscode.l10n.t('Rehearsal'), result);
}

interface Place {
  readonly runbook: Runbook;
  readonly isWanted: (step: CommandStep) => boolean;
}

async function carryOut(
  parts: DiagnoseParts,
  { runbook, isWanted }: Place,
  title: string,
): Promise<DiagnosisResult> {
  const { flow, clock } = parts;
  const plan = planUnattended(runbook, flow.known(), isWanted);
  const atMs = clock.nowMs();
  const startMs = clock.monotonicMs();
  const found = plan.steps.map(step => ({ key: stepKey(runbook.file, step.id), runbook, step }));
  const { runs, isCancelled } = await runWatched(parts, found, title);
  const begun = new Set(runs.map(({ order }) => order.stepId));
  return {
    runbook,
    environment: parts.environment(),
    atMs,
    tookMs: clock.monotonicMs() - startMs,
    runs,
    planned: found.length,
    notBegun: found.filter(({ key }) => !begun.has(key)).map(({ step }) => step),
    leftOut: plan.leftOut,
    isCancelled,
    problems: parts.problemsOf(runbook.file),
  };
}

/** With progress while it lasts, and a way to cancel: what runs then is stopped, and nothing more begins. */
async function runWatched(
  { flow, unattended }: DiagnoseParts,
  found: readonly FoundStep[],
  title: string,
): Promise<Pick<DiagnosisResult, 'runs' | 'isCancelled'>> {
  const abort = new AbortController();
  const { signal } = abort;
  const say = (done: number, step: string) => toNotice(`${done}/${found.length} ${step}`.trim());
  const runs = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: toNotice(title) },
    async (progress, token) => {
      const cancelling = token.onCancellationRequested(() => abort.abort());
      progress.report({ message: say(0, '') });
      try {
        return await runAll(found, {
          run: one => flow.runAside(one, { terminal: unattended, signal }),
          signal,
          maxAtOnce,
          onProgress: ({ order }, done) =>
            progress.report({ message: say(done, order.title), increment: 100 / found.length }),
        });
      } finally {
        cancelling.dispose();
      }
    },
  );
  return { runs, isCancelled: signal.aborted };
}

/** A row of the tree: a runbook, or one section of it; from the palette a person chooses. */
async function toPlace(source: RunbooksSource, id: string | undefined, question: string): Promise<Place> {
  requireTrust();
  const [, kind, rest = ''] = /^(runbook|section):(.*)$/s.exec(id ?? '') ?? [];
  const all = source.runbooks();
  if (kind === undefined) return { runbook: await pickRunbook(all, question), isWanted: () => true };
  const runbook = all.find(
    ({ file }) => rest === file || (kind === 'section' && rest.startsWith(`${file}#`)),
  );
  if (!runbook) throw new UserError(vscode.l10n.t('The runbook is no longer there.'));
  const range = kind === 'section' ? rangeOf(runbook, rest.slice(runbook.file.length + 1)) : undefined;
  return {
    runbook,
    isWanted: step =>
      range === undefined || (step.range.startLine >= range.startLine && step.range.endLine <= range.endLine),
  };
}

function rangeOf(runbook: Runbook, sectionId: string) {
  const waiting = [...runbook.sections];
  for (const section of waiting) {
    if (section.id === sectionId) return section.range;
    waiting.push(...section.sections);
  }
  throw new UserError(vscode.l10n.t('The runbook has changed and this section is no longer in it.'));
}

async function pickRunbook(all: readonly Runbook[], question: string): Promise<Runbook> {
  const items = all.map(runbook => ({
    label: toLabel(runbook.title),
    description: toLabel(runbook.file),
    runbook,
  }));
  if (items.length === 0) throw new UserError(vscode.l10n.t('No runbook was found in this workspace.'));
  const picked = await vscode.window.showQuickPick(items, { title: question });
  if (!picked) throw new CancelledError();
  return picked.runbook;
}
