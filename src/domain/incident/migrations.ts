/** A journal line as its JSON stands. */
export type RawEvent = Readonly<Record<string, unknown>>;

/** Turns an event of one version into the next version's shape. The line on disk stays as it was written. */
export type Migration = (event: RawEvent) => RawEvent;

/**
 * The way from each older version to the next, by the older one's number. Version 1 is the first; whoever raises
 * `journalVersion` to n + 1 adds the step for n here, and journals of all earlier versions are read from then on.
 */
export const migrations: ReadonlyMap<number, Migration> = new Map();

/** The event in the shape of version `to`; undefined when it is newer, or when no way leads there. */
export function migrate(
  event: RawEvent,
  to: number,
  steps: ReadonlyMap<number, Migration> = migrations,
): RawEvent | undefined {
  let current = event;
  for (let version = event['v']; version !== to; version = current['v']) {
    const step = typeof version === 'number' && version < to ? steps.get(version) : undefined;
    if (step === undefined) return undefined;
    try {
      current = { ...step(current), v: Number(version) + 1 };
    } catch {
      // Not of the shape that its version says: kept as unknown, like all that is not understood.
      return undefined;
    }
  }
  return current;
}
