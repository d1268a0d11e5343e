import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toServiceSnapshot } from '../../../src/ui/pages/serviceSnapshot.ts';
import { openBrowser } from '../../webview/browser.ts';
import { openStage } from '../../webview/pageStage.ts';
import { serviceNowMs, syntheticService } from '../../webview/syntheticService.ts';

test('the page of a service shows its checks, keeps failures apart and asks by intents only', async () => {
  const { browser, close } = await openBrowser();
  try {
    const stage = await openStage(browser, { page: 'service', data: { service: 'postgres' } });
    const moment = { revision: 2, nowMs: serviceNowMs, timeZone: 'UTC' };
    await stage.post(toServiceSnapshot(syntheticService, 'postgres', moment));
    const { page } = stage;
    await page.getByRole('heading', { level: 1, name: 'postgres' }).waitFor();
    assert.equal(await page.locator('.card').count(), 2);
    assert.match(await page.locator('.failures').first().innerText(), /connection refused.*×25 since 10:01/s);
    assert.match(await page.locator('.facts').innerText(), /Container.*image\s+postgres:16/s);
    assert.equal(await page.locator('.card').first().locator('.span.state-gap').count(), 1);
    await page.getByRole('button', { name: 'docs/runbooks/service-down.md' }).click();
    await page.getByRole('button', { name: 'watchkeeper.yaml:14' }).click();
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByRole('button', { name: 'last day' }).click();
    assert.deepEqual(await stage.sent(), [
      { type: 'ready' },
      { type: 'openRunbook', file: 'docs/runbooks/service-down.md' },
      { type: 'openProbeSource', probeId: 'postgres/ready' },
      { type: 'probeNow' },
    ]);
    assert.deepEqual(await stage.state(), { serviceId: 'postgres', span: 'day' });
    await stage.post(toServiceSnapshot(syntheticService, 'disk', { ...moment, revision: 1 }));
    await page.waitForTimeout(50);
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'postgres');
    assert.deepEqual(stage.errors, []);
    assert.deepEqual(stage.violations, []);
  } finally {
    await close();
  }
});
