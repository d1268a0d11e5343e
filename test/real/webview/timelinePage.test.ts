import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Incident } from '../../../src/domain/incident/model.ts';
import { TimelineFeed } from '../../../src/ui/pages/timelineFeed.ts';
import { type OwnBrowser, openBrowser } from '../../webview/browser.ts';
import { openStage, type PageStage } from '../../webview/pageStage.ts';
import { nowMs, syntheticIncident, toEntry } from '../../webview/syntheticIncident.ts';

let own: OwnBrowser;
before(async () => {
  own = await openBrowser();
});
after(() => own.close());

interface Opened {
  readonly stage: PageStage;
  readonly feed: TimelineFeed;
}

async function withPage(
  incident: Incident,
  check: (opened: Opened) => Promise<void>,
  state?: unknown,
): Promise<void> {
  const stage = await openStage(own.browser, { page: 'timeline', data: { incident: incident.id }, state });
  const feed = new TimelineFeed();
  await stage.post(feed.snapshot(incident, nowMs, true));
  await stage.page.locator('.row').first().waitFor();
  await check({ stage, feed });
  assert.deepEqual(stage.errors, []);
  await stage.page.close();
}

async function lastSent(stage: PageStage): Promise<unknown> {
  return (await stage.sent()).at(-1);
}

const firstRow = (stage: PageStage) => stage.page.locator('.row:visible').first();

test('shows severity, title, milestones and key entries; nothing but the toolkit meets the policy', async () => {
  await withPage(syntheticIncident(), async ({ stage }) => {
    const { page } = stage;
    assert.deepEqual(await stage.sent(), [{ type: 'ready' }]);
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Postgres out of memory');
    assert.match(await page.locator('.milestones').innerText(), /detected\s*10:02:07 \(1 m\)/);
    assert.equal(await page.locator('.row:visible').count(), 6);
    assert.equal(await page.locator('.chart .span.state-gap').count(), 1);
    assert.deepEqual(stage.violations, []);
  });
});

test('text from outside stays text', async () => {
  const bad = '<img src=x onerror="globalThis.broken=1"><script>globalThis.broken=1</script>';
  const incident = { ...syntheticIncident(), title: bad };
  const entry = { ...toEntry(50, 'log', '10:05:00', bad), action: bad, detail: bad };
  await withPage({ ...incident, entries: [entry] }, async ({ stage, feed }) => {
    await firstRow(stage).click();
    await stage.post(feed.detail(entry, []));
    assert.ok((await stage.page.locator('.detail pre').innerText()).includes('<img'));
    assert.equal(await stage.page.locator('img').count(), 0);
    assert.equal(await stage.page.evaluate(() => Reflect.get(globalThis, 'broken')), undefined);
  });
});

test('everything can be done from the keyboard', async () => {
  const incident = syntheticIncident();
  await withPage(incident, async ({ stage, feed }) => {
    const { keyboard } = stage.page;
    await stage.page.locator('.entries').focus();
    await keyboard.press('Home');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    const activeId = await stage.page.locator('.entries').getAttribute('aria-activedescendant');
    assert.match(
      (await stage.page.locator(`#${activeId}`).getAttribute('aria-label')) ?? '',
      /10:01:07.*died.*2 proofs/,
    );
    await keyboard.press('p');
    assert.deepEqual(await lastSent(stage), { type: 'pin', entryId: 'w1:1', isPinned: true });
    await keyboard.press('Enter');
    assert.deepEqual(await lastSent(stage), { type: 'openDetail', entryId: 'w1:1' });
    const [entry] = incident.entries;
    assert.ok(entry);
    await stage.post(feed.detail(entry, []));
    await stage.page.getByText('oom container testgen-postgres').waitFor();
    await keyboard.press('Delete');
    assert.deepEqual(await lastSent(stage), { type: 'retract', entryId: 'w1:1' });
    await keyboard.press('e');
    await keyboard.press('End');
    await keyboard.type(' (cgroup)');
    await keyboard.press('Control+Enter');
    assert.deepEqual(await lastSent(stage), {
      type: 'correct',
      entryId: 'w1:1',
      event: 'testgen-postgres died, exit 137: killed, out of memory (cgroup)',
    });
    await keyboard.press('n');
    await keyboard.type('TODO: raise the limit');
    assert.equal(await stage.page.locator('.note-kind').innerText(), 'becomes: action item');
    await keyboard.press('Enter');
    assert.deepEqual(await lastSent(stage), { type: 'addNote', text: 'TODO: raise the limit' });
    await keyboard.press('Escape');
    await keyboard.press('/');
    await keyboard.type('restart');
    assert.equal(await stage.page.locator('.row:visible').count(), 1);
    await keyboard.press('Escape');
    await keyboard.press('Escape');
    await keyboard.press('Escape');
    assert.equal(await stage.page.locator('.row:visible').count(), 6);
  });
});

