import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replay } from '../../../src/domain/incident/replay.ts';
import { toTimelineHeader } from '../../../src/ui/pages/timelineHeader.ts';
import { headerAt, openMsAt } from '../../../webview/timeline/headerThen.ts';
import { EventMaker, startMs } from '../../domain/incident/makeEvents.ts';

const role = 'Incident Commander';

function header() {
  const made = new EventMaker();
  made.declare(60, 3);
  made.add('role.assumed', { role, person: 'Kim' }, 70);
  made.add('severity.changed', { severity: 1 }, 120);
  made.add('role.assumed', { role, person: 'Ana' }, 150);
  made.add('title.changed', { title: 'Redis lost its memory' }, 180);
  made.add('status.changed', { status: 'resolved' }, 300);
  return toTimelineHeader(replay(made.events));
}

test('the header of a moment says what was so then, whatever came later', () => {
  const then = (seconds: number) => {
    const moment = headerAt(header(), startMs + seconds * 1000);
    return moment && [moment.severity, moment.status, moment.commander];
  };
  assert.equal(then(59), undefined);
  assert.deepEqual(then(60), [3, 'investigating', undefined]);
  assert.deepEqual(then(119), [3, 'investigating', 'Kim']);
  assert.deepEqual(then(120), [1, 'investigating', 'Kim']);
  assert.deepEqual(then(150), [1, 'investigating', 'Ana']);
  assert.deepEqual(then(10_000), [1, 'resolved', 'Ana']);
  assert.notEqual(headerAt(header(), startMs + 179_999)?.title, 'Redis lost its memory');
  assert.equal(headerAt(header(), startMs + 180_000)?.title, 'Redis lost its memory');
});

test('how long it was open counts up to the moment and no further than its end', () => {
  const openMs = (seconds: number) => openMsAt(header(), startMs + seconds * 1000);
  assert.deepEqual([openMs(59), openMs(60), openMs(200), openMs(9_999)], [undefined, 0, 140_000, 240_000]);
});
