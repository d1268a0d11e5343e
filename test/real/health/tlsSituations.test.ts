import assert from 'node:assert/strict';
import https from 'node:https';
import { after, before } from 'node:test';
import tls from 'node:tls';
import type { Adapters } from '../../../src/adapters/adapters.ts';
import type { HttpProbeSpec, ProbeSpec } from '../../../src/domain/health/model.ts';
import { type KeyPair, makeAuthority } from './parts/certificates.ts';
import { newAdapters, situations } from './parts/situation.ts';
import { chattyServer, listen, rudeServer, silentServer, type TestServer } from './parts/webServer.ts';

let adapters: Adapters;
const servers: Record<string, TestServer> = {};
const trustedBefore = tls.getCACertificates();

const serve = (pair: KeyPair, options: https.ServerOptions = {}) =>
  listen(https.createServer({ ...pair, ...options }, (_, response) => response.end('{"status":"ok"}')));

before(async () => {
  adapters = newAdapters();
  const authority = makeAuthority();
  tls.setDefaultCACertificates([...trustedBefore, authority.ca]);
  servers['good'] = await serve(authority.good);
  servers['soon'] = await serve(authority.soon);
  servers['expired'] = await serve(authority.expired);
  servers['other'] = await serve(authority.otherName);
  servers['self'] = await serve(authority.selfSigned);
  servers['strict'] = await serve(authority.good, {
    requestCert: true,
    rejectUnauthorized: true,
    ca: authority.ca,
  });
  servers['old'] = await serve(authority.good, {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  servers['silent'] = await listen(silentServer());
  servers['rude'] = await listen(rudeServer());
  servers['plain'] = await listen(chattyServer('220 mail.example ESMTP\r\n'));
});

after(async () => {
  tls.setDefaultCACertificates(trustedBefore);
  adapters.dispose();
  for (const server of Object.values(servers)) await server.close();
});

const port = (name: string) => servers[name]?.port ?? 0;
const web =
  (name: string, more: Partial<HttpProbeSpec> = {}, host = 'localhost') =>
  (): HttpProbeSpec => ({ kind: 'http', url: `https://${host}:${port(name)}/`, ...more });
const raw =
  (name: string, warnDays = 14) =>
  (): ProbeSpec => ({ kind: 'tls', host: 'localhost', port: port(name), warnDays });

situations(
  () => adapters,
  [
    {
      name: 'https: well, with its certificate and phases',
      spec: web('good'),
      verdict: 'up',
      seen: /^status 200$/,
      also: ({ facts, phases = {} }) => {
        assert.equal(facts?.['certificate'], 'good');
        assert.equal(facts?.['issuer'], 'Test Authority');
        assert.ok((phases.connectMs ?? 9e9) <= (phases.tlsMs ?? -1));
      },
    },
    { name: 'https: by address', spec: web('good', {}, '127.0.0.1'), verdict: 'up', seen: /200/ },
    {
      name: 'https: expires soon',
      spec: web('soon'),
      verdict: 'degraded',
      seen: /^certificate expires in 4 days$/,
    },
    {
      name: 'https: expires soon, later than asked',
      spec: web('soon', { warnCertificateDays: 3 }),
      verdict: 'up',
      seen: /200/,
    },
    {
      name: 'https: condition on the certificate',
      spec: web('soon', { warnCertificateDays: 0, conditions: ['certificate.days > 30'] }),
      verdict: 'down',
      seen: /^certificate.days is 4$/,
    },
    { name: 'https: expired', spec: web('expired'), verdict: 'down', seen: /^certificate has expired$/ },
    {
      name: 'https: another name',
      spec: web('other'),
      verdict: 'down',
      seen: /^certificate is for another name$/,
    },
    { name: 'https: self-signed', spec: web('self'), verdict: 'down', seen: /^certificate is self-signed$/ },
    {
      name: 'https: wants a certificate of us',
      spec: web('strict'),
      verdict: 'down',
      seen: /TLS handshake failed|connection closed/,
    },
    { name: 'https: too old a protocol', spec: web('old'), verdict: 'down', seen: /^TLS handshake failed/ },
    {
      name: 'https: no TLS there',
      spec: web('plain'),
      verdict: 'down',
      seen: /^the other side does not speak TLS$/,
    },
    {
      name: 'https: accepts and says nothing',
      spec: web('silent'),
      verdict: 'down',
      seen: /^connected, but no answer within 400 ms$/,
      timeoutMs: 400,
    },
    {
      name: 'https: hangs up in the handshake',
      spec: web('rude'),
      verdict: 'down',
      seen: /closed by the other side/,
    },
    { name: 'tls: well', spec: raw('good'), verdict: 'up', seen: /^certificate of good is valid$/ },
    {
      name: 'tls: expires soon',
      spec: raw('soon'),
      verdict: 'degraded',
      seen: /^certificate expires in 4 days$/,
    },
    {
      name: 'tls: expired, with what it is',
      spec: raw('expired'),
      verdict: 'down',
      seen: /^certificate has expired$/,
      also: ({ facts }) => assert.equal(facts?.['certificate'], 'expired'),
    },
    {
      name: 'tls: another name',
      spec: raw('other'),
      verdict: 'down',
      seen: /^certificate is for another name$/,
    },
    { name: 'tls: self-signed', spec: raw('self'), verdict: 'down', seen: /^certificate is self-signed$/ },
    { name: 'tls: no TLS there', spec: raw('plain'), verdict: 'down', seen: /does not speak TLS/ },
    {
      name: 'tls: silent',
      spec: raw('silent'),
      verdict: 'down',
      seen: /no answer within 400 ms/,
      timeoutMs: 400,
    },
    { name: 'tls: hangs up', spec: raw('rude'), verdict: 'down', seen: /closed by the other side/ },
    {
      name: 'tls: refused',
      spec: { kind: 'tls', host: '127.0.0.1', port: 1, warnDays: 14 },
      verdict: 'down',
      seen: /^connection refused$/,
    },
  ],
);
