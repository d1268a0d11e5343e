import * as vscode from 'vscode';
import { errorText } from '../base/errors.ts';
import type { Log } from '../ports.ts';

/** One output channel for everything; `show` is what "Show Log" buttons call. */
export interface LogChannel extends Log, vscode.Disposable {
  show(): void;
}

export function openLogChannel(): LogChannel {
  const channel = vscode.window.createOutputChannel('Watchkeeper', { log: true });
  return {
    info: message => channel.info(message),
    warn: message => channel.warn(message),
    error: (message, error) => {
      const cause =
        error instanceof Error ? (error.stack ?? error.message) : error === undefined ? '' : errorText(error);
      channel.error(cause === '' ? message : `${message}: ${cause}`);
    },
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
