import type { HealthMonitor } from '../app/healthMonitor.ts';
import { type MaintenanceWindow, noEndMs } from '../domain/health/model.ts';
import type { MaintenanceCommandParts } from '../ui/services/maintenanceCommands.ts';
import type { Tools } from './tools.ts';
import type { Watching } from './watching.ts';

export interface MaintenanceNeeds {
  readonly monitor: HealthMonitor;
  readonly watching: Watching;
  readonly onDidChange: () => void;
}

/** Maintenance windows belong to the environment; they outlive a reload and hold for all windows of the workspace. */
export function openMaintenance(
  { clock }: Tools,
  { monitor, watching, onDidChange }: MaintenanceNeeds,
): Pick<MaintenanceCommandParts, 'start' | 'end'> {
  const set = async (change: (current: readonly MaintenanceWindow[]) => readonly MaintenanceWindow[]) => {
    await watching.lead();
    const current = monitor.maintenance.filter(({ untilMs }) => untilMs > clock.nowMs());
    monitor.setMaintenance(change(current));
    watching.tell();
    onDidChange();
  };
  const others = (id: string) =>
    monitor
      .configured()
      .map(service => service.id)
      .filter(other => other !== id);
  return {
    start: (serviceId, durationMs) => {
      const fromMs = clock.nowMs();
      const untilMs = durationMs === undefined ? noEndMs : fromMs + durationMs;
      const serviceIds = serviceId === undefined ? undefined : [serviceId];
      return set(current => [...current, { serviceIds, fromMs, untilMs }]);
    },
    end: id =>
      set(current => {
        if (id === undefined) return [];
        // A window for all goes on for the others.
        return current
          .map(window => ({
            ...window,
            serviceIds: (window.serviceIds ?? others(id)).filter(one => one !== id),
          }))
          .filter(({ serviceIds }) => serviceIds.length > 0);
      }),
  };
}
