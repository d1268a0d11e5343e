import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { toImpactChart } from '../../../src/domain/review/chart.ts';
import { toCsvFile, toJsonFile } from '../../../src/domain/review/exportData.ts';
import { toHtmlFile } from '../../../src/domain/review/exportHtml.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { entry, sampleIncident } from './sample.ts';

const options = { timeZone: 'UTC', nowMs: Date.parse('2026-11-21T12:00:00Z') };

test('the chart draws what was measured, names it for those who cannot see it, and refers to nothing outside', () => {
  const svg = toImpactChart(sampleIncident({ title: 'a <b> & "c"' }), options) ?? '';
  assert.ok(svg.includes('<title id="title">Impact of a &lt;b&gt; &amp; &quot;c&quot;</title>'));
  assert.ok(svg.includes('From 2026-11-21 09:55 to 10:47 UTC. postgres: down from 10:01 to 10:10.'));
  assert.ok(svg.includes('<title>postgres: down, 10:01–10:10</title>'));
  for (const name of ['impactStart', 'detected', 'declared', 'resolved'])
    assert.ok(svg.includes(`>${name}<`), name);
  assert.ok(!/href|url\(|<script|<image|NaN|undefined/.test(svg));
});

test('a gap in the measurements is drawn as nothing', () => {
  const [lane] = sampleIncident().lanes;
  assert.ok(lane);
  const spans = lane.spans.map(span => (span.state === 'down' ? { ...span, state: 'gap' as const } : span));
  const svg = toImpactChart(sampleIncident({ lanes: [{ ...lane, spans }] }), options) ?? '';
  assert.ok(!svg.includes('postgres: gap') && svg.includes('no failure measured'));
  assert.equal(toImpactChart(sampleIncident({ lanes: [] }), options), undefined);
});

test('the HTML file has everything in itself and shows hostile text as text', () => {
  const incident = sampleIncident({
    title: '<img src=x onerror=alert(1)>',
    entries: [entry('w:1', 1, { event: '<script>alert(1)</script> [x](javascript:alert(1)) | a\nb' })],
  });
  const chartSvg = toImpactChart(incident, options);
  const markdown = `${fillReview(builtInTemplate, incident, options).text}\n![p](https://tracker.example/p.png)\n[bad](javascript:alert(1)) [good](https://example.org/)\n<iframe src="https://x.example"></iframe>\n`;
  const html = toHtmlFile({ markdown, chartSvg, language: 'en' });
  assert.ok(
    !/<script|<img|<iframe|onerror=alert\(1\)>(?!<\/)|href="javascript/i.test(
      html.replace(/&lt;[^&]*&gt;/g, ''),
    ),
  );
  assert.ok(html.includes('<title>Post-Incident Review: &lt;img src=x onerror=alert(1)&gt;</title>'));
  assert.ok(html.includes('<a href="https://tracker.example/p.png">p</a>'));
  assert.ok(html.includes('<a href="https://example.org/">good</a>'));
  assert.ok(html.includes('| a<br>b</td>'));
  assert.ok(html.includes('<li>☐ Alert on disk use'));
  assert.ok(
    html.indexOf('</h1>') < html.indexOf('<svg') && html.indexOf('<svg') < html.indexOf('At a Glance'),
  );
  assert.ok(html.includes("default-src 'none'"));
});

test('the JSON export can be read back and has its times as text', () => {
  const parsed: unknown = JSON.parse(toJsonFile(sampleIncident(), options.nowMs));
  assert.ok(typeof parsed === 'object' && parsed !== null && 'incident' in parsed && 'exportedAt' in parsed);
  assert.equal(parsed.exportedAt, '2026-11-21T12:00:00.000Z');
  const text = JSON.stringify(parsed);
  assert.ok(
    text.includes('"at":"2026-11-21T10:01:00.000Z"') && !/(?:at|from|until|observedAt)Ms"/.test(text),
  );
});

test('the CSV export survives quotes, lines and formulas', () => {
  const entries = [
    entry('w:1', 1, { event: 'said "no", then\nleft', action: '=HYPERLINK("x")' }),
    entry('w:2', 2, { isRetracted: true }),
  ];
  assert.equal(
    toCsvFile(sampleIncident({ entries })),
    'time,kind,event,action,service,by,curated,pinned,edited,id\r\n' +
      '2026-11-21T10:01:00.000Z,health,"said ""no"", then\nleft","\'=HYPERLINK(""x"")",,,true,false,false,w:1\r\n',
  );
});
