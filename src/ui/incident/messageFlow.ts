import * as vscode from 'vscode';
import type { IncidentActions } from '../../app/incidentActions.ts';
import { CancelledError, UserError } from '../../base/errors.ts';
import { fillMessage } from '../../domain/incident/messages.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { MessageTemplate, Runbook } from '../../domain/runbook/model.ts';

export interface MessageFlowParts {
  readonly actions: IncidentActions;
  readonly runbooks: () => readonly Runbook[];
  readonly nowMs: () => number;
}

type Sendable = MessageTemplate & { readonly kind: 'declaration' | 'update' | 'resolution' | 'other' };

/** Fills one of the runbook's own templates, to be read over, completed and copied. Nothing is sent from here. */
export async function prepareMessage(parts: MessageFlowParts, incident: IncidentState): Promise<void> {
  const template = await pickTemplate(parts.runbooks());
  const impact = parts.runbooks().find(runbook => runbook.alert?.impact)?.alert?.impact;
  const filled = fillMessage(template, incident, {
    nowMs: parts.nowMs(),
    timeZone: incident.policy.timeZone,
    ...(impact === undefined ? {} : { impact }),
  });
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: filled.text });
  await vscode.window.showTextDocument(document, { preview: false });
  const open =
    filled.open.length > 0 ? vscode.l10n.t(' Still yours to fill: {0}.', filled.open.join(', ')) : '';
  const copy = vscode.l10n.t('Copy');
  const sent = vscode.l10n.t('I Sent It');
  const offer = vscode.l10n.t(
    '{0} for {1}.{2}',
    template.title,
    filled.channel ?? vscode.l10n.t('any channel'),
    open,
  );
  // Not awaited: the message waits beside the document for as long as it takes to complete it.
  void vscode.window.showInformationMessage(offer, copy, sent).then(async chosen => {
    if (chosen === undefined) return;
    const text = document.getText();
    if (chosen === copy) await vscode.env.clipboard.writeText(text);
    await parts.actions.recordMessage(incident.id, chosen === sent ? 'sent' : 'drafted', {
      kind: template.kind,
      text,
      ...(filled.channel === undefined ? {} : { channel: filled.channel }),
    });
  });
}

async function pickTemplate(runbooks: readonly Runbook[]): Promise<Sendable> {
  const templates = runbooks.flatMap(runbook =>
    runbook.templates.filter(isSendable).map(template => ({ runbook, template })),
  );
  if (templates.length === 0) throw new UserError(vscode.l10n.t('No runbook here has a message template.'));
  const picked = await vscode.window.showQuickPick(
    templates.map(({ runbook, template }) => ({
      label: template.title,
      description: template.channel ?? '',
      detail: runbook.title,
      template,
    })),
    { title: vscode.l10n.t('Prepare which message?') },
  );
  if (!picked) throw new CancelledError();
  return picked.template;
}

function isSendable(template: MessageTemplate): template is Sendable {
  return template.kind !== 'review';
}
