import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { LogView } from '../../../src/app/logs/logView.ts';
import { TailFeed } from '../../../src/app/logs/tailFeed.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { Redactor } from '../../../src/domain/incident/redact.ts';
import type { RawLine } from '../../../src/domain/logs/model.ts';
import { sha256 } from '../../../src/host/sha256.ts';
import { parseMessage } from '../../../src/shared/fields.ts';
import { type LogsToPage, logsToHost } from '../../../src/shared/logsProtocol.ts';
import { ViewAnswers } from '../../../src/ui/logs/viewAnswers.ts';
import { openBrowser } from '../../webview/browser.ts';
import { openStage } from '../../webview/pageStage.ts';
import type { BenchRow } from '../types.ts';
import { toTail } from './inMemory.ts';
import { percentile } from './measure.ts';

const linesPerMs = 100;
const floodMs = 6000;
const quietLines = 30;
const quietEveryMs = 150;

interface Seen {
  readonly lagsMs: readonly number[];
  readonly gapsMs: readonly number[];
}

/** The real page in a browser, following: 100,000 lines a second, then single ones. */
export async function pageRows(): Promise<BenchRow[]> {
  const { browser, close } = await openBrowser();
  const feed = new TailFeed('bench', systemClock);
  const view = new LogView(systemClock);
  try {
    feed.setState({ kind: 'following' });
    const { page, answers } = await openPage(browser, view);
    view.setTails([toTail(feed)]);
    view.onDidChange(() => answers.changed());
    const cpu = await cpuOf(page);
    await watch(page);
    const before = await cpu();
    await flood(feed);
    const cpuS = (await cpu()) - before;
    const busy = await page.evaluate(takeSeen);
    const quiet: number[] = [];
    for (let i = 0; i < quietLines; i++) {
      await wait(quietEveryMs);
      quiet.push(await writeToVisible(page, feed));
    }
    return toRows(busy, cpuS / (floodMs / 1000), quiet);
  } finally {
    view.dispose();
    feed.dispose();
    await close();
  }
}

async function openPage(browser: Parameters<typeof openStage>[0], view: LogView) {
  const stage = await openStage(browser, { page: 'logs', width: 1100, height: 420 });
  const { page } = stage;
  const boundaryText = () => '';
  const redactor = new Redactor({ key: 'bench', sha256, knownValues: ['hunter2-hunter2'] });
  const redact = (text: string) => redactor.redact(text).text;
  const answers = new ViewAnswers(
    view,
    () => ({ isJsonShort: true, boundaryText, redact }),
    message => void post(page, message),
  );
  const handle = (message: unknown) => {
    const known = parseMessage(logsToHost, message);
    if (known?.type === 'pull') answers.pull(known);
  };
  await page.exposeFunction('toHost', handle);
  const earlier = await page.evaluate(() => {
    const sent: unknown[] = Reflect.get(globalThis, 'sentMessages');
    sent.push = message => {
      Reflect.get(globalThis, 'toHost')(message);
      return 0;
    };
    return sent;
  });
  for (const message of earlier) handle(message);
  return { page, answers };
}

/** As one text: the browser's driver takes objects apart value by value, which VS Code's own channel does not. */
async function post(page: Page, message: LogsToPage): Promise<void> {
  const text = JSON.stringify(message);
  await page
    .evaluate(json => Reflect.get(globalThis, 'postMessage')(JSON.parse(json), '*'), text)
    .catch(() => undefined);
}

/** CPU seconds of the page's process. */
async function cpuOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(metric => metric.name === 'ProcessTime')?.value ?? Number.NaN;
  };
}

/** At every frame: how old the newest line shown is, and how long ago the last frame was. */
function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen = { lagsMs: [] as number[], gapsMs: [] as number[] };
    Reflect.set(globalThis, 'seen', seen);
    const next = Reflect.get(globalThis, 'requestAnimationFrame');
    const rows = Reflect.get(globalThis, 'document').getElementsByClassName('row');
    let lastMs = performance.now();
    const frame = () => {
      const nowMs = performance.now();
      seen.gapsMs.push(nowMs - lastMs);
      lastMs = nowMs;
      const written = /written=(\d+\.?\d*)/.exec(rows[rows.length - 1]?.textContent ?? '')?.[1];
      if (written !== undefined) seen.lagsMs.push(performance.timeOrigin + nowMs - Number(written));
      next(frame);
    };
    next(frame);
  });
}

function takeSeen(): Seen {
  return Reflect.get(globalThis, 'seen');
}

async function flood(feed: TailFeed): Promise<void> {
  const startMs = performance.now();
  let written = 0;
  while (performance.now() - startMs < floodMs) {
    const due = (performance.now() - startMs) * linesPerMs;
    // Lines of one batch share their text: making a hundred thousand a second would be the bench's work, not ours.
    const { line } = newLine();
    for (; written < due; written++) feed.append(line);
    await wait(5);
  }
}

function newLine(): { readonly mark: string; readonly line: RawLine } {
  const nowMs = performance.timeOrigin + performance.now();
  const mark = `written=${nowMs.toFixed(2)}`;
  const bytes = Buffer.from(`INFO ${mark} `.padEnd(99, 'x'));
  const nanos = Math.floor((nowMs % 1000) * 1e6);
  const line = { stream: 0, seconds: Math.floor(nowMs / 1000), nanos, bytes, start: 0, isTruncated: false };
  return { mark, line: { ...line, end: bytes.length } };
}

async function writeToVisible(page: Page, feed: TailFeed): Promise<number> {
  const { mark, line } = newLine();
  feed.append(line);
  const shownMs = await page.evaluate(async wanted => {
    const frame = () => new Promise(resolve => Reflect.get(globalThis, 'requestAnimationFrame')(resolve));
    const rows = Reflect.get(globalThis, 'document').getElementsByClassName('row');
    while (!rows[rows.length - 1]?.textContent?.includes(wanted)) await frame();
    return performance.timeOrigin + performance.now();
  }, mark);
  return shownMs - Number(mark.slice('written='.length));
}

function toRows(busy: Seen, cpuShare: number, quiet: readonly number[]): BenchRow[] {
  // The first frames are those of an empty page.
  const lags = busy.lagsMs.slice(10);
  const gaps = busy.gapsMs.slice(10);
  const row = (metric: string, unit: string, ours: number, atMost: number): BenchRow => ({
    ...{ metric, unit, ours, peer: null, limit: null },
    ...{ target: `<= ${atMost}`, met: ours <= atMost },
  });
  return [
    row(
      'page at 100,000 lines a second: age of the newest line shown, p50',
      'ms',
      percentile(lags, 0.5),
      100,
    ),
    row('the same, p99', 'ms', percentile(lags, 0.99), 100),
    row('the same, longest frame gap', 'ms', Math.max(...gaps), 100),
    row('the same, CPU of the window', '% of a core', cpuShare * 100, 25),
    {
      ...row('page at a few lines a second: write to visible, p50', 'ms', percentile(quiet, 0.5), 100),
      target: null,
      met: true,
    },
    row('page at a few lines a second: write to visible, p99', 'ms', percentile(quiet, 0.99), 100),
  ];
}
