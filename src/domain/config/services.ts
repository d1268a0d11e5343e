import type { ProbeSpec, ProbeTarget, Service } from '../health/model.ts';
import { toDurationText } from './duration.ts';
import { defaultTimes } from './model.ts';
import type { ConfiguredProbe } from './probeShape.ts';
import { toTargetId, toTargetText } from './probeTarget.ts';
import type { Reading } from './shape.ts';
import type { FieldValues, Located, NamedValue } from './shapeCollections.ts';
import type { ServiceValues, times } from './table.ts';
import { toLink } from './yamlTree.ts';

type Times = FieldValues<typeof times>;

/** What holds for all services of one reading. */
export interface ServiceDefaults {
  readonly times: Times | undefined;
  /** For Kubernetes probes that name none. */
  readonly kubernetes: { readonly namespace: string | undefined; readonly context: string | undefined };
}

export function toService(
  { name, value, at }: NamedValue<ServiceValues>,
  defaults: ServiceDefaults,
  reading: Reading,
): Service {
  const ids = new Set<string>();
  return {
    id: name,
    title: value.title ?? name,
    dependsOn: (value.dependsOn ?? []).map(item => item.value),
    probes: (value.probes ?? []).map(probe => {
      const spec = withKubernetes(probe.value.spec, defaults.kubernetes);
      const id = toTargetId(name, spec, ids);
      ids.add(id);
      const title = probe.value.title ?? toTargetText(spec);
      const layers = [probe.value, value, defaults.times];
      return {
        id,
        serviceId: name,
        title,
        spec,
        ...toTimes(probe, layers, reading),
        source: toLink(probe.at),
      };
    }),
    aliases: (value.aliases ?? []).map(item => item.value),
    runbooks: (value.runbooks ?? []).map(item => item.value),
    source: toLink(at),
  };
}

/** The nearest layer that names a time wins: probe, service, defaults of the file, built-in. */
function toTimes(
  probe: Located<ConfiguredProbe>,
  layers: readonly (Times | undefined)[],
  reading: Reading,
): Pick<ProbeTarget, 'intervalMs' | 'timeoutMs' | 'forMs'> {
  const nearest = (key: keyof Times) => layers.map(layer => layer?.[key]).find(value => value !== undefined);
  const intervalMs = nearest('every') ?? defaultTimes.intervalMs;
  const timeoutMs = nearest('timeout');
  if (timeoutMs !== undefined && timeoutMs >= intervalMs)
    reading.report(
      probe.at,
      'range',
      `The timeout (${toDurationText(timeoutMs)}) must be shorter than the interval (${toDurationText(intervalMs)}).`,
    );
  // A check must be over before the next one is due.
  const longest = Math.floor(intervalMs * 0.8);
  return {
    intervalMs,
    timeoutMs: Math.min(timeoutMs ?? defaultTimes.timeoutMs, longest),
    forMs: nearest('for') ?? defaultTimes.forMs,
  };
}

function withKubernetes(spec: ProbeSpec, defaults: ServiceDefaults['kubernetes']): ProbeSpec {
  if (spec.kind !== 'kubernetes') return spec;
  const context = spec.context ?? defaults.context;
  return {
    ...spec,
    namespace: spec.namespace || (defaults.namespace ?? 'default'),
    ...(context === undefined ? {} : { context }),
  };
}
