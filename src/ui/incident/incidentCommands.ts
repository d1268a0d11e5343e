import * as vscode from 'vscode';
import type { BacklogItem } from '../../app/incident/deskTypes.ts';
import type { IncidentActions } from '../../app/incidentActions.ts';
import type { IncidentDesk } from '../../app/incidentDesk.ts';
import { UserError } from '../../base/errors.ts';
import type { IncidentPolicy } from '../../domain/incident/model.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { CommandHandlers } from '../commands.ts';
import { askNote, askTitle, pickSeverity, pickStatus } from './incidentPrompts.ts';

export interface IncidentCommandParts {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
  /** The policy as the runbooks state it at this moment. */
  readonly policy: () => IncidentPolicy;
  /** What Watchkeeper saw in the last half hour. */
  readonly backlog: () => readonly BacklogItem[];
  /** Ids of services that fail now, the culprit first, and a few words about it. */
  readonly failing: () => { readonly services: readonly string[]; readonly headline: string };
  readonly yourName: () => string;
  readonly showTimeline: (incidentId: string) => void;
  /** Runs once an incident is declared: snapshots of logs, for one. */
  readonly onDeclared: (incident: IncidentState) => Promise<void>;
  readonly generateReview: (incidentId: string) => Promise<void>;
  readonly prepareMessage: (incident: IncidentState) => Promise<void>;
}

type Handled =
  | 'declareIncident'
  | 'addNote'
  | 'acknowledgeIncident'
  | 'changeSeverity'
  | 'changeStatus'
  | 'resolveIncident'
  | 'closeIncident'
  | 'showTimeline'
  | 'copyMessage'
  | 'generateReview';

export function incidentCommands(parts: IncidentCommandParts): Pick<CommandHandlers, Handled> {
  const { actions } = parts;
  const here = () => required(parts).id;
  return {
    declareIncident: serviceId => declare(parts, serviceId?.replace(/^service:/, '')),
    addNote: async text => actions.addNote(here(), text ?? (await askNote())),
    acknowledgeIncident: () => actions.acknowledge(here()),
    changeSeverity: async () => {
      const incident = required(parts);
      const severity = await pickSeverity(incident.policy.severities, incident.severity);
      await actions.changeSeverity(incident.id, severity.level);
    },
    changeStatus: async () => {
      const incident = required(parts);
      await actions.changeStatus(incident.id, await pickStatus(incident.status));
    },
    resolveIncident: () => resolve(parts),
    closeIncident: () => actions.close(here()),
    showTimeline: id => parts.showTimeline(id?.replace(/^incident:/, '') ?? here()),
    copyMessage: () => parts.prepareMessage(required(parts)),
    generateReview: id => parts.generateReview(id?.replace(/^incident:/, '') ?? reviewable(parts).id),
  };
}

async function declare(parts: IncidentCommandParts, serviceId: string | undefined): Promise<string> {
  const { services, headline } = parts.failing();
  const policy = parts.policy();
  const severity = await pickSeverity(policy.severities);
  const title = await askTitle(headline);
  const incident = await parts.desk.declare({
    title,
    severity: severity.level,
    services: serviceId === undefined ? services : [...new Set([serviceId, ...services])],
    policy,
    backlog: parts.backlog(),
    commander: parts.yourName(),
  });
  parts.showTimeline(incident.id);
  await parts.onDeclared(incident);
  return incident.id;
}

async function resolve(parts: IncidentCommandParts): Promise<void> {
  const incident = required(parts);
  await parts.actions.resolve(incident.id);
  const generate = vscode.l10n.t('Generate Review');
  // Not awaited: the command is done when the incident is resolved, whatever becomes of the offer.
  void vscode.window
    .showInformationMessage(vscode.l10n.t('{0} is resolved.', incident.title), generate)
    .then(chosen =>
      chosen === generate
        ? vscode.commands.executeCommand('watchkeeper.generateReview', incident.id)
        : undefined,
    );
}

function required({ desk }: IncidentCommandParts): IncidentState {
  const incident = desk.current();
  if (incident) return incident;
  throw new UserError(vscode.l10n.t('No incident runs.'), {
    title: vscode.l10n.t('Declare Incident'),
    command: 'watchkeeper.declareIncident',
  });
}

/** The current incident, else the newest: reviews are mostly written afterwards. */
function reviewable(parts: IncidentCommandParts): IncidentState {
  return parts.desk.current() ?? parts.desk.list()[0] ?? required(parts);
}