test('a replay goes from moment to moment by keyboard, tells each to a screen reader, and shows what was known then', async () => {
  await withPage(syntheticIncident(), async ({ stage }) => {
    const { page } = stage;
    const all = await page.locator('.row:visible').count();
    const postgres = page.locator('.lane-label', { hasText: 'postgres' });
    assert.match((await postgres.getAttribute('aria-label')) ?? '', /^postgres: down/);
    await page.locator('.entries').focus();
    await page.keyboard.press('r');
    const slider = page.getByRole('slider', { name: 'Moment of the replay' });
    assert.equal(
      await slider.getAttribute('aria-valuetext'),
      '10:01:07: testgen pending, postgres pending, redis up, openai degraded',
    );
    assert.match((await postgres.getAttribute('aria-label')) ?? '', /^postgres: pending for/);
    const first = await page.locator('.row:visible').count();
    assert.ok(first < all, `${first} of ${all} rows were known then`);
    for (let n = 0; n < 20; n++) {
      if ((await slider.getAttribute('aria-valuetext'))?.includes('postgres down')) break;
      await page.keyboard.press('ArrowRight');
    }
    assert.match(
      (await slider.getAttribute('aria-valuetext')) ?? '',
      /^10:01:37: testgen blocked, postgres down/,
    );
    await page.keyboard.press('ArrowLeft');
    assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /postgres pending/);
    assert.equal(await page.locator('.replay-veil').count(), 1);
    const top = page.locator('.header .top');
    assert.match(await top.innerText(), /as it was\s+not declared yet/);
    assert.equal(await page.locator('.sev-choice, .status-choice').count(), 0);
    assert.match(await page.locator('.milestones').innerText(), /acknowledged\s*–/);
    for (let n = 0; n < 20 && !/SEV-3/.test(await top.innerText()); n++)
      await page.keyboard.press('ArrowRight');
    assert.match(await top.innerText(), /as it was\s+SEV-3\s+investigating\s+Databases refuse/);
    assert.match(await top.innerText(), /commander: you/);
    assert.doesNotMatch(await page.locator('.open-for').innerText(), /–/);
    await page.locator('.plot').click({ position: { x: 5, y: 40 } });
    assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /postgres (?:up|not measured)/);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.row:visible').count(), all);
    assert.equal(await slider.isVisible(), false);
    assert.equal(await page.locator('.sev-choice, .status-choice').count(), 2);
    assert.match(await top.innerText(), /Postgres out of memory/);
    assert.match((await postgres.getAttribute('aria-label')) ?? '', /^postgres: down/);
    await stage.post({ type: 'replay' });
    await slider.waitFor();
    assert.equal(await page.getByRole('button', { name: 'Replay' }).getAttribute('aria-pressed'), 'true');
  });
});

