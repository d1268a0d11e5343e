import type { HealthMonitor } from '../app/healthMonitor.ts';
import type { MaintenanceWindow } from '../domain/health/model.ts';
import type { MaintenanceCommandParts } from '../ui/services/maintenanceCommands.ts';
import type { Tools } from './tools.ts';

const windowsKey = 'maintenance';

/** Maintenance windows outlive a reload of the window; those that are over are forgotten. */
export function openMaintenance(
  { context, clock }: Tools,
  monitor: HealthMonitor,
  onDidChange: () => void,
): Pick<MaintenanceCommandParts, 'start' | 'end'> {
  const current = () => {
    const saved = context.workspaceState.get<readonly MaintenanceWindow[]>(windowsKey) ?? [];
    return saved.filter(({ untilMs }) => untilMs > clock.nowMs());
  };
  const set = async (windows: readonly MaintenanceWindow[]) => {
    monitor.setMaintenance(windows);
    await context.workspaceState.update(windowsKey, windows);
    onDidChange();
  };
  monitor.setMaintenance(current());
  return {
    start: async (serviceId, durationMs) => {
      const fromMs = clock.nowMs();
      const untilMs = durationMs === undefined ? Number.MAX_SAFE_INTEGER : fromMs + durationMs;
      const serviceIds = serviceId === undefined ? undefined : [serviceId];
      await set([...current(), { serviceIds, fromMs, untilMs }]);
    },
    end: async serviceId =>
      set(
        serviceId === undefined
          ? []
          : current().filter(({ serviceIds }) => serviceIds !== undefined && !serviceIds.includes(serviceId)),
      ),
  };
}
