import type { Reading } from './shape.ts';
import type { Located, NamedValue } from './shapeCollections.ts';
import { closest } from './suggest.ts';
import type { ServiceValues } from './table.ts';
import type { At } from './yamlTree.ts';

/**
 * Reports dependencies that do not exist, and cycles at the item that closes them. `others` are names that exist
 * outside the file (discovered services).
 */
export function checkDependencies(
  services: readonly NamedValue<ServiceValues>[],
  others: readonly string[],
  reading: Reading,
): void {
  const names = [...services.map(service => service.name), ...others];
  for (const service of services)
    for (const { value, at } of service.value.dependsOn ?? []) {
      if (names.includes(value)) continue;
      const near = closest(value, names);
      const hint = near === undefined ? `Known services: ${names.join(', ')}.` : `Did you mean "${near}"?`;
      reading.report(at, 'dependency', `There is no service "${value}". ${hint}`);
    }
  for (const { path, at } of cyclesOf(services))
    reading.report(at, 'cycle', `These services depend on each other in a circle: ${path.join(' → ')}.`);
}

interface Cycle {
  readonly path: readonly string[];
  readonly at: At;
}

/** Depth first with a stack of its own: a chain of dependencies may be as long as the file. */
function cyclesOf(services: readonly NamedValue<ServiceValues>[]): Cycle[] {
  const byName = new Map(services.map(service => [service.name, service.value.dependsOn ?? []]));
  const done = new Set<string>();
  const found: Cycle[] = [];
  for (const root of byName.keys()) {
    // Names from the root to where the walk is now, each with how many of its dependencies were followed.
    const trail = new Map<string, number>();
    for (let name: string | undefined = done.has(root) ? undefined : root; name !== undefined; ) {
      const followed: number = trail.get(name) ?? 0;
      const next: Located<string> | undefined = byName.get(name)?.[followed];
      trail.set(name, followed + 1);
      if (next === undefined) {
        done.add(name);
        trail.delete(name);
        name = [...trail.keys()].at(-1);
      } else if (trail.has(next.value)) {
        const names = [...trail.keys()];
        found.push({ path: [...names.slice(names.indexOf(next.value)), next.value], at: next.at });
      } else if (!done.has(next.value)) name = next.value;
    }
  }
  return found;
}
