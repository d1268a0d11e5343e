import type { Reading } from './shape.ts';
import type { NamedValue } from './shapeCollections.ts';
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

function cyclesOf(services: readonly NamedValue<ServiceValues>[]): Cycle[] {
  const byName = new Map(services.map(service => [service.name, service.value.dependsOn ?? []]));
  const done = new Set<string>();
  const found: Cycle[] = [];
  const visit = (name: string, trail: readonly string[]) => {
    for (const { value, at } of byName.get(name) ?? []) {
      const start = [...trail, name].indexOf(value);
      if (start >= 0) found.push({ path: [...[...trail, name].slice(start), value], at });
      else if (!done.has(value)) visit(value, [...trail, name]);
    }
    done.add(name);
  };
  for (const name of byName.keys()) if (!done.has(name)) visit(name, []);
  return found;
}
