import * as vscode from 'vscode';
import type { SeenDeploy } from '../app/incident/recorderInputs.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { errorText } from '../base/errors.ts';
import { gitChangesSince } from '../host/gitHistory.ts';
import type { ContainerSummary } from '../ports.ts';
import type { Tools } from './tools.ts';

const lookBackMs = 24 * 3_600_000;

export interface Deploys {
  readonly onDidSee: Event<SeenDeploy>;
  /** What changed in the day before: the first question of every incident. */
  look(): Promise<void>;
}

export function openDeploys(tools: Tools): Deploys {
  const seen = tools.store.add(new Emitter<SeenDeploy>());
  return {
    onDidSee: seen.event,
    async look() {
      // Git reads a repository's own configuration: not in a folder that nobody trusts.
      if (!vscode.workspace.isTrusted) return;
      const sinceMs = tools.clock.nowMs() - lookBackMs;
      const found = await Promise.all([
        ...gitFolders().map(folder => gitChangesSince(folder, sinceMs)),
        newContainers(tools, sinceMs),
      ]);
      for (const deploy of found.flat().sort((a, b) => a.atMs - b.atMs)) seen.fire(deploy);
    },
  };
}

function gitFolders(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

async function newContainers(tools: Tools, sinceMs: number): Promise<readonly SeenDeploy[]> {
  const { engine } = tools.adapters();
  if (engine.state.kind !== 'connected') return [];
  try {
    const containers = await engine.list();
    return containers.filter(({ createdAtMs }) => createdAtMs >= sinceMs).map(toDeploy);
  } catch (error) {
    tools.log.warn(`What was deployed cannot be read from the engine: ${errorText(error)}`);
    return [];
  }
}

function toDeploy({ id, name, image, createdAtMs }: ContainerSummary): SeenDeploy {
  return { what: 'image', text: `${name} from ${image}`, ref: id, atMs: createdAtMs };
}
