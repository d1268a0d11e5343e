import type { ProbeKind, ProbeSpec } from '../health/model.ts';
import { commonProbeFields, probeKinds, probeTable } from './probeTable.ts';
import type { Reading, Shape } from './shape.ts';
import { type Fields, type FieldValues, objectSchema, readFields } from './shapeCollections.ts';
import { closest } from './suggest.ts';
import { toProbeSpec } from './toProbeSpec.ts';
import type { MapTree } from './yamlTree.ts';

type Common = FieldValues<typeof commonProbeFields>;

/** A probe as it stands in the file; times that are not given are undefined. */
export interface ConfiguredProbe extends Common {
  readonly spec: ProbeSpec;
}

const wanted = `a probe: one of ${probeKinds.join(', ')}, such as "http: http://localhost:8000/health"`;

function fieldsOf(kind: ProbeKind): Fields {
  return { ...probeTable[kind], ...commonProbeFields };
}

/** One probe; the kind is the key that names what is checked. */
export const probeShape: Shape<ConfiguredProbe> = {
  wanted,
  schema: { oneOf: probeKinds.map(kind => ({ title: kind, ...objectSchema(fieldsOf(kind)) })) },
  read: (tree, reading) => {
    if (tree.kind !== 'map') return reading.mismatch(tree, wanted);
    const kind = kindOf(tree, reading);
    return kind === undefined ? undefined : readProbe(kind, tree, reading);
  },
};

/** `tls` is a kind and a switch of Redis: the kind that stands first in the table of the two wins by being there. */
function kindOf(tree: MapTree, reading: Reading): ProbeKind | undefined {
  const keys = tree.entries.map(entry => entry.key);
  const named = probeKinds.filter(kind => keys.includes(kind));
  const kinds = named.filter(kind => !named.some(other => other !== kind && kind in probeTable[other]));
  if (kinds.length === 1) return kinds[0];
  if (kinds.length > 1)
    return reading.report(
      tree.at,
      'probe',
      `One probe checks one thing: ${kinds.join(' and ')} need two items.`,
    );
  for (const { key, keyAt } of tree.entries) {
    const near = closest(key, probeKinds);
    if (near !== undefined)
      return reading.report(keyAt, 'unknown-key', `Unknown probe "${key}": did you mean "${near}"?`);
  }
  return reading.report(tree.at, 'probe', `Expected ${wanted}.`);
}

function readProbe(kind: ProbeKind, tree: MapTree, reading: Reading): ConfiguredProbe | undefined {
  const values = readFields(fieldsOf(kind), tree, reading);
  if (values === undefined) return undefined;
  // The table that was just read for this kind also gives its type.
  const { title, every, timeout, for: failFor } = values as Common;
  return { spec: toProbeSpec[kind](values as never), title, every, timeout, for: failFor };
}
