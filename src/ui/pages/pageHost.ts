import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables.ts';
import type { Log } from '../../ports.ts';
import { type Handlers, type MessageTable, parseMessage } from '../../shared/fields.ts';
import { toPageHtml } from './pageShell.ts';

export interface PageHostOptions<ToHost extends { readonly type: string }> {
  readonly extensionUri: vscode.Uri;
  /** Names `dist/webview/<page>.js` and `media/<page>.css`. */
  readonly page: string;
  readonly title: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly messages: MessageTable<ToHost>;
  readonly handlers: Handlers<ToHost>;
  readonly log: Log;
}

/** What a page may load; for `createWebviewPanel` as well as for `webview.options`. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [
      vscode.Uri.joinPath(extensionUri, 'dist', 'webview'),
      vscode.Uri.joinPath(extensionUri, 'media'),
    ],
  };
}

/**
 * One side of a conversation with a page: writes its HTML, parses what it says and hands it to the handlers, one
 * per message of the union. A message that does not parse is logged by its type and dropped.
 */
export class PageHost<ToHost extends { readonly type: string }, ToPage> implements Disposable {
  private readonly webview: vscode.Webview;
  private readonly options: PageHostOptions<ToHost>;
  private readonly listening: Disposable;
  private isDisposed = false;

  constructor(webview: vscode.Webview, options: PageHostOptions<ToHost>) {
    this.webview = webview;
    this.options = options;
    // Subscribed before the HTML is set: the page says `ready` as soon as it runs.
    this.listening = webview.onDidReceiveMessage(value => this.receive(value));
    webview.options = pageOptions(options.extensionUri);
    webview.html = this.html();
  }

  post(message: ToPage): void {
    if (!this.isDisposed) void this.webview.postMessage(message);
  }

  dispose(): void {
    this.isDisposed = true;
    this.listening.dispose();
  }

  private html(): string {
    const { extensionUri, page, title, data } = this.options;
    const uri = (...parts: string[]) =>
      this.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...parts)).toString();
    return toPageHtml({
      cspSource: this.webview.cspSource,
      nonce: crypto.randomUUID().replaceAll('-', ''),
      language: 'en',
      title,
      scriptUri: uri('dist', 'webview', `${page}.js`),
      styleUris: [uri('media', 'page.css'), uri('media', `${page}.css`)],
      ...(data ? { data } : {}),
    });
  }

  private receive(value: unknown): void {
    const { messages, handlers, log, page } = this.options;
    const message = parseMessage(messages, value);
    if (!message) {
      log.warn(`The ${page} page sent a message that was not understood: ${nameOf(value)}`);
      return;
    }
    const handle = handlers[message.type as ToHost['type']] as (message: ToHost) => void | Promise<void>;
    // Called in a promise so that a handler that throws at once is logged like one that rejects.
    Promise.resolve(message)
      .then(handle)
      .catch((error: unknown) => log.error(`The ${page} page's "${message.type}" failed`, error));
  }
}

/** Never the content: it may hold what a person typed. */
function nameOf(value: unknown): string {
  const type: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'type') : undefined;
  return typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : typeof value;
}
