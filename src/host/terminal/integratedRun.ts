import * as vscode from 'vscode';
import { BoundedText, QuestionWatch, toPlainText } from '../../domain/runbook/terminalText.ts';
import type { StepOutcome } from '../../ports.ts';

const outputLimit = 64 * 1024;
const interruptAfterMs = 3000;
const codePollMs = 300;
// The end event and the end of the output come within a millisecond of each other, on a busy machine much later.
const lateOutputMs = 5000;
// Of a terminal that is gone there is none to come.
const closedOutputMs = 500;

export interface IntegratedRun {
  readonly terminal: vscode.Terminal;
  readonly integration: vscode.TerminalShellIntegration;
  /** One line, final. */
  readonly line: string;
  readonly signal: AbortSignal;
  /** Told as soon as the shell knows the execution, so that nothing else is taken for ours. */
  readonly onStart: (execution: vscode.TerminalShellExecution) => void;
  /** Told when the output asked the terminal something, whose answer is typed onto the prompt. */
  readonly onQuestion: () => void;
  /** The code that the line itself leaves behind, for shells whose end VS Code misses now and then. */
  readonly readCode?: () => Promise<number | undefined>;
}

/** Runs one line by shell integration. Every way out ends in one `finish`. */
export function runIntegrated(run: IntegratedRun): Promise<StepOutcome> {
  const { terminal, integration, signal } = run;
  const startedMs = performance.now();
  return new Promise(resolve => {
    const text = new BoundedText(outputLimit);
    let reading: Promise<void> = Promise.resolve();
    let execution: vscode.TerminalShellExecution | undefined;
    let isStarted = false;
    let isFinished = false;
    const subscriptions: vscode.Disposable[] = [];
    const finish = async (end: { exitCode: number } | { reason: string }, waitMs = lateOutputMs) => {
      if (isFinished) return;
      isFinished = true;
      for (const subscription of subscriptions) subscription.dispose();
      await Promise.race([reading, delay(waitMs)]);
      const common = { output: toPlainText(text.toString()), tookMs: performance.now() - startedMs };
      resolve(
        'exitCode' in end ? { kind: 'exited', ...end, ...common } : { kind: 'unknown', ...end, ...common },
      );
    };
    subscriptions.push(
      vscode.window.onDidStartTerminalShellExecution(event => {
        if (event.terminal !== terminal || isStarted || execution === undefined) return;
        const garbled = garbledLine(event.execution, run.line);
        if (garbled !== undefined)
          void finish({ reason: `characters on the prompt came before the step: ${garbled}` }, 0);
        isStarted = event.execution === execution || isSameLine(event.execution, run.line);
        if (!isStarted || event.execution === execution) return;
        execution = event.execution;
        run.onStart(execution);
        reading = readInto(text, execution, run.onQuestion);
      }),
      vscode.window.onDidEndTerminalShellExecution(event => {
        if (event.terminal !== terminal || event.execution !== execution) return;
        void endOf(event.exitCode, run).then(finish);
      }),
      vscode.window.onDidCloseTerminal(gone => {
        if (gone === terminal) void finish(closedOutcome(gone), closedOutputMs);
      }),
      interruptOnAbort(terminal, signal),
    );
    subscriptions.push(watchCode(run.readCode, exitCode => void finish({ exitCode })));
    execution = integration.executeCommand(run.line);
    run.onStart(execution);
    reading = readInto(text, execution, run.onQuestion);
  });
}

/** VS Code may read our line from the screen and not know it again: it then starts an execution of its own for it. */
function isSameLine({ commandLine }: vscode.TerminalShellExecution, line: string): boolean {
  return withoutSpace(commandLine.value) === withoutSpace(line);
}

/** What the shell read, when somebody typed or the terminal answered a program in front of our line. */
function garbledLine({ commandLine }: vscode.TerminalShellExecution, line: string): string | undefined {
  // A line that VS Code read from the screen may hold the prompt; what the shell told does not.
  if (commandLine.confidence !== vscode.TerminalShellExecutionCommandLineConfidence.High) return undefined;
  const [read, own] = [withoutSpace(commandLine.value), withoutSpace(line)];
  return read !== own && read.endsWith(own) ? commandLine.value : undefined;
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

function watchCode(
  readCode: IntegratedRun['readCode'],
  onCode: (exitCode: number) => void,
): vscode.Disposable {
  const poll = setInterval(async () => {
    const exitCode = await readCode?.();
    if (exitCode !== undefined) onCode(exitCode);
  }, codePollMs);
  if (readCode === undefined) clearInterval(poll);
  return { dispose: () => clearInterval(poll) };
}

async function endOf(
  reported: number | undefined,
  { readCode }: IntegratedRun,
): Promise<{ exitCode: number } | { reason: string }> {
  const exitCode = (await readCode?.()) ?? reported;
  return exitCode === undefined ? { reason: 'the shell reported no exit code' } : { exitCode };
}

async function readInto(
  text: BoundedText,
  execution: vscode.TerminalShellExecution,
  onQuestion: () => void,
): Promise<void> {
  const watch = new QuestionWatch();
  for await (const chunk of execution.read()) {
    text.append(chunk);
    watch.see(chunk);
    if (watch.hasAsked) onQuestion();
  }
}

/** `exit 3` ends the shell without an end event: the terminal's own exit status is all there is. */
export function closedOutcome(terminal: vscode.Terminal): { exitCode: number } | { reason: string } {
  const status = terminal.exitStatus;
  if (
    status?.reason === vscode.TerminalExitReason.Process &&
    status.code !== undefined &&
    status.code !== 0
  ) {
    return { exitCode: status.code };
  }
  return { reason: 'the terminal was closed' };
}

/** Ctrl-C, Ctrl-C again, then the terminal itself: a step that ignores all three is ended with its shell. */
export function interruptOnAbort(terminal: vscode.Terminal, signal: AbortSignal): vscode.Disposable {
  const timers: NodeJS.Timeout[] = [];
  const interrupt = () => {
    terminal.sendText('\x03', false);
    timers.push(setTimeout(() => terminal.sendText('\x03', false), interruptAfterMs));
    timers.push(setTimeout(() => terminal.dispose(), 2 * interruptAfterMs));
  };
  if (signal.aborted) interrupt();
  else signal.addEventListener('abort', interrupt, { once: true });
  return {
    dispose: () => {
      signal.removeEventListener('abort', interrupt);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function delay(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
