import * as vscode from 'vscode';
import type { IncidentActions } from '../../app/incidentActions.ts';
import { CancelledError, UserError } from '../../base/errors.ts';
import { toPlainMessage, toSlackMrkdwn } from '../../domain/incident/chatText.ts';
import { fillMessage } from '../../domain/incident/messages.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { MessageTemplate, Runbook } from '../../domain/runbook/model.ts';
import { toLabel, toNotice } from '../outsideText.ts';

export interface MessageFlowParts {
  readonly actions: IncidentActions;
  readonly runbooks: () => readonly Runbook[];
  readonly redact: (text: string) => string;
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
  const offer = vscode.l10n.t(
    '{0} for {1}.{2}',
    template.title,
    filled.channel ?? vscode.l10n.t('any channel'),
    open,
  );
  // Not awaited: the message waits beside the document for as long as it takes to complete it.
  void offerMessage(parts, { incident, offer, document, kind: template.kind, channel: filled.channel });
}

interface Prepared {
  readonly incident: IncidentState;
  readonly offer: string;
  readonly document: vscode.TextDocument;
  readonly kind: Sendable['kind'];
  readonly channel: string | undefined;
}

/** Copies as often as wanted, each time in the form that is asked for, until it is said to be sent. */
async function offerMessage(parts: MessageFlowParts, prepared: Prepared): Promise<void> {
  const { incident, document, kind, channel } = prepared;
  const sent = vscode.l10n.t('I Sent It');
  const forms = messageForms();
  const text = () => outgoing(parts, incident, document.getText());
  const record = (state: 'drafted' | 'sent') =>
    parts.actions.recordMessage(incident.id, state, {
      kind,
      text: text(),
      ...(channel === undefined ? {} : { channel }),
    });
  for (let offer = prepared.offer; ; offer = vscode.l10n.t('Copied. Was it sent?')) {
    const chosen = await vscode.window.showInformationMessage(toNotice(offer), ...Object.keys(forms), sent);
    if (chosen === undefined) return;
    if (chosen === sent) {
      await record('sent');
      return;
    }
    await vscode.env.clipboard.writeText(forms[chosen]?.(text()) ?? text());
    await record('drafted');
  }
}

function messageForms(): Readonly<Record<string, (markdown: string) => string>> {
  return {
    [vscode.l10n.t('Copy Markdown')]: markdown => markdown,
    [vscode.l10n.t('Copy for Slack')]: toSlackMrkdwn,
    [vscode.l10n.t('Copy Plain Text')]: toPlainMessage,
  };
}

/** Whatever a person made of the text: no secret goes out in it, and a drill says that it is one. */
export function outgoing(
  { redact }: Pick<MessageFlowParts, 'redact'>,
  { isDrill }: Pick<IncidentState, 'isDrill'>,
  text: string,
): string {
  const clean = redact(text);
  return isDrill && !clean.includes('[DRILL]') ? `[DRILL] ${clean}` : clean;
}

async function pickTemplate(runbooks: readonly Runbook[]): Promise<Sendable> {
  const templates = runbooks.flatMap(runbook =>
    runbook.templates.filter(isSendable).map(template => ({ runbook, template })),
  );
  if (templates.length === 0) throw new UserError(vscode.l10n.t('No runbook here has a message template.'));
  const picked = await vscode.window.showQuickPick(
    templates.map(({ runbook, template }) => ({
      label: toLabel(template.title),
      description: toLabel(template.channel ?? ''),
      detail: toLabel(runbook.title),
      template,
    })),
    { title: vscode.l10n.t('Prepare which message?'), ignoreFocusOut: true },
  );
  if (!picked) throw new CancelledError();
  return picked.template;
}

function isSendable(template: MessageTemplate): template is Sendable {
  return template.kind !== 'review';
}
