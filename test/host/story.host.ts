import { tellLogs } from './story/logCases.ts';
import { tellStory } from './story/tellStory.ts';

tellStory('the demo runbooks');
tellLogs();