test('stored evidence offers to be deleted, other proofs do not', async () => {
  const incident = syntheticIncident();
  await withPage(incident, async ({ stage, feed }) => {
    const [entry] = incident.entries;
    assert.ok(entry);
    await firstRow(stage).click();
    await stage.post(feed.detail(entry, []));
    const stored = entry.proofs.filter(({ sha256 }) => sha256 !== undefined);
    const buttons = stage.page.getByRole('button', { name: /^Delete the text of / });
    await buttons.first().waitFor();
    assert.equal(await buttons.count(), stored.length);
    await buttons.first().click();
    const eventId = stored[0]?.eventId;
    assert.deepEqual(await lastSent(stage), { type: 'removeProof', entryId: entry.id, eventId });
  });
});

test('a draft survives the page: note, edit and filter are there again', async () => {
  let saved: unknown;
  await withPage(syntheticIncident(), async ({ stage }) => {
    const { keyboard } = stage.page;
    await stage.page.locator('.chip', { hasText: 'steps' }).click();
    await firstRow(stage).click();
    await keyboard.press('e');
    await keyboard.press('End');
    await keyboard.type(' twice');
    await stage.page.locator('.note-field').click();
    await keyboard.type('H: half a thought');
    saved = await stage.state();
  });
  await withPage(
    syntheticIncident(),
    async ({ stage }) => {
      const note = stage.page.getByRole('textbox', { name: 'Note' });
      assert.equal(await note.inputValue(), 'H: half a thought');
      const event = stage.page.getByRole('textbox', { name: 'Event' });
      assert.match(await event.inputValue(), /0\.2 s twice$/);
      assert.equal(await stage.page.locator('.chip[aria-pressed=true]').innerText(), 'steps 2');
    },
    saved,
  );
});

test('a late snapshot is dropped, a missing one asked for again, a new entry announced', async () => {
  const incident = syntheticIncident();
  await withPage(incident, async ({ stage, feed }) => {
    const more = [...incident.entries, toEntry(60, 'note', '10:05:30', 'redis is fine')];
    const second = feed.snapshot({ ...incident, entries: more, title: 'second' }, nowMs, true);
    const third = feed.snapshot({ ...incident, entries: more, title: 'third' }, nowMs, true);
    const heading = stage.page.getByRole('heading', { level: 1 });
    await stage.post(third);
    await stage.page.waitForTimeout(50);
    assert.equal(await heading.innerText(), 'Postgres out of memory');
    assert.deepEqual(await lastSent(stage), { type: 'ready' });
    await stage.post(second);
    await stage.post(third);
    await stage.post(second);
    await stage.page.waitForTimeout(50);
    assert.equal(await heading.innerText(), 'third');
    assert.equal(await stage.page.getByRole('log').innerText(), 'New: redis is fine');
  });
});

test('a drag in the lanes narrows the list, Escape widens it again; the wheel zooms', async () => {
  await withPage(syntheticIncident(), async ({ stage }) => {
    const { page } = stage;
    const box = await page.locator('.plot').boundingBox();
    assert.ok(box);
    const x = (share: number) => box.x + box.width * share;
    await page.mouse.move(x(0.1), box.y + 40);
    await page.mouse.down();
    await page.mouse.move(x(0.3), box.y + 40, { steps: 4 });
    await page.mouse.up();
    assert.equal(await page.locator('.row:visible').count(), 1);
    assert.equal(await page.locator('.chart .brush').count(), 1);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(50);
    assert.equal(await page.locator('.row:visible').count(), 6);
    const before = await page.locator('.axis text').allInnerTexts();
    await page.mouse.wheel(0, -900);
    await page.waitForTimeout(50);
    const zoomed = await page.locator('.axis text').allInnerTexts();
    assert.notDeepEqual(zoomed, before);
    await page.keyboard.press('0');
    await page.waitForTimeout(50);
    assert.deepEqual(await page.locator('.axis text').allInnerTexts(), before);
  });
});

