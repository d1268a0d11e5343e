import type { Service } from '../../domain/health/model.ts';
import type { Runbook } from '../../domain/runbook/model.ts';

/** Runbooks for a service, best first: what it declares, whose alert is named after it, whose commands name it. */
export function relatedRunbooks(service: Service, runbooks: readonly Runbook[]): readonly Runbook[] {
  const names = [service.id, service.title, ...service.aliases].map(name => name.toLowerCase());
  const rank = (runbook: Runbook) => {
    if (service.runbooks.includes(runbook.file)) return 0;
    if (names.some(name => runbook.alert?.name.toLowerCase().includes(name))) return 1;
    const isNamed = runbook.steps.some(
      step => step.kind === 'command' && names.some(name => step.command.includes(name)),
    );
    return isNamed ? 2 : undefined;
  };
  return runbooks
    .flatMap(runbook => {
      const place = rank(runbook);
      return place === undefined ? [] : [{ runbook, place }];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ runbook }) => runbook);
}

/** Looking through all commands of all runbooks is dear: done once for each service until something changed. */
export class RunbookFinder {
  private readonly runbooks: () => readonly Runbook[];
  private readonly found = new Map<string, readonly Runbook[]>();

  constructor(runbooks: () => readonly Runbook[]) {
    this.runbooks = runbooks;
  }

  for(service: Service): readonly Runbook[] {
    const known = this.found.get(service.id) ?? relatedRunbooks(service, this.runbooks());
    this.found.set(service.id, known);
    return known;
  }

  forget(): void {
    this.found.clear();
  }
}
