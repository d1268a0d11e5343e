/** The incident that a row of the Incident view is about, e.g. `due:inc-20261121-k7qd:update:Next update`. */
export function incidentIdOf(rowId: string | undefined): string | undefined {
  if (rowId === undefined) return undefined;
  return /^(?:incident|due|escalation|ticks?):([^:]+)/.exec(rowId)?.[1] ?? rowId;
}
