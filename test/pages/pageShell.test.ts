import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPageHtml } from '../../src/ui/pages/pageShell.ts';

const shell = {
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'abc123',
  language: 'en',
  title: 'Timeline',
  scriptUri: 'https://x/timeline.js',
  styleUris: ['https://x/page.css'],
};

test('the policy forbids everything that is not named', () => {
  const html = toPageHtml(shell);
  assert.match(html, /content="default-src 'none'; script-src 'nonce-abc123'; style-src https:\/\/\*/);
  assert.doesNotMatch(html, /unsafe-(inline|eval|hashes)/);
  // The hash of an empty text: the toolkit's question to the browser, and no style that says anything.
  assert.match(html, /style-src [^;]* 'sha256-47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU='; font/);
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.match(html, /<script nonce="abc123" src="https:\/\/x\/timeline\.js"><\/script>/);
  assert.match(html, /<html lang="en">/);
});

test('a title or fact cannot break out of its place', () => {
  const html = toPageHtml({
    ...shell,
    title: '</title><script>alert(1)</script>',
    data: { incident: '"><img src=x onerror=alert(1)>' },
  });
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.doesNotMatch(html, /<img/);
  assert.match(html, /data-incident="&quot;&gt;&lt;img/);
});
