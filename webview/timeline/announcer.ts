import type { TimelineRow } from '../../src/shared/timelineProtocol.ts';
import { element, setText } from '../dom.ts';
import { isKey } from './rowFilter.ts';

/** Tells screen readers what arrived: the text of one key entry, the number of several; never raw noise. */
export class Announcer {
  readonly node = element('div', { class: 'visually-hidden', role: 'log', 'aria-live': 'polite' });

  arrived(rows: readonly TimelineRow[]): void {
    const key = rows.filter(isKey);
    const last = key.at(-1);
    if (last)
      this.say(key.length === 1 ? `New: ${last.event}` : `${key.length} new entries. Last: ${last.event}`);
  }

  say(text: string): void {
    setText(this.node, text);
  }
}
