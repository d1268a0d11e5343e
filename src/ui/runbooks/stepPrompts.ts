import * as vscode from 'vscode';
import type { RunbookRuns } from '../../app/steps/runbookRuns.ts';
import { CancelledError } from '../../base/errors.ts';
import { type ConsentLevel, consentWord } from '../../domain/runbook/consent.ts';
import { toLabel, toNotice } from '../outsideText.ts';
import { askPick, askText } from '../questions.ts';
import { shortTitle } from '../shortTitle.ts';
import { outcomeText, riskWords } from './runbooksModel.ts';
import type { FoundStep } from './stepLookup.ts';

/** What is shown before a step runs. */
export interface ConsentRequest {
  readonly found: FoundStep;
  readonly level: Exclude<ConsentLevel, 'gesture'>;
  /** As it will run. */
  readonly command: string;
  readonly environment: string;
  /** What was replaced, e.g. `postgres-container → testgen-postgres`. */
  readonly replacements: readonly string[];
  /** What will be lost, as far as it could be found out. */
  readonly losses: readonly string[];
  /** Shows the whole step, as written and as it will run. */
  readonly preview: () => Promise<void>;
}

interface StepItem extends vscode.QuickPickItem {
  /** Undefined for the heading of a group. */
  readonly found?: FoundStep;
}

/** Fuzzy over title, command, section, runbook and alert; `fitting` ones stand first, in their order. */
export async function pickStep(
  steps: readonly FoundStep[],
  runs: RunbookRuns,
  fitting: readonly FoundStep[],
): Promise<FoundStep> {
  const others = steps.filter(step => !fitting.includes(step));
  const items =
    fitting.length === 0
      ? toItems(others, runs)
      : [
          heading(vscode.l10n.t('fits what is seen now')),
          ...toItems(fitting, runs),
          heading(vscode.l10n.t('other steps')),
          ...toItems(others, runs),
        ];
  const picked = await askPick({
    items,
    title: vscode.l10n.t('Run Runbook Step'),
    placeholder: vscode.l10n.t('Type part of a title, command, section, runbook or alert'),
    matchesEverything: true,
  });
  if (!picked?.found) throw new CancelledError();
  return picked.found;
}

function heading(label: string): StepItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function toItems(steps: readonly FoundStep[], runs: RunbookRuns): readonly StepItem[] {
  return steps.map((found): StepItem => {
    const { step, runbook, key } = found;
    const run = runs.get(key);
    const where = [shortTitle(runbook), ...step.headingPath.slice(1), runbook.alert?.name]
      .filter(Boolean)
      .join(' › ');
    return {
      found,
      label: `$(${step.risk === 'destroy' ? 'flame' : 'play'}) ${toLabel(step.title)}`,
      description: toLabel(firstLine(step.command)),
      detail: toLabel([riskWords[step.risk], where, run && outcomeText(run)].filter(Boolean).join(' · ')),
    };
  });
}

/** Asks for one value; names that sound like secrets are masked. */
export async function askValue(
  name: string,
  command: string,
  remembered: string | undefined,
): Promise<string> {
  const value = await askText({
    title: vscode.l10n.t('Value for {0}', name),
    prompt: toNotice(firstLine(command)),
    value: remembered ?? '',
    isSecret: /key|token|secret|pass|credential/i.test(name),
    validate: text =>
      /[\r\n]/.test(text)
        ? vscode.l10n.t('One line only')
        : text === ''
          ? vscode.l10n.t('Needed to run this step')
          : undefined,
  });
  if (value === undefined) throw new CancelledError();
  return value;
}

/** Confirm: a list whose first entry runs, so that Enter is enough. Typed: the verb of the command in full. */
export async function askConsent(request: ConsentRequest): Promise<void> {
  const given = request.level === 'typed' ? await askTyped(request) : await askConfirm(request);
  if (!given) throw new CancelledError();
}

async function askConfirm(request: ConsentRequest): Promise<boolean> {
  const run = {
    label: `$(play) ${toLabel(vscode.l10n.t('Run in {0}', request.environment))}`,
    description: toLabel(firstLine(request.command)),
    detail: toLabel(detailOf(request)),
  };
  const preview = { label: `$(open-preview) ${vscode.l10n.t('Preview as written and as it will run')}` };
  const cancel = { label: `$(close) ${vscode.l10n.t('Cancel')}` };
  const picked = await askPick({
    items: [run, preview, cancel],
    title: vscode.l10n.t('{0}: this step changes the system', request.found.step.title),
    placeholder: vscode.l10n.t('Enter runs it'),
    ignoresFocusOut: true,
  });
  if (picked !== preview) return picked === run;
  await request.preview();
  return askConfirm(request);
}

/** What destroys is shown in full first when a line cannot show it. */
async function askTyped(request: ConsentRequest): Promise<boolean> {
  if (request.command.includes('\n') || request.replacements.length > 0) await request.preview();
  const word = consentWord(request.command);
  const lost =
    request.losses.length > 0
      ? request.losses.join('; ')
      : vscode.l10n.t('what it removes cannot be brought back');
  const typed = await askText({
    title: vscode.l10n.t('{0} destroys data in {1}', request.found.step.title, request.environment),
    prompt: toNotice(
      vscode.l10n.t('{0} — {1}. Type "{2}" to run it.', firstLine(request.command), lost, word),
    ),
    validate: text =>
      text === '' || word.startsWith(text.toLowerCase())
        ? undefined
        : vscode.l10n.t('Type "{0}" or press Escape', word),
  });
  return typed?.toLowerCase() === word;
}

function detailOf(request: ConsentRequest): string {
  const { step } = request.found;
  const because = vscode.l10n.t('because of {0}', step.riskReasons.join(', ') || riskWords[step.risk]);
  return [because, ...request.replacements, ...request.losses].join(' · ');
}

function firstLine(command: string): string {
  const [line = '', ...more] = command.split('\n');
  return more.length > 0 ? `${line} …` : line;
}