test('ten thousand entries are a few dozen elements, at the top, in the middle and at the end', async () => {
  await withPage(syntheticIncident(10_000), async ({ stage }) => {
    const { page } = stage;
    await page.locator('.chip', { hasText: 'raw' }).click();
    for (const key of ['Home', 'PageDown', 'End', 'PageUp']) {
      await page.locator('.entries').focus();
      await page.keyboard.press(key);
      assert.ok((await page.locator('.row').count()) < 60);
      const activeId = await page.locator('.entries').getAttribute('aria-activedescendant');
      assert.ok(await page.locator(`#${activeId}`).isVisible(), key);
    }
    await page.keyboard.press('End');
    const count = await page.locator('.entries').getAttribute('aria-rowcount');
    assert.ok(await page.locator(`.row[aria-rowindex="${count}"]`).isVisible());
  });
});

test('what failed is said, and the note that could not be stored is in the line again', async () => {
  await withPage(syntheticIncident(), async ({ stage }) => {
    await stage.page.keyboard.press('n');
    await stage.page.keyboard.type('disk is full');
    await stage.page.keyboard.press('Enter');
    await stage.post({
      type: 'failed',
      intent: 'addNote',
      text: 'The journal could not be written: disk full',
    });
    await stage.page.getByRole('alert').filter({ hasText: 'disk full' }).waitFor();
    await stage.page.waitForTimeout(50);
    assert.equal(await stage.page.getByRole('textbox', { name: 'Note' }).inputValue(), 'disk is full');
  });
});

test('marked with Shift and the arrows, entries are merged into the first', async () => {
  await withPage(syntheticIncident(), async ({ stage }) => {
    const { keyboard } = stage.page;
    await stage.page.locator('.entries').focus();
    await keyboard.press('Home');
    await keyboard.press('Shift+ArrowDown');
    assert.equal(await stage.page.locator('.row.marked').count(), 2);
    await keyboard.press('m');
    assert.deepEqual(await lastSent(stage), { type: 'merge', entryIds: ['w1:1', 'w1:4'] });
    await keyboard.press('ArrowDown');
    assert.equal(await stage.page.locator('.row.marked').count(), 0);
  });
});

test('hovering tells every state at that moment, and a click on a service shows its entries only', async () => {
  await withPage(syntheticIncident(), async ({ stage }) => {
    const { page } = stage;
    const box = await page.locator('.plot').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60);
    assert.match(
      await page.locator('.readout').innerText(),
      /testgen\s+blocked\s+postgres\s+down\s+redis\s+up\s+openai\s+degraded/,
    );
    await page.getByRole('button', { name: /^postgres: down for/ }).click();
    assert.equal(await page.locator('.row:visible').count(), 2);
  });
});

for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const) {
  test(`text stands out from what is behind it: ${theme}`, async () => {
    const incident = syntheticIncident();
    const stage = await openStage(own.browser, { page: 'timeline', theme, data: { incident: incident.id } });
    await stage.post(new TimelineFeed().snapshot(incident, nowMs, true));
    await stage.page.locator('.row').first().waitFor();
    for (const selector of ['.row .text', '.row time', '.row .source', '.milestones dt', '.chip', 'h1']) {
      const ratio = await stage.page.evaluate(contrastOf, selector);
      assert.ok(ratio >= 4.5, `${selector}: ${ratio.toFixed(2)}`);
    }
    await stage.page.close();
  });
}

/** In the browser: WCAG contrast of an element's text with the page behind it. */
function contrastOf(selector: string): number {
  const world = globalThis as unknown as {
    readonly document: { querySelector(text: string): object; readonly body: object };
    getComputedStyle(node: object): { readonly color: string; readonly backgroundColor: string };
  };
  const parts = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const back = parts(world.getComputedStyle(world.document.body).backgroundColor);
  const [r = 0, g = 0, b = 0, alpha = 1] = parts(
    world.getComputedStyle(world.document.querySelector(selector)).color,
  );
  const mixed = [r, g, b].map((value, index) => value * alpha + (back[index] ?? 0) * (1 - alpha));
  const light = (rgb: readonly number[]) => {
    const [lr = 0, lg = 0, lb = 0] = rgb.map(value => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
  };
  const [a, z] = [light(mixed), light(back)];
  return (Math.max(a, z) + 0.05) / (Math.min(a, z) + 0.05);
}
