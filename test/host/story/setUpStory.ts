// Prepares the story outside VS Code: the demo system in a container engine.
import fs from 'node:fs';
import path from 'node:path';
import { startDemo } from '../../../tools/lib/demo/demo.ts';
import { startDocker } from '../../parts/docker.ts';
import type { SetupContext, SuiteSetup } from '../setup.ts';

export interface StorySource {
  /** Folder whose Markdown files take the place of the demo's runbooks. */
  readonly runbooksFrom?: string;
}

export async function setUpStory(
  { folder }: SetupContext,
  { runbooksFrom }: StorySource = {},
): Promise<SuiteSetup> {
  // Stories run side by side, each with the same container names.
  const docker = await startDocker([]);
  try {
    const demo = await startDemo({ workspaceFolder: folder, engine: docker.endpoint, ports: 'free' });
    if (runbooksFrom !== undefined) replaceRunbooks(path.join(folder, 'docs', 'runbooks'), runbooksFrom);
    return {
      workspace: folder,
      env: { STORY_ENGINE: docker.endpoint, STORY_URL: demo.url },
      settings: { 'watchkeeper.steps.recoveryWait': 40, 'watchkeeper.incident.yourName': 'On call' },
      teardown: async () => {
        await demo.stop();
        await docker.stop();
      },
    };
  } catch (error) {
    await docker.stop();
    throw error;
  }
}

function replaceRunbooks(target: string, source: string): void {
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  for (const name of fs.readdirSync(source)) {
    if (name.endsWith('.md')) fs.copyFileSync(path.join(source, name), path.join(target, name));
  }
}
