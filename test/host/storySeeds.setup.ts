import fs from 'node:fs';
import path from 'node:path';
import type { SetupContext, SuiteSetup } from './setup.ts';
import { setUpStory } from './story/setUpStory.ts';

const seeds = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'seeds');

export async function setup(context: SetupContext): Promise<SuiteSetup> {
  if (!fs.existsSync(seeds)) return { notRun: 'the seed story needs ../shared/seeds, which is absent' };
  return setUpStory(context, { runbooksFrom: seeds });
}
