import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { LogView } from '../../../src/app/logs/logView.ts';
import { TailFeed } from '../../../src/app/logs/tailFeed.ts';
import type { LogTail } from '../../../src/app/logTails.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { parseMessage } from '../../../src/shared/fields.ts';
import type { LogsToHost } from '../../../src/shared/logsProtocol.ts';
import { logsToHost } from '../../../src/shared/logsProtocol.ts';
import { findHit, findRow } from '../../../src/ui/logs/rowFinder.ts';
import { ViewAnswers } from '../../../src/ui/logs/viewAnswers.ts';
import type { OwnBrowser } from '../../webview/browser.ts';
import { openBrowser } from '../../webview/browser.ts';
import type { PageStage } from '../../webview/pageStage.ts';
import { openStage } from '../../webview/pageStage.ts';
import type { ThemeName } from '../../webview/themes.ts';

const encoder = new TextEncoder();
const startSeconds = Date.parse('2026-11-21T10:00:00Z') / 1000;
let browser: OwnBrowser;

before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** The real host side, with the messages carried by hand instead of by VS Code. */
async function openPage(theme: ThemeName) {
  const labels = ['postgres', 'testgen'];
  const feeds = labels.map(label => new TailFeed(label, systemClock));
  for (const feed of feeds) feed.setState({ kind: 'following' });
  const tails = feeds.map(
    (feed, i): LogTail => ({
      source: { kind: 'container', ref: { by: 'name', name: labels[i] ?? '' } },
      id: labels[i] ?? '',
      label: labels[i] ?? '',
      store: feed.store,
      facts: feed.facts,
      older: undefined,
      state: feed.state,
      onDidAppend: feed.onDidAppend,
      onDidChangeState: feed.onDidChangeState,
      recentLines: () => [],
      snapshot: () => [],
      dispose: () => undefined,
    }),
  );
  const view = new LogView(systemClock);
  const stage = await openStage(browser.browser, { page: 'logs', theme, width: 1100, height: 420 });
  const post = (message: unknown) => void stage.post(message).catch(() => undefined);
  const options = {
    isJsonShort: true,
    boundaryText: (row: { kind: string; detail: string }) => `testgen ${row.kind} ${row.detail}`,
    redact: (text: string) => text.replaceAll(secret, '«redacted»'),
  };
  const answers = new ViewAnswers(view, () => options, post);
  view.onDidChange(() => answers.changed());
  view.setTails(tails);
  const handle = (message: LogsToHost) => {
    if (message.type === 'pull') answers.pull(message);
    else if (message.type === 'filter') view.setFilter(message);
    else if (message.type === 'search') view.setSearch(message.pattern);
    else if (message.type === 'fold') view.toggleFold(findRow(view, message.id) ?? -1);
    else if (message.type === 'step')
      post({ type: 'reveal', row: findHit(view, message.from, message.direction) });
  };
  let handled = 0;
  let isOpen = true;
  const carry = (async () => {
    while (isOpen) {
      const sent = await stage.sent();
      for (; handled < sent.length; handled++) {
        const message = parseMessage(logsToHost, sent[handled]);
        assert.ok(message, JSON.stringify(sent[handled]));
        handle(message);
      }
      await wait(10);
    }
  })();
  const add = (source: number, second: number, text: string, stream = 0) => {
    const bytes = encoder.encode(text);
    const line = {
      stream,
      seconds: startSeconds + second,
      nanos: 12_000_000,
      bytes,
      start: 0,
      end: bytes.length,
      isTruncated: false,
    };
    feeds[source]?.append(line);
  };
  const close = async () => {
    isOpen = false;
    await carry;
    await stage.page.close();
    view.dispose();
  };
  return { stage, add, feeds, close };
}

const shown = (stage: PageStage) => stage.page.locator('.row').allInnerTexts();

async function shows(stage: PageStage, pattern: RegExp): Promise<void> {
  await stage.page.locator('.row', { hasText: pattern }).first().waitFor({ timeout: 30_000 });
}

async function hasRows(stage: PageStage, count: number): Promise<void> {
  const endMs = performance.now() + 30_000;
  while ((await stage.page.locator('.row').count()) !== count) {
    assert.ok(performance.now() < endMs, `not ${count} rows: ${(await shown(stage)).join('\n')}`);
    await wait(20);
  }
}

const secret = 'hunter2-hunter2';

