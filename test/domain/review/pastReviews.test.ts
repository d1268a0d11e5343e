import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { parsePastReview, searchReviews, similarIncidents } from '../../../src/domain/review/pastReviews.ts';
import { sampleIncident } from './sample.ts';

const own = fillReview(builtInTemplate, sampleIncident(), { timeZone: 'UTC', nowMs: 0 }).text;

const redis = parsePastReview(
  'docs/post-incident-reports/2026-08-02-inc-20260802-aaaa.md',
  '# Post-Incident Review: Redis evicts keys\r\n\r\n- **Date**: 2026-08-02\r\n- **Severity**: SEV-2\r\n\r\n## Timeline\r\n| 10:00 | cache misses |\r\n\r\n## Root Cause\r\nmaxmemory was too low for the cache.\r\n\r\n## Action Items\r\n- [ ] Raise maxmemory\r\n- [x] Add a dashboard\r\n- [ ] {Action 2} - Assigned to {Person}\r\n',
);
const certificate = parsePastReview(
  'postmortems/tls.md',
  '# Postmortem: Certificate expired\n\nDate: 2025-03-04\nPriority: P1\n\n### 4. Root cause\nNobody renewed the certificate.\n',
);
const disk = parsePastReview(
  'postmortems/disk.md',
  '# Database disk full\n\n## Root Cause\nLogs filled the disk of postgres.\n',
);
const all = [redis, certificate, disk];

test('our own review is read back: title, date, severity, resolution; open fields stay unknown', () => {
  const review = parsePastReview('r/x.md', own);
  assert.deepEqual(
    [review.title, review.date, review.severity, review.rootCause, review.resolution],
    ['PostgreSQL down', '2026-11-21', 1, undefined, '1. 10:09 `docker-compose restart postgres` (exit 0)'],
  );
  assert.deepEqual(review.openActions, ['Alert on disk use - Assigned to Kim - Due 2026-11-28']);
});

test('reviews in other shapes are read as far as they say something', () => {
  assert.deepEqual([redis.title, redis.date, redis.severity], ['Redis evicts keys', '2026-08-02', 2]);
  assert.deepEqual(redis.openActions, ['Raise maxmemory']);
  assert.deepEqual(
    [certificate.title, certificate.date, certificate.severity, certificate.rootCause],
    ['Certificate expired', '2025-03-04', 1, 'Nobody renewed the certificate.'],
  );
  assert.deepEqual([disk.title, disk.date, disk.severity], ['Database disk full', undefined, undefined]);
  assert.equal(parsePastReview('a/empty.md', '').title, 'empty.md');
});

test('search wants every word, takes beginnings, and lists all, newest first, for no word', () => {
  assert.deepEqual(
    searchReviews(all, 'cert renew').map(({ title }) => title),
    ['Certificate expired'],
  );
  assert.deepEqual(searchReviews(all, 'disk redis'), []);
  assert.deepEqual(
    searchReviews(all, ' ').map(({ title }) => title),
    ['Redis evicts keys', 'Certificate expired', 'Database disk full'],
  );
});

test('a new incident finds the one it is like, and says by which words', () => {
  const [first] = similarIncidents(all, 'Redis memory: cache keys evicted, maxmemory reached');
  assert.equal(first?.review.title, 'Redis evicts keys');
  assert.ok(first.because.includes('maxmemory') && first.score > 0.2 && first.score <= 1);
  assert.deepEqual(
    similarIncidents(all, 'postgres disk').map(({ review }) => review.title),
    ['Database disk full'],
  );
  assert.deepEqual(similarIncidents(all, 'kubernetes scheduling'), []);
  assert.deepEqual(similarIncidents([], 'anything'), []);
});
