import type { Clock } from '../../base/clock.ts';
import { ProbeHistory } from '../../domain/health/history.ts';
import { forgetPending } from '../../domain/health/probeState.ts';
import { parseSavedHealth, type SavedHealth } from '../../domain/health/savedHealth.ts';
import type { ProbeBook } from './probeBook.ts';
import type { ServiceBoard } from './serviceBoard.ts';

/** Fewer samples than in memory: the store of a window is written whole at each change. */
const savedSamples = 60;
/** A reload takes seconds; a longer absence is drawn as a gap. */
const shortAbsenceMs = 15_000;

export function toSavedHealth(clock: Clock, book: ProbeBook, board: ServiceBoard): SavedHealth {
  const probes = [...book.all()].map(({ target, state, history }) => ({
    id: target.id,
    state,
    history: history.toSaved(savedSamples),
  }));
  const alerts = new Map(board.alerts().map(alert => [alert.serviceId, alert]));
  const services = board.services().map(({ id }) => ({
    id,
    alert: alerts.get(id),
    acknowledgedBy: board.snapshot(id)?.acknowledgedBy,
  }));
  const nowMs = clock.nowMs();
  const maintenance = board.maintenance.filter(({ untilMs }) => untilMs > nowMs);
  return { version: 3, savedAtMs: nowMs, probes, services, maintenance };
}

/** Gives what was saved back to the probes and services that exist now; false when nothing could be read. */
export function restoreSavedHealth(
  value: unknown,
  clock: Clock,
  book: ProbeBook,
  board: ServiceBoard,
): boolean {
  const saved = parseSavedHealth(value);
  if (saved === undefined) return false;
  const toMs = clock.nowMs();
  const wasLong = toMs - saved.savedAtMs > shortAbsenceMs;
  for (const { id, state, history } of saved.probes) {
    const past = new ProbeHistory(history);
    if (wasLong) past.addGap({ fromMs: saved.savedAtMs, toMs, reason: 'closed' });
    book.restore(id, wasLong ? forgetPending(state) : state, past);
  }
  for (const { id, alert, acknowledgedBy } of saved.services) board.restore(id, alert, acknowledgedBy);
  board.restoreMaintenance(saved.maintenance);
  board.restoreShown();
  return true;
}