function addScene({ add, feeds }: Pick<Awaited<ReturnType<typeof openPage>>, 'add' | 'feeds'>): void {
  for (let i = 0; i < 500; i++) add(i % 2, i / 10, `line ${i} of an ordinary day`);
  add(0, 60, 'LOG:  checkpoint complete: wrote 812 buffers');
  for (let i = 0; i < 3; i++)
    add(0, 61 + i, `FATAL:  out of memory: failed on request of size ${8192 + i}`, 1);
  feeds[1]?.boundary({ kind: 'stopped', atMs: (startSeconds + 65) * 1000, detail: 'exit 137' });
  for (const text of [
    'ERROR query failed',
    'Traceback (most recent call last):',
    '  File "app.py"',
    'psycopg2.OperationalError: Connection refused',
  ])
    add(1, 66, text, 1);
  add(1, 67, '\x1b[32mgreen\x1b[0m <b>html</b> <img src=x onerror=alert(1)> \x1b]0;title\x07end');
  add(1, 67.5, `\x1b[31mlogin\x1b[0m with ${secret} and ${'x'.repeat(8100)}`);
  add(1, 68, '{"level":"warn","msg":"retrying","attempt":2}');
}

for (const theme of ['dark', 'light', 'hc-dark'] as const) {
  test(`the page shows the newest lines, folded, coloured and harmless (${theme})`, async () => {
    const opened = await openPage(theme);
    const { stage } = opened;
    addScene(opened);
    await shows(stage, /retrying/);
    const rows = (await shown(stage)).map(text => text.replaceAll(/\s+/g, ' '));
    const joined = rows.join('\n');
    assert.match(joined, /testgen .* ERROR query failed ?▸ 3 lines/);
    assert.match(joined, /testgen stopped exit 137 · \d\d:\d\d:05\.000/);
    assert.match(joined, /green <b>html<\/b> <img src=x onerror=alert\(1\)> end/);
    assert.match(joined, /WARN retrying attempt=2/);
    assert.match(joined, /×3 since/);
    assert.match(joined, /login with «redacted» and x+/);
    assert.ok(!(await stage.page.content()).includes(secret));
    const shot = process.env['WATCHKEEPER_SHOTS'];
    if (shot !== undefined) await stage.page.screenshot({ path: `${shot}/logs-${theme}.png` });
    await stage.page.getByText('▸ 3 lines').click();
    await shows(stage, /File "app.py"/);
    await stage.page.locator('.row', { hasText: 'retrying' }).locator('.fold').click();
    await shows(stage, /"attempt": 2/);
    const unfolded = (await shown(stage)).find(text => text.includes('"attempt": 2')) ?? '';
    assert.match(unfolded, /\{\n {2}"level": "warn",\n {2}"msg": "retrying",\n {2}"attempt": 2\n\}/);
    assert.deepEqual([stage.errors, stage.violations], [[], []]);
    await opened.close();
  });
}

test('filter, search, keys, pause and pinning', async () => {
  const opened = await openPage('dark');
  const { stage, add } = opened;
  addScene(opened);
  await shows(stage, /retrying/);
  const { page } = stage;
  await page.getByLabel('Show only (regex)').fill('line 4[0-4]\\b');
  await hasRows(stage, 6);
  assert.match((await shown(stage)).join(), /line 40 of/);
  await page.getByLabel('Show only (regex)').fill('(');
  await page.locator('.invalid').waitFor();
  await page.getByLabel('Show only (regex)').fill('');
  await shows(stage, /retrying/);
  await page.locator('.list').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('line 25\\b');
  await page.getByText('1 found').waitFor();
  await page.keyboard.press('Enter');
  await shows(stage, /line 25 of/);
  assert.equal(await page.locator('.cursor mark').innerText(), 'line 25');
  for (let i = 0; i < 40; i++) add(0, 100 + i, `late ${i}`);
  await page.getByText('Paused · 40 new').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('p');
  await page.waitForFunction(() =>
    Reflect.get(globalThis, 'sentMessages').some((sent: { type: string }) => sent.type === 'pin'),
  );
  const pin = (await stage.sent()).find(message => message.type === 'pin');
  assert.deepEqual(pin, { type: 'pin', firstId: '1:12', lastId: '0:13' });
  await page.keyboard.press('f');
  await shows(stage, /late 39/);
  await page.keyboard.press('Home');
  await shows(stage, /line 0 of/);
  await page.keyboard.press('End');
  await shows(stage, /late 39/);
  const bar = await page.getByRole('toolbar').boundingBox();
  assert.ok(bar !== null && bar.height < 40, 'the toolbar is one line');
  await page.getByRole('button', { name: 'Which levels and streams are shown' }).click();
  await page.getByRole('button', { name: 'Show fatal lines only' }).click();
  await hasRows(stage, 4);
  await page.getByText('Only fatal').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Times, looks, and taking lines out' }).click();
  await page.getByRole('button', { name: 'Open as document' }).click();
  assert.equal((await stage.sent()).at(-1)?.type, 'openDocument');
  assert.deepEqual([stage.errors, stage.violations], [[], []]);
  await opened.close();
});
