import type { StepOrder } from '../../app/steps/stepRun.ts';
import type { CommandStep } from '../../domain/runbook/model.ts';
import { fenced, riskWords } from './runbooksModel.ts';

/** Both texts of a step in full, and what lies between them. */
export function previewText(step: CommandStep, order: StepOrder, environment: string): string {
  const open = step.holes.filter(({ text }) => order.command.includes(text)).map(({ text }) => text);
  const variables = step.variables.filter(name => order.variables[name] === undefined);
  const facts = [
    `- ${order.source.file}:${order.source.line}`,
    `- ${riskWords[step.risk]}${step.riskReasons.length > 0 ? ` (${step.riskReasons.join(', ')})` : ''}`,
    `- in ${environment}, terminal "${order.terminalName}"${order.cwd === undefined ? '' : `, folder ${order.cwd}`}`,
    ...(open.length > 0 ? [`- asks for ${[...new Set(open)].join(', ')} before it runs`] : []),
    ...(variables.length > 0 ? [`- reads ${variables.map(name => `$${name}`).join(', ')}`] : []),
    ...(order.services.length > 0 ? [`- health of ${order.services.join(', ')} is watched`] : []),
    ...(step.broken ? [`- cannot run as written: ${step.broken}`] : []),
  ];
  const isSame = order.written === order.command;
  return [
    `# ${step.title}`,
    facts.join('\n'),
    `## ${isSame ? 'As written, and as it will run' : 'As written'}`,
    fenced(order.written),
    ...(isSame ? [] : ['## As it will run', fenced(order.command)]),
    '',
  ].join('\n\n');
}
