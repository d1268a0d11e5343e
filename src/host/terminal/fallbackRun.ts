import path from 'node:path';
import * as vscode from 'vscode';
import { fallbackScript } from '../../domain/runbook/fallbackScript.ts';
import { QuestionWatch, toPlainText } from '../../domain/runbook/terminalText.ts';
import type { StepOutcome } from '../../ports.ts';
import { closedOutcome, interruptOnAbort } from './integratedRun.ts';
import type { ScriptFiles } from './scriptFiles.ts';

/** Variable of every terminal of steps: the folder that statements are read from. */
export const stepsFolder = 'WATCHKEEPER_STEPS';

const pollMs = 100;
const outputLimit = 128 * 1024;

export interface FallbackRun {
  readonly terminal: vscode.Terminal;
  readonly command: string;
  /** False for steps that need the terminal itself (editors, `top`): their output is not copied. */
  readonly isCaptured: boolean;
  readonly files: ScriptFiles;
  readonly signal: AbortSignal;
  /** As of `IntegratedRun`. */
  readonly onQuestion: () => void;
}

/**
 * For shells that tell VS Code nothing (sh, dash, integration switched off): the statement is read into the shell
 * from a file, and the shell leaves the exit code in another one. `export` and `cd` carry over.
 */
export async function runFallback(run: FallbackRun): Promise<StepOutcome> {
  const { files } = run;
  const startedMs = performance.now();
  const names = {
    step: await files.write(run.command),
    out: files.pathFor('out'),
    code: files.pathFor('code'),
    pipe: files.pathFor('pipe'),
  };
  const wrapper = await files.write(fallbackScript(names, run.isCaptured));
  try {
    const end = await typeAndWait(run, wrapper, names.code);
    const output = (await files.readStart(names.out, outputLimit)) ?? '';
    const watch = new QuestionWatch();
    watch.see(output);
    if (watch.hasAsked) run.onQuestion();
    const common = { output: toPlainText(output), tookMs: performance.now() - startedMs };
    return 'exitCode' in end ? { kind: 'exited', ...end, ...common } : { kind: 'unknown', ...end, ...common };
  } finally {
    // The script leaves no code any more once its step is gone.
    await files.remove(names.step);
    await files.remove(names.out, names.code, names.pipe, wrapper);
  }
}

/** A person may close the terminal at any moment, also before anything was typed: typing would throw then. */
async function typeAndWait(
  { terminal, files, signal }: FallbackRun,
  wrapper: string,
  code: string,
): Promise<{ exitCode: number } | { reason: string }> {
  if (terminal.exitStatus !== undefined) return closedOutcome(terminal);
  const interrupting = interruptOnAbort(terminal, signal);
  try {
    return await new Promise(resolve => {
      const closed = vscode.window.onDidCloseTerminal(gone => {
        if (gone === terminal) finish(closedOutcome(gone));
      });
      const poll = setInterval(async () => {
        const text = await files.readIfThere(code);
        if (text?.endsWith('\n')) finish({ exitCode: Number(text) });
      }, pollMs);
      const finish = (result: { exitCode: number } | { reason: string }) => {
        clearInterval(poll);
        closed.dispose();
        resolve(result);
      };
      // A person reads this line: the folder's long name is in the terminal's environment.
      terminal.sendText(`. "$${stepsFolder}"/${path.basename(wrapper)}`, true);
    });
  } finally {
    interrupting.dispose();
  }
}
