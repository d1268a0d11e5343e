// Pictures of the pages in every theme: node test/webview/preview.ts <folder> [theme …]
import fs from 'node:fs';
import path from 'node:path';
import { toServiceSnapshot } from '../../src/ui/pages/serviceSnapshot.ts';
import { TimelineFeed } from '../../src/ui/pages/timelineFeed.ts';
import { openBrowser } from './browser.ts';
import { openStage } from './pageStage.ts';
import { nowMs, syntheticIncident } from './syntheticIncident.ts';
import { serviceNowMs, syntheticService } from './syntheticService.ts';
import { type ThemeName, themes } from './themes.ts';

const [folder = 'preview', ...wanted] = process.argv.slice(2);
fs.mkdirSync(folder, { recursive: true });
const names = (Object.keys(themes) as ThemeName[]).filter(
  name => wanted.length === 0 || wanted.includes(name),
);
const { browser, close } = await openBrowser();
try {
  for (const theme of names) {
    await drawService(theme);
    for (const count of [7, 10_000]) {
      const incident = syntheticIncident(count);
      const stage = await openStage(browser, { page: 'timeline', theme, data: { incident: incident.id } });
      const feed = new TimelineFeed();
      await stage.post(feed.snapshot(incident, nowMs, true));
      await stage.page.waitForTimeout(400);
      await stage.page.screenshot({ path: path.join(folder, `timeline-${theme}-${count}.png`) });
      if (count === 7) {
        const entry = incident.entries[0];
        await stage.page.locator('.row .text', { hasText: 'testgen-postgres died' }).click();
        if (entry) await stage.post(feed.detail(entry, history(entry.atMs)));
        await stage.page.hover('.plot', { position: { x: 620, y: 60 } });
        await stage.page.waitForTimeout(300);
        await stage.page.screenshot({ path: path.join(folder, `timeline-${theme}-detail.png`) });
        await stage.page.keyboard.press('e');
        await stage.page.waitForTimeout(200);
        await stage.page.screenshot({ path: path.join(folder, `timeline-${theme}-edit.png`) });
        await stage.page.keyboard.press('Escape');
        await stage.page.keyboard.press('Escape');
        await stage.page.keyboard.press('r');
        await stage.page.keyboard.press('ArrowRight');
        await stage.page.mouse.move(0, 0);
        await stage.page.waitForTimeout(200);
        await stage.page.screenshot({ path: path.join(folder, `timeline-${theme}-replay.png`) });
      }
      for (const text of [...stage.errors, ...stage.violations]) console.log(`${theme} ${count}: ${text}`);
      await stage.page.close();
    }
  }
} finally {
  await close();
}

function history(atMs: number) {
  const first = {
    recordedAtMs: atMs + 2000,
    who: undefined,
    change: 'recorded',
    atMs,
    action: undefined,
  } as const;
  return [
    { ...first, event: 'testgen-postgres died, exit 137' },
    {
      ...first,
      recordedAtMs: atMs + 90_000,
      who: 'on-call',
      change: 'corrected',
      event: 'testgen-postgres died, exit 137: killed, out of memory',
    } as const,
  ];
}

async function drawService(theme: ThemeName): Promise<void> {
  const stage = await openStage(browser, {
    page: 'service',
    theme,
    data: { service: 'postgres' },
    height: 760,
  });
  await stage.post(
    toServiceSnapshot(syntheticService, 'postgres', { revision: 1, nowMs: serviceNowMs, timeZone: 'UTC' }),
  );
  await stage.page.waitForTimeout(300);
  await stage.page.screenshot({ path: path.join(folder, `service-${theme}-hour.png`) });
  await stage.page.getByRole('button', { name: 'last day' }).click();
  await stage.page.waitForTimeout(100);
  await stage.page.screenshot({ path: path.join(folder, `service-${theme}-day.png`) });
  for (const text of [...stage.errors, ...stage.violations]) console.log(`service ${theme}: ${text}`);
  await stage.page.close();
}
