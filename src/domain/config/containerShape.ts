import type { ContainerRef } from '../health/model.ts';
import type { Shape } from './shape.ts';
import { either, objectOf, optional, required } from './shapeCollections.ts';
import { text, whole, word } from './shapeScalars.ts';
import { mapShape } from './shapeSecrets.ts';

const byName: Shape<ContainerRef> = mapShape(
  word('the name of a container', /^[a-zA-Z0-9][\w.-]*$/, ['testgen-redis']),
  name => ({ by: 'name', name }),
);

const byCompose: Shape<ContainerRef> = mapShape(
  objectOf(
    {
      project: required(text('a compose project'), 'Name of the compose project.'),
      service: required(text('a compose service'), 'Name of the service in the compose file.'),
      number: optional(whole(1, 1000), 'Which of its containers. Default: 1.'),
    },
    '{ project: …, service: … }',
  ),
  ({ project, service, number }) => ({ by: 'compose', project, service, number: number ?? 1 }),
);

/** A container by name, or by what survives its re-creation under another name. */
export const containerShape: Shape<ContainerRef> = either(byCompose, byName, tree => tree.kind === 'map');
