import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numberedPath, toReviewPath } from '../../../src/domain/review/fileName.ts';
import { toZone } from '../../../src/domain/review/zone.ts';
import { sampleIncident } from './sample.ts';

const incident = sampleIncident({ title: 'API: Login fällt aus / 500', highestSeverity: 2 });
const id = 'inc-20261121-k7qd';

const paths: readonly (readonly [string | undefined, string])[] = [
  [undefined, `docs/post-incident-reports/2026-11-21-${id}.md`],
  [
    'docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md',
    `docs/post-incident-reports/2026-11-21-${id}.md`,
  ],
  ['reviews/YYYY/MM/{title}.md', 'reviews/2026/11/api-login-fallt-aus-500.md'],
  ['<incident-id>-sev{level}', `${id}-sev2.md`],
  ['/etc/../../{date}.md', 'etc/2026-11-21.md'],
  ['C:\\reports\\{id}.md', `C-/reports/${id}.md`],
  ['a/con.md', 'a/con-.md'],
  ['', `${id}.md`],
];

for (const [template, path] of paths) {
  test(`the path template ${JSON.stringify(template)} gives ${path}`, () => {
    assert.equal(toReviewPath(incident, toZone('UTC'), template), path);
  });
}

test('the date is that of the impact in the zone of the report', () => {
  assert.match(toReviewPath(incident, toZone('Pacific/Kiritimati')), /2026-11-22-inc/);
});

test('whatever the template and title, the path stays inside and every part of it is a file name', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (template, title) => {
      const path = toReviewPath(sampleIncident({ title }), toZone('UTC'), `${template}{title}`);
      const parts = path.split('/');
      assert.ok(
        parts.every(
          part => part !== '' && part !== '.' && part !== '..' && !/[\\<>:"|?*\u0000-\u001f]/.test(part),
        ),
        path,
      );
      assert.match(path, /\.(?:md|markdown|mdx)$/i);
    }),
  );
});

test('a second file gets a number before its ending', () => {
  assert.deepEqual([numberedPath('a.b/c.md', 1), numberedPath('a.b/c.md', 2)], ['a.b/c.md', 'a.b/c-2.md']);
});
