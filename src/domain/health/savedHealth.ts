import type { Alert, MaintenanceWindow } from './model.ts';
import type { ProbeState } from './probeState.ts';
import type { SavedHistory } from './savedHistory.ts';

/** What outlives a reload of the window, as plain JSON. */
export interface SavedHealth {
  readonly version: 3;
  readonly savedAtMs: number;
  readonly probes: readonly SavedProbe[];
  readonly services: readonly SavedService[];
  readonly maintenance: readonly MaintenanceWindow[];
}

export interface SavedProbe {
  readonly id: string;
  readonly state: ProbeState;
  readonly history: SavedHistory;
}

export interface SavedService {
  readonly id: string;
  readonly alert: Alert | undefined;
  readonly acknowledgedBy: string | undefined;
}

const states: readonly string[] = ['unknown', 'up', 'degraded', 'pending', 'down'];

/** Undefined for anything that this version did not write: history is then begun anew. */
export function parseSavedHealth(value: unknown): SavedHealth | undefined {
  if (!isObject(value) || value['version'] !== 3 || typeof value['savedAtMs'] !== 'number') return undefined;
  const { probes, services, maintenance } = value;
  if (!Array.isArray(probes) || !Array.isArray(services) || !Array.isArray(maintenance)) return undefined;
  return {
    version: 3,
    savedAtMs: value['savedAtMs'],
    probes: probes.filter(isSavedProbe),
    services: services.filter(isSavedService),
    maintenance: maintenance.filter(isWindow),
  };
}

function isSavedProbe(value: unknown): value is SavedProbe {
  if (!isObject(value) || typeof value['id'] !== 'string') return false;
  const { state, history } = value;
  return (
    isObject(state) &&
    states.includes(String(state['state'])) &&
    typeof state['sinceMs'] === 'number' &&
    typeof state['isDown'] === 'boolean' &&
    typeof state['failures'] === 'number' &&
    typeof state['successes'] === 'number' &&
    typeof state['failedForMs'] === 'number' &&
    Array.isArray(state['turnsMs']) &&
    isObject(history) &&
    ['samples', 'buckets'].every(name => typeof history[name] === 'string') &&
    ['failures', 'gaps'].every(name => Array.isArray(history[name]))
  );
}

function isSavedService(value: unknown): value is SavedService {
  if (!isObject(value) || typeof value['id'] !== 'string') return false;
  const { alert } = value;
  return alert === undefined || (isObject(alert) && typeof alert['key'] === 'string');
}

function isWindow(value: unknown): value is MaintenanceWindow {
  if (!isObject(value) || typeof value['fromMs'] !== 'number' || typeof value['untilMs'] !== 'number')
    return false;
  const { serviceIds } = value;
  return (
    serviceIds === undefined || (Array.isArray(serviceIds) && serviceIds.every(id => typeof id === 'string'))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
