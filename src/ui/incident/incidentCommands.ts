import * as vscode from 'vscode';
import type { BacklogItem } from '../../app/incident/deskTypes.ts';
import type { IncidentActions } from '../../app/incidentActions.ts';
import type { IncidentDesk } from '../../app/incidentDesk.ts';
import { UserError } from '../../base/errors.ts';
import type { IncidentPolicy } from '../../domain/incident/model.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { CommandHandlers } from '../commands.ts';
import { toNotice } from '../outsideText.ts';
import { endQuestions } from '../questions.ts';
import { askNote, askTitle, pickSeverity, pickStatus } from './incidentPrompts.ts';
import { incidentIdOf } from './rowIncident.ts';
import { changeStatus } from './statusChange.ts';

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
  | 'declareDrill'
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
    declareDrill: serviceId => declare(parts, serviceId?.replace(/^service:/, ''), true),
    addNote: async text => actions.addNote(here(), text ?? (await askNote())),
    acknowledgeIncident: row => actions.acknowledge(meant(parts, row).id),
    changeSeverity: async () => {
      const incident = required(parts);
      const severity = await pickSeverity(incident.policy.severities, incident.severity);
      endQuestions();
      await actions.changeSeverity(incident.id, severity.level);
    },
    changeStatus: async () => {
      const incident = required(parts);
      await changeStatus(actions, incident, await pickStatus(incident.status));
    },
    resolveIncident: () => resolve(parts),
    closeIncident: row => actions.close(incidentIdOf(row) ?? closable(parts).id),
    showTimeline: id => parts.showTimeline(incidentIdOf(id) ?? reviewable(parts).id),
    copyMessage: row => parts.prepareMessage(meant(parts, row)),
    generateReview: id => parts.generateReview(incidentIdOf(id) ?? reviewable(parts).id),
  };
}

async function declare(
  parts: IncidentCommandParts,
  serviceId: string | undefined,
  isDrill = false,
): Promise<string> {
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
    isDrill,
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
    .showInformationMessage(toNotice(vscode.l10n.t('{0} is resolved.', incident.title)), generate)
    .then(chosen =>
      chosen === generate
        ? vscode.commands.executeCommand('watchkeeper.generateReview', incident.id)
        : undefined,
    );
}

/** The incident of a row of the tree, else the current one. */
function meant(parts: IncidentCommandParts, row: string | undefined): IncidentState {
  const id = incidentIdOf(row);
  return (id === undefined ? undefined : parts.desk.get(id)) ?? required(parts);
}

function required({ desk }: IncidentCommandParts): IncidentState {
  const incident = desk.current();
  if (incident) return incident;
  throw new UserError(vscode.l10n.t('No incident runs.'), {
    title: vscode.l10n.t('Declare Incident'),
    command: 'watchkeeper.declareIncident',
  });
}

/** What is resolved waits to be closed; else the current one. */
function closable(parts: IncidentCommandParts): IncidentState {
  return (
    parts.desk.current() ?? parts.desk.list().find(({ status }) => status === 'resolved') ?? required(parts)
  );
}

/** The current incident, else the newest: reviews are mostly written afterwards. */
function reviewable(parts: IncidentCommandParts): IncidentState {
  return parts.desk.current() ?? parts.desk.list()[0] ?? required(parts);
}
