import * as vscode from 'vscode';
import type { LogBoundary } from '../../domain/logs/model.ts';

/** What happened to a source, as a sentence. */
export function boundaryText(boundary: LogBoundary, label: string): string {
  const { l10n } = vscode;
  const detail = boundary.detail === '' ? '' : ` (${boundary.detail})`;
  switch (boundary.kind) {
    case 'started':
      return l10n.t('{0} started again', label) + detail;
    case 'stopped':
      return l10n.t('{0} stopped', label) + detail;
    case 'recreated':
      return l10n.t('{0} was created anew', label) + detail;
    case 'rotated':
      return l10n.t('{0} was rotated', label) + detail;
    case 'gap':
      if (boundary.detail === 'rotation')
        return l10n.t(
          'lines of {0} may be missing here, rotated away before they could be read: {1} s',
          label,
          ((boundary.gapMs ?? 0) / 1000).toFixed(3),
        );
      return l10n.t('lines of {0} are missing here: {1} s', label, ((boundary.gapMs ?? 0) / 1000).toFixed(3));
    case 'clock':
      return l10n.t('the clock of {0} went back by {1} s', label, ((boundary.gapMs ?? 0) / 1000).toFixed(3));
    case 'cut':
      return l10n.t('the connection to {0} was cut', label) + detail;
    case 'error':
      return l10n.t('{0}: {1}', label, boundary.detail);
  }
}
