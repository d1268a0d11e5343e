import { tellStory } from './story/tellStory.ts';

tellStory('the two seed runbooks');
