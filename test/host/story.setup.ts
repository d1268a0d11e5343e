import type { SetupContext } from './setup.ts';
import { setUpStory } from './story/setUpStory.ts';

export const setup = (context: SetupContext) => setUpStory(context);
