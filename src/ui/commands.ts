import * as vscode from 'vscode';
import { errorText, isCancelled, isUserError } from '../base/errors.ts';
import type { Log } from '../ports.ts';
import { toNotice } from './outsideText.ts';

/** Every command with the argument it may be given; `undefined` comes from the palette. Keys equal package.json's. */
export interface CommandArguments {
  readonly probeNow: string;
  readonly pauseProbes: undefined;
  readonly resumeProbes: undefined;
  readonly acknowledgeService: string;
  readonly unacknowledgeService: string;
  readonly openService: string;
  readonly openServiceSource: string;
  readonly openServiceRunbook: string;
  readonly copyServiceStatus: string;
  readonly openProbeInBrowser: string;
  readonly filterServices: undefined;
  readonly findServices: string;
  readonly clearServicesFilter: undefined;
  readonly sortServices: undefined;
  readonly selectEnvironment: string;
  readonly createConfiguration: undefined;
  /** `file:line`; the configuration file without one. */
  readonly openConfiguration: string;
  readonly showEngine: undefined;
  readonly hideService: string;
  readonly promoteService: string;
  readonly showHiddenServices: undefined;
  readonly startMaintenance: string;
  readonly endMaintenance: string;
  readonly setSecret: string;
  readonly clearSecret: string;
  readonly runStep: string;
  readonly runNextStep: undefined;
  readonly rerunStep: undefined;
  readonly stopStep: string;
  readonly diagnoseRunbook: string;
  readonly rehearseRunbook: string;
  readonly openStepSource: string;
  readonly showStepOutput: string;
  readonly copyStep: string;
  readonly previewStep: string;
  readonly sendStep: string;
  readonly openStepLogs: string;
  readonly openRunbookLink: string;
  readonly filterRunbooks: undefined;
  readonly clearRunbooksFilter: undefined;
  readonly stopReading: undefined;
  readonly readRunbooks: undefined;
  readonly recordStep: string;
  readonly tickItem: string;
  readonly tailLogs: string;
  readonly declareIncident: string;
  readonly addNote: string;
  readonly acknowledgeIncident: string;
  readonly changeSeverity: undefined;
  readonly changeStatus: undefined;
  readonly resolveIncident: undefined;
  readonly closeIncident: string;
  readonly declareDrill: string;
  readonly assumeRole: undefined;
  readonly handOver: undefined;
  readonly handoverBrief: string;
  readonly setMilestone: undefined;
  readonly reopenIncident: string;
  readonly cancelIncident: undefined;
  readonly switchIncident: string;
  readonly escalationDone: string;
  readonly escalationWaived: string;
  readonly takeTicks: string;
  readonly replayIncident: string;
  readonly showTimeline: string;
  readonly copyMessage: string;
  readonly generateReview: string;
  readonly takeReviewFact: string;
  readonly keepReviewText: string;
  readonly compareReview: string;
  readonly showReviewEvent: string;
  readonly recordReviewEdit: string;
  readonly exportReviewHtml: string;
  readonly exportReviewJson: string;
  readonly exportReviewCsv: string;
  readonly openPastReviews: undefined;
  readonly showLog: undefined;
}

export type CommandName = keyof CommandArguments;

export type CommandHandlers = {
  readonly [K in CommandName]: (argument: CommandArguments[K] | undefined) => unknown;
};

/**
 * One boundary around all commands: cancelling is silence, a UserError its own text, anything else a way to the log.
 * Commands exist before their handlers are loaded, and wait for them.
 */
export function registerCommands(
  names: readonly string[],
  handlers: Promise<CommandHandlers>,
  log: Log,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...names.map(name =>
      vscode.commands.registerCommand(`watchkeeper.${name}`, async (argument?: unknown) => {
        try {
          const handle = (await handlers)[name as CommandName] as (argument: unknown) => unknown;
          return await handle(toArgument(argument));
        } catch (error) {
          await showError(name, error, log);
          return undefined;
        }
      }),
    ),
  );
}

/** Menus pass the tree element, which is an id; anything else does not come from us and is not taken. */
function toArgument(argument: unknown): string | undefined {
  return typeof argument === 'string' ? argument : undefined;
}

async function showError(name: string, error: unknown, log: Log): Promise<void> {
  if (isCancelled(error) || error instanceof vscode.CancellationError) return;
  if (isUserError(error)) {
    const { action } = error;
    const chosen = await vscode.window.showWarningMessage(
      toNotice(error.message),
      ...(action ? [action.title] : []),
    );
    if (chosen !== undefined && action)
      await vscode.commands.executeCommand(action.command, ...(action.args ?? []));
    return;
  }
  log.error(`watchkeeper.${name} failed`, error);
  const showLog = vscode.l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(
    toNotice(vscode.l10n.t('Watchkeeper: {0}', errorText(error))),
    showLog,
  );
  if (chosen === showLog) await vscode.commands.executeCommand('watchkeeper.showLog');
}

/** Context keys that menus and welcome views test. */
export type ContextKey =
  | 'isReady'
  | 'isPaused'
  | 'servicesFiltered'
  | 'isRunning'
  | 'hasIncident'
  | 'hasPastIncident'
  | 'runbooksFiltered'
  | 'isReadingRunbooks'
  | 'hasUnreadRunbooks';

export function setContext(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `watchkeeper.${key}`, value);
}
