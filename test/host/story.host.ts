import { tellStory } from './story/tellStory.ts';

tellStory('the demo runbooks');
