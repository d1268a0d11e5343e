import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { setUpStory } from '../../host/story/setUpStory.ts';
import { Cockpit } from '../cockpit.ts';

export interface Stage {
  readonly cockpit: Cockpit;
  readonly folder: string;
  /** A row of the Services view by what a screen reader says of it. */
  services(name: string | RegExp): Locator;
  docker(...args: string[]): string;
  /** Asks the service under watch for something, as its users do; the answer may well be an error. */
  callService(path: string): Promise<void>;
  /** Headings of the review template in the demo's runbook. */
  templateHeadings(): readonly string[];
  close(): Promise<void>;
}

/** The demo system in an engine of its own, and the cockpit on its folder. */
export async function openStage(): Promise<Stage> {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-ui-'));
  // Named as a team would name it: it stands in the title of every picture.
  const folder = path.join(temporary, 'testgen');
  const setup = await setUpStory({ folder });
  const close = async (cockpit?: Cockpit) => {
    await cockpit?.close();
    await setup.teardown?.();
    fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const cockpit = await Cockpit.open({
      workspace: folder,
      ...(setup.env ? { env: setup.env } : {}),
      ...(setup.settings ? { settings: setup.settings } : {}),
    });
    const env = { ...process.env, DOCKER_HOST: setup.env?.['STORY_ENGINE'] };
    return {
      cockpit,
      folder,
      services: name => cockpit.row('Services', name),
      docker: (...args) => execFileSync('docker', args, { env, encoding: 'utf8' }),
      callService: async route => {
        const answer = await fetch(`${setup.env?.['STORY_URL']}${route}`, { method: 'POST', body: '{}' });
        await answer.body?.cancel();
      },
      templateHeadings: () => {
        const file = path.join(folder, 'docs', 'runbooks', 'incident-response.md');
        const [, template = ''] = fs
          .readFileSync(file, 'utf8')
          .split('# Template: docs/post-incident-reports');
        return headingsOf(template.slice(0, template.indexOf('```')));
      },
      close: () => close(cockpit),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

export function headingsOf(text: string): readonly string[] {
  return text.split('\n').filter(line => /^#{1,6} /.test(line));
}
