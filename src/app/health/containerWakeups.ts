import type { Disposable } from '../../base/disposables.ts';
import { DisposableStore } from '../../base/disposables.ts';
import type { ContainerRef, ProbeTarget } from '../../domain/health/model.ts';
import type { ContainerEngine, ContainerEvent } from '../../ports.ts';

/** Looks at container probes as soon as the engine tells of their container, and at all of them after a gap. */
export function wakeOnEngineEvents(
  engine: Pick<ContainerEngine, 'onDidEvent' | 'onDidReconnect'>,
  targets: () => readonly ProbeTarget[],
  wake: (targetId: string) => void,
): Disposable {
  const store = new DisposableStore();
  store.add(
    engine.onDidEvent(event => {
      for (const { id, spec } of targets())
        if (spec.kind === 'container' && concerns(event, spec.container)) wake(id);
    }),
  );
  store.add(
    engine.onDidReconnect(() => {
      for (const { id, spec } of targets()) if (spec.kind === 'container' || spec.kind === 'engine') wake(id);
    }),
  );
  return store;
}

/** A rename event carries the new name, so the old one must be able to match too. */
function concerns(event: ContainerEvent, ref: ContainerRef): boolean {
  if (ref.by === 'name')
    return event.name === ref.name || event.labels['oldName']?.replace(/^\//, '') === ref.name;
  return (
    event.labels['com.docker.compose.project'] === ref.project &&
    event.labels['com.docker.compose.service'] === ref.service &&
    event.labels['com.docker.compose.container-number'] === String(ref.number)
  );
}
