import * as vscode from 'vscode';
import { CancelledError, UserError } from '../../base/errors.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { toImpactChart } from '../../domain/review/chart.ts';
import { toCsvFile, toJsonFile } from '../../domain/review/exportData.ts';
import type { HtmlExport } from '../../domain/review/exportHtml.ts';
import { chartPath } from '../../domain/review/fileName.ts';
import type { ReviewFiles } from '../../ports.ts';

export type ExportFormat = 'html' | 'json' | 'csv';

export interface ExportParts {
  readonly files: Pick<ReviewFiles, 'read'>;
  readonly toUri: (file: string) => vscode.Uri | undefined;
  readonly toHtmlFile: (review: HtmlExport) => string;
  readonly redact: (text: string) => string;
  readonly nowMs: () => number;
}

/** Asks where to, and writes one file there. Nothing else leaves. */
export async function exportReview(
  parts: ExportParts,
  incident: IncidentState,
  format: ExportFormat,
): Promise<vscode.Uri> {
  const text = await render(parts, incident, format);
  const target = await vscode.window.showSaveDialog({
    ...suggest(parts, incident, format),
    filters: { [format.toUpperCase()]: [format] },
    title: vscode.l10n.t('Export {0}', incident.id),
  });
  if (!target) throw new CancelledError();
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  void vscode.window.setStatusBarMessage(`$(eye) ${vscode.l10n.t('Written: {0}', target.fsPath)}`, 8000);
  return target;
}

async function render(parts: ExportParts, incident: IncidentState, format: ExportFormat): Promise<string> {
  const { files, nowMs, redact, toHtmlFile } = parts;
  if (format === 'json') return toJsonFile(incident, nowMs());
  if (format === 'csv') return toCsvFile(incident);
  const path = incident.review?.path;
  const markdown = path === undefined ? undefined : await files.read(path);
  if (markdown === undefined || path === undefined)
    throw new UserError(vscode.l10n.t('This incident has no review yet.'), {
      title: vscode.l10n.t('Generate Review'),
      command: 'watchkeeper.generateReview',
      args: [incident.id],
    });
  const chartSvg = toImpactChart(incident, { timeZone: incident.policy.timeZone, nowMs: nowMs() });
  // The picture itself is in the file: a link to the one beside the review would lead nowhere.
  const picture = encodeURI(chartPath(path).split('/').at(-1) ?? '');
  const withoutLink = markdown
    .split('\n')
    .filter(line => !(line.startsWith('![') && line.trimEnd().endsWith(`](${picture})`)))
    .join('\n');
  return toHtmlFile({ markdown: redact(withoutLink), chartSvg, language: vscode.env.language });
}

function suggest(
  { toUri }: ExportParts,
  incident: IncidentState,
  format: ExportFormat,
): { readonly defaultUri?: vscode.Uri } {
  const path = incident.review?.path.replace(/\.(?:md|markdown)$/i, '') ?? incident.id;
  const uri = toUri(`${path}.${format}`);
  return uri ? { defaultUri: uri } : {};
}
