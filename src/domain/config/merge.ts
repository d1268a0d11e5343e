import type { Reading } from './shape.ts';
import type { NamedValue } from './shapeCollections.ts';
import type { ConfigValues } from './table.ts';

/** One configuration of several files: named things side by side, single values from the first file that has them. */
export function mergeFiles(files: readonly ConfigValues[], reading: Reading): ConfigValues {
  const first = <K extends keyof ConfigValues>(key: K) =>
    files.map(file => file[key]).find(value => value !== undefined);
  return {
    include: undefined,
    environments: unique(
      files.map(file => file.environments),
      'environment',
      reading,
    ),
    services: unique(
      files.map(file => file.services),
      'service',
      reading,
    ),
    defaults: first('defaults'),
    incident: first('incident'),
    runbooks: together(files.map(file => file.runbooks)),
    discovery: first('discovery'),
  };
}

function together<T>(lists: readonly (readonly T[] | undefined)[]): readonly T[] | undefined {
  const present = lists.filter(list => list !== undefined);
  return present.length === 0 ? undefined : present.flat();
}

/** YAML itself refuses the same key twice in one file; over several files it is for us to say. */
function unique<T>(
  lists: readonly (readonly NamedValue<T>[] | undefined)[],
  what: string,
  reading: Reading,
): readonly NamedValue<T>[] | undefined {
  const byName = new Map<string, NamedValue<T>>();
  for (const item of together(lists) ?? []) {
    const earlier = byName.get(item.name);
    if (earlier === undefined) byName.set(item.name, item);
    else
      reading.report(
        item.at,
        'duplicate',
        `The ${what} "${item.name}" is already in ${earlier.at.file}, line ${earlier.at.line}.`,
      );
  }
  return [...byName.values()];
}
