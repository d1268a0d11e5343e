import type { TimelineToHost, TimelineToPage } from '../../src/shared/timelineProtocol.ts';
import { openBridge } from '../bridge.ts';
import { TimelinePage } from './page.ts';

const root = document.getElementById('page');
if (root)
  new TimelinePage(
    root,
    document.body.dataset['incident'] ?? '',
    openBridge<TimelineToHost, TimelineToPage>(),
  ).start();
