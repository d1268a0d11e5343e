import * as vscode from 'vscode';
import type { LogView } from '../../app/logs/logView.ts';
import { textOfEvidence, writeOlder } from '../../app/logs/olderLines.ts';
import type { LogTails } from '../../app/logTails.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { TextFiles } from '../../ports.ts';
import { refsBetween, toSavedText } from './logText.ts';

/** VS Code does not show, fold or highlight larger documents well. */
const maxDocumentChars = 20 * 1024 * 1024;

/** Redacted in one go; then the host may do other work. */
const chunkChars = 64 * 1024;

/** The rows as they are filtered now, as an untitled document. */
export async function openAsDocument(
  view: LogView,
  { redact, clock }: Pick<SaveOptions, 'redact'> & { readonly clock: Clock },
): Promise<void> {
  const parts: string[] = [];
  let chunk = '';
  let chars = 0;
  for (const line of savedLines(view)) {
    chars += line.length;
    if (chars > maxDocumentChars) {
      chunk += vscode.l10n.t('--- cut here: use "Save all" for the rest');
      break;
    }
    chunk += line;
    if (chunk.length < chunkChars) continue;
    parts.push(redact(chunk));
    chunk = '';
    await sleep(clock, 0);
  }
  parts.push(redact(chunk));
  const document = await vscode.workspace.openTextDocument({ language: 'log', content: parts.join('') });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Lines that are in files by now: those that the search wants, else those that the filter wants; the newest of them. */
export async function openOlder(view: LogView): Promise<void> {
  const parts: string[] = [];
  let chars = 0;
  for (const { tail } of view.sources) {
    if (tail.older === undefined) continue;
    const write = (text: string) => {
      parts.push(text);
      chars += text.length;
      while (chars > maxDocumentChars) chars -= parts.shift()?.length ?? 0;
    };
    await writeOlder(tail.older, undefined, { write }, line => isWanted(view, line));
  }
  const document = await vscode.workspace.openTextDocument({ language: 'log', content: parts.join('') });
  await vscode.window.showTextDocument(document, { preview: false });
}

function isWanted(view: LogView, line: string): boolean {
  const text = textOfEvidence(line);
  return view.searchMatcher === undefined ? view.wantsText(text) : view.searchMatcher.test(text);
}

export interface SaveOptions {
  readonly tails: LogTails;
  readonly files: TextFiles;
  readonly redact: (text: string) => string;
}

/** What is filtered now, or everything that the engine still has of the one source that is shown. */
export async function saveAll(view: LogView, options: SaveOptions): Promise<void> {
  const only = view.sources.length === 1 && view.includeMatcher === undefined ? view.sources[0] : undefined;
  const name = view.sources.map(({ tail }) => tail.label).join('-') || 'logs';
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `${name}.log`) }),
    filters: { [vscode.l10n.t('Log files')]: ['log', 'txt'] },
  });
  if (target === undefined) return;
  const title = vscode.l10n.t('Saving {0}', name);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return options.files.writeFile(target.fsPath, async file => {
        const sink = { write: (text: string) => file.write(options.redact(text)) };
        if (only !== undefined && only.tail.source.kind !== 'file') {
          await options.tails.writeSnapshot(only.tail.source, undefined, sink, abort.signal);
        } else {
          for (const { tail } of view.sources) {
            if (tail.older === undefined) continue;
            // What lies in the file has been redacted already.
            await writeOlder(tail.older, undefined, file, line => view.wantsText(textOfEvidence(line)));
          }
          for (const line of savedLines(view)) sink.write(line);
        }
      });
    },
  );
}

function* savedLines(view: LogView): Generator<string> {
  for (const ref of refsBetween(view, view.rows.first, view.rows.end - 1)) {
    const text = toSavedText(view, ref);
    if (text !== undefined) yield `${text}\n`;
  }
}
