// The timeline with 10,000 entries in a real browser: how soon it is there, and whether it scrolls at 60 frames/s.
import type { Page } from 'playwright-core';
import { TimelineFeed } from '../../src/ui/pages/timelineFeed.ts';
import { openBrowser } from '../webview/browser.ts';
import { openStage } from '../webview/pageStage.ts';
import { nowMs, syntheticIncident } from '../webview/syntheticIncident.ts';
import type { BenchResult, BenchRow } from './types.ts';

const entryCount = 10_000;
const openings = 7;
/** 60 frames a second. Half of it is the page's, the other half the browser's for painting. */
const frameMs = 16.7;

interface Measure {
  readonly metric: string;
  readonly unit?: string;
  readonly ours: number;
  readonly limit?: number;
  readonly below?: number;
}

export async function run(): Promise<BenchResult> {
  const { browser, close } = await openBrowser();
  try {
    const incident = syntheticIncident(entryCount);
    const open = async () => {
      const stage = await openStage(browser, { page: 'timeline', data: { incident: incident.id } });
      return stage.page;
    };
    const host = hostTimes();
    const bare: number[] = [];
    const full: number[] = [];
    for (let index = 0; index < openings; index++) {
      const page = await open();
      const snapshot = JSON.stringify(new TimelineFeed().snapshot(incident, nowMs, true));
      const times = await page.evaluate(openTimes, snapshot);
      bare.push(times.parsedMs);
      full.push(times.startedMs + times.shownMs);
      await page.close();
    }
    const page = await open();
    await page.evaluate(openTimes, JSON.stringify(new TimelineFeed().snapshot(incident, nowMs, true)));
    const scroll = await measureScroll(page);
    await page.close();
    return { name: 'timelinePage', results: [...host, ...openRows(full, bare), ...scroll].map(toRow) };
  } finally {
    await close();
  }
}

function openRows(full: readonly number[], bare: readonly number[]): readonly Measure[] {
  return [
    {
      metric: `open with ${entryCount} entries, script start to painted rows, p50`,
      ours: quantile(full, 0.5),
      limit: quantile(bare, 0.5),
      below: 300,
    },
    { metric: 'the same, slowest', ours: Math.max(...full), below: 300 },
  ];
}

function hostTimes(): readonly Measure[] {
  const first: number[] = [];
  const next: number[] = [];
  const same: number[] = [];
  const clone: number[] = [];
  let bytes = 0;
  for (let index = 0; index < 9; index++) {
    const incident = syntheticIncident(entryCount);
    const again = structuredClone(incident);
    const feed = new TimelineFeed();
    let startMs = performance.now();
    const snapshot = feed.snapshot(incident, nowMs, true);
    first.push(performance.now() - startMs);
    startMs = performance.now();
    feed.snapshot(again, nowMs, true);
    next.push(performance.now() - startMs);
    startMs = performance.now();
    feed.snapshot(again, nowMs, true);
    same.push(performance.now() - startMs);
    startMs = performance.now();
    bytes = JSON.stringify(snapshot).length;
    clone.push(performance.now() - startMs);
  }
  return [
    {
      metric: 'first snapshot made in the host, p50 (limit: writing it as JSON)',
      ours: quantile(first, 0.5),
      limit: quantile(clone, 0.5),
      below: frameMs,
    },
    { metric: 'later snapshot of an incident replayed anew, p50', ours: quantile(next, 0.5), below: frameMs },
    {
      metric: 'later snapshot where entries kept their identity, p50',
      ours: quantile(same, 0.5),
      below: frameMs,
    },
    { metric: 'first snapshot, size', unit: 'kB', ours: bytes / 1000 },
  ];
}

/** In the browser: from the script's start to `ready`, and from the message to two frames after the rows stand. */
async function openTimes(text: string): Promise<{ startedMs: number; parsedMs: number; shownMs: number }> {
  const frame = () => new Promise(resolve => Reflect.get(globalThis, 'requestAnimationFrame')(resolve));
  const entries = performance.getEntriesByType('resource') as unknown as {
    name: string;
    responseEnd: number;
  }[];
  const script = entries.find(entry => entry.name.endsWith('page.js'));
  const ready = performance.getEntriesByName('ready')[0];
  const startedMs = (ready?.startTime ?? performance.now()) - (script?.responseEnd ?? 0);
  const startMs = performance.now();
  const message: unknown = JSON.parse(text);
  const parsedMs = performance.now() - startMs;
  Reflect.get(globalThis, 'postMessage')(message, '*');
  const documentOfPage = Reflect.get(globalThis, 'document');
  while (documentOfPage.querySelectorAll('.row').length === 0) await frame();
  await frame();
  return { startedMs, parsedMs, shownMs: performance.now() - startMs };
}

async function measureScroll(page: Page): Promise<readonly Measure[]> {
  for (const chip of await page.locator('.chip[aria-pressed]').all()) {
    if ((await chip.getAttribute('aria-pressed')) === 'false') await chip.click({ modifiers: ['Control'] });
  }
  const rows = Number(await page.locator('.entries').getAttribute('aria-rowcount'));
  const idle = await page.evaluate(scrollFrames, 0);
  const moving = await page.evaluate(scrollFrames, 140);
  return [
    {
      metric: `frame time scrolling ${rows} rows, p50 (limit: standing still)`,
      ours: quantile(moving.frames, 0.5),
      limit: quantile(idle.frames, 0.5),
      below: 17.5,
    },
    {
      metric: 'the same, p99',
      ours: quantile(moving.frames, 0.99),
      limit: quantile(idle.frames, 0.99),
      below: 17.5,
    },
    {
      metric: 'own work per scrolled frame with layout, p99',
      ours: quantile(moving.work, 0.99),
      below: frameMs / 2,
    },
    { metric: 'rows in the document while scrolling', unit: 'elements', ours: moving.elements, below: 60 },
  ];
}

/** In the browser: 240 frames, each scrolled by `stepPx`; the work includes filling rows and laying them out. */
async function scrollFrames(stepPx: number): Promise<{ frames: number[]; work: number[]; elements: number }> {
  const frame = () =>
    new Promise<number>(resolve => Reflect.get(globalThis, 'requestAnimationFrame')(resolve));
  const documentOfPage = Reflect.get(globalThis, 'document');
  const list = documentOfPage.querySelector('.entries');
  const frames: number[] = [];
  const work: number[] = [];
  list.scrollTop = 0;
  let beforeMs = await frame();
  for (let index = 0; index < 240; index++) {
    const startMs = performance.now();
    list.scrollTop += stepPx;
    if (stepPx > 0) list.dispatchEvent(new Event('scroll'));
    void list.querySelector('.row').getBoundingClientRect();
    work.push(performance.now() - startMs);
    const atMs = await frame();
    frames.push(atMs - beforeMs);
    beforeMs = atMs;
  }
  return { frames, work, elements: documentOfPage.querySelectorAll('.row').length };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function toRow({ metric, unit, ours, limit, below }: Measure): BenchRow {
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    metric,
    unit: unit ?? 'ms',
    ours: round(ours),
    peer: null,
    limit: limit === undefined ? null : round(limit),
    target: below === undefined ? null : `< ${below}`,
    met: below === undefined || ours < below,
  };
}
