import { probeShape } from './probeShape.ts';
import type { JsonSchema } from './shape.ts';
import {
  type Fields,
  type FieldValues,
  listOf,
  mapOf,
  objectOf,
  objectSchema,
  optional,
} from './shapeCollections.ts';
import { duration, flag, oneOf, text, timeZone, whole, word } from './shapeScalars.ts';
import { namedTexts } from './shapeSecrets.ts';

const identifier = text('the id of a service');
const glob = text('a file or pattern such as docs/runbooks/**/*.md');

export const times = {
  every: optional(duration(1000, '10s'), 'How often probes are run unless they say otherwise. Default: 10s.'),
  timeout: optional(duration(50, '3s'), 'Hard deadline of one check. Default: 3s.'),
  for: optional(duration(0, '1m'), 'How long a probe must fail before an alert fires. Default: 1m.'),
} as const satisfies Fields;

const docker = objectOf(
  {
    context: optional(text('the name of a docker context'), 'Docker context to use.'),
    host: optional(
      word('an endpoint such as unix:///var/run/docker.sock', /^$|^(?:unix|tcp|ssh|npipe|https?):\/\/\S+$/, [
        'unix:///var/run/docker.sock',
        'ssh://user@host',
      ]),
      'Endpoint of the container engine; wins over the context.',
    ),
  },
  'a mapping with context or host',
);

const kubernetes = objectOf(
  {
    context: optional(text('the name of a context'), 'Context of the kubeconfig.'),
    namespace: optional(text('a namespace'), 'Namespace that probes and steps use.'),
  },
  'a mapping with context and namespace',
);

export const environmentFields = {
  title: optional(text('a title'), 'Shown instead of the name.'),
  color: optional(
    oneOf(['green', 'yellow', 'orange', 'red', 'blue', 'purple', 'grey']),
    'Colour in the status bar.',
  ),
  consent: optional(
    oneOf(['normal', 'strict']),
    'strict: every step that changes something asks for a typed word. Default: strict for prod and production.',
  ),
  variables: optional(
    namedTexts,
    'Variables for terminals and for the rest of this file; credentials as { secret: NAME }.',
  ),
  aliases: optional(
    mapOf(text('the name it has here'), 'a name in runbooks and probes'),
    'Hosts, host:port pairs and containers as runbooks name them → as they are called here.',
  ),
  docker: optional(docker, 'Container engine of this environment.'),
  kubernetes: optional(kubernetes, 'Kubernetes cluster of this environment.'),
} as const satisfies Fields;

export const serviceFields = {
  title: optional(text('a title'), 'Shown instead of the id.'),
  dependsOn: optional(
    listOf(identifier),
    'Services that this one needs. It is "blocked" while one of them is down.',
  ),
  probes: optional(listOf(probeShape), 'What is checked.'),
  aliases: optional(
    listOf(text('a name')),
    'Other names of the same thing: container, host name, compose service.',
  ),
  runbooks: optional(
    listOf(text('a Markdown file')),
    'Runbooks for this service, relative to the workspace.',
  ),
  ...times,
} as const satisfies Fields;

export const incidentFields = {
  timeZone: optional(timeZone, 'Zone of the times in reviews and messages. Default: the machine’s.'),
  reviewPath: optional(
    text('a path such as docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md'),
    'Where reviews are written. YYYY, MM, DD and {incident-id} are filled in.',
  ),
  roles: optional(listOf(text('a role')), 'Roles offered when an incident is declared.'),
  channels: optional(mapOf(text('a channel')), 'Where messages go, such as incidents: "#incidents".'),
  defaultSeverity: optional(whole(1, 9), 'Severity that is proposed when none follows from the runbook.'),
} as const satisfies Fields;

export const discoveryFields = {
  compose: optional(flag, 'Read services from compose files. Default: true.'),
  composeFiles: optional(
    listOf(text('a compose file')),
    'Compose files, in the order in which they are merged.',
  ),
  containers: optional(flag, 'Add containers of the same compose project that are running. Default: true.'),
  runbooks: optional(flag, "Add the runbooks' own read-only checks. Default: true."),
  hide: optional(listOf(identifier), 'Ids of discovered services and probes that are not shown.'),
} as const satisfies Fields;

export const configFields = {
  include: optional(listOf(text('a file')), 'Further files of this kind, relative to this one.'),
  environments: optional(
    mapOf(objectOf(environmentFields, 'the settings of an environment'), 'an environment'),
    'Where commands and probes point: local, staging, prod, …',
  ),
  services: optional(
    mapOf(objectOf(serviceFields, 'the settings of a service'), 'a service'),
    'What is watched, by id.',
  ),
  defaults: optional(objectOf(times, 'a mapping with every, timeout and for'), 'Times for all probes.'),
  incident: optional(objectOf(incidentFields, 'the settings of incidents'), 'How incidents are handled.'),
  runbooks: optional(listOf(glob), 'Where runbooks are found. Default: the setting watchkeeper.runbooks.'),
  discovery: optional(
    objectOf(discoveryFields, 'the settings of discovery'),
    'What is found without configuration.',
  ),
} as const satisfies Fields;

export type ConfigValues = FieldValues<typeof configFields>;
export type EnvironmentValues = FieldValues<typeof environmentFields>;
export type ServiceValues = FieldValues<typeof serviceFields>;
export type IncidentValues = FieldValues<typeof incidentFields>;
export type DiscoveryValues = FieldValues<typeof discoveryFields>;

/** The JSON Schema of `watchkeeper.yaml`, for completion and hover in editors. */
export function configJsonSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Watchkeeper configuration',
    description: 'Services, environments and incident settings of a workspace (watchkeeper.yaml).',
    ...objectSchema(configFields),
  };
}
