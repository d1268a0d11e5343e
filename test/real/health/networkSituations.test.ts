import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { after, before } from 'node:test';
import type { Adapters } from '../../../src/adapters/adapters.ts';
import { DnsProbe } from '../../../src/adapters/probes/dnsProbe.ts';
import { withDeadline } from '../../../src/app/health/deadline.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { ProbeSpec } from '../../../src/domain/health/model.ts';
import { type NameServer, startNameServer } from './parts/nameServer.ts';
import { newAdapters, situations, target } from './parts/situation.ts';
import { startWalledNetwork, type WalledNetwork } from './parts/walledNetwork.ts';

let adapters: Adapters;
let network: WalledNetwork;
let names: NameServer;
let full: { readonly port: number; readonly child: ChildProcess };
const waiting: net.Socket[] = [];

before(
  async () => {
    adapters = newAdapters();
    [network, names, full] = await Promise.all([startWalledNetwork(), startNameServer(), startFull()]);
    network.filter('-A INPUT -p tcp --dport 81 -j DROP');
    network.filter('-A INPUT -p tcp --dport 82 -j REJECT --reject-with icmp-host-unreachable');
    network.filter('-A INPUT -p tcp --dport 83 -j REJECT --reject-with icmp-net-unreachable');
    network.filter('-A INPUT -p tcp --dport 84 -j REJECT --reject-with tcp-reset');
  },
  { timeout: 120_000 },
);

after(async () => {
  adapters?.dispose();
  for (const socket of waiting) socket.destroy();
  full?.child.kill('SIGKILL');
  await names?.close();
  await network?.stop();
});

/** Its queue of connections is full: further ones get no answer at all, as if the machine were gone. */
async function startFull(): Promise<{ port: number; child: ChildProcess }> {
  const child = fork(path.join(import.meta.dirname, 'parts', 'fullServer.mjs'), { execArgv: [] });
  const port = await new Promise<number>(resolve => child.once('message', value => resolve(Number(value))));
  child.kill('SIGSTOP');
  for (let i = 0; i < 8; i++) {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => {});
    waiting.push(socket);
  }
  await new Promise(resolve => setTimeout(resolve, 300));
  return { port, child };
}

const behind = (port: number) => (): ProbeSpec => ({ kind: 'tcp', host: network.address, port });
const store = (): ProbeSpec => ({ kind: 'redis', host: network.address, port: 6_379 });

situations(
  () => adapters,
  [
    {
      name: 'network: a black hole, packets are dropped (TCP)',
      spec: behind(81),
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    {
      name: 'network: a black hole (HTTP)',
      spec: () => ({ kind: 'http', url: `http://${network.address}:81/health` }),
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    {
      name: 'network: a black hole (HTTPS)',
      spec: () => ({ kind: 'http', url: `https://${network.address}:81/` }),
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    {
      name: 'network: a black hole (TLS)',
      spec: () => ({ kind: 'tls', host: network.address, port: 81, warnDays: 14 }),
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    {
      name: 'network: a black hole (Redis)',
      spec: () => ({ kind: 'redis', host: network.address, port: 81 }),
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    {
      name: 'network: a black hole (PostgreSQL)',
      spec: () => ({ kind: 'postgres', host: network.address, port: 81 }),
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    {
      name: 'network: a black hole (Prometheus)',
      spec: () => ({ kind: 'prometheus', url: `http://${network.address}:81`, query: 'up' }),
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    { name: 'network: host unreachable', spec: behind(82), verdict: 'down', seen: /^host unreachable$/ },
    {
      name: 'network: no route to it says nothing of the service',
      spec: behind(83),
      verdict: 'unknown',
      seen: /^unknown from here: no route/,
    },
    {
      name: 'network: refused by a firewall',
      spec: behind(84),
      verdict: 'down',
      seen: /^connection refused$/,
    },
    {
      name: 'network: a queue of connections that is full',
      spec: () => ({ kind: 'http', url: `http://127.0.0.1:${full.port}/` }),
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    { name: 'network: before the cable is cut', spec: store, verdict: 'up', seen: /^PONG$/ },
    {
      name: 'network: half-open, the kept connection does not know that the cable is cut',
      spec: async () => {
        await withDeadline(probeOf('redis'), target(store(), 2_000), systemClock);
        network.filter('-I INPUT -j DROP');
        return store();
      },
      verdict: 'down',
      seen: /^connected, but no answer within 600 ms$/,
      timeoutMs: 600,
    },
    {
      name: 'network: still cut, a new connection',
      spec: store,
      verdict: 'down',
      seen: /^no connection within 600 ms$/,
      timeoutMs: 600,
    },
    {
      name: 'network: the cable is back',
      spec: () => {
        network.filter('-D INPUT -j DROP');
        return store();
      },
      verdict: 'up',
      seen: /^PONG$/,
    },
  ],
);

function probeOf(kind: ProbeSpec['kind']) {
  return adapters.probe(kind) ?? assert.fail(kind);
}

const ask = (name: string, recordType = 'A', expect?: string): ProbeSpec => ({
  kind: 'dns',
  name: `${name}.test`,
  recordType,
  ...(expect === undefined ? {} : { expect }),
});

situations(
  () => ({ probe: () => new DnsProbe(systemClock, [names.address]) }),
  [
    { name: 'dns: an address', spec: ask('ok'), verdict: 'up', seen: /^192\.0\.2\.1$/ },
    {
      name: 'dns: one of two is expected',
      spec: ask('two', 'A', '192.0.2.2'),
      verdict: 'up',
      seen: /192\.0\.2\.2/,
    },
    { name: 'dns: IPv6 only', spec: ask('only6', 'AAAA'), verdict: 'up', seen: /^2001:db8::6$/ },
    { name: 'dns: a text', spec: ask('text', 'TXT', 'hello'), verdict: 'up', seen: /^hello$/ },
    { name: 'dns: an alias', spec: ask('alias', 'CNAME', 'ok.test'), verdict: 'up', seen: /^ok\.test$/ },
    {
      name: 'dns: no such name',
      spec: ask('nx'),
      verdict: 'down',
      seen: /^no such name$/,
    },
    {
      name: 'dns: the name has no address of that kind',
      spec: ask('only6', 'A'),
      verdict: 'down',
      seen: /^no record of this type$/,
    },
    {
      name: 'dns: the name server is in trouble',
      spec: ask('servfail'),
      verdict: 'down',
      seen: /SERVFAIL/,
    },
    {
      name: 'dns: the name server refuses',
      spec: ask('refused'),
      verdict: 'down',
      seen: /refused to answer$/,
    },
    {
      name: 'dns: the name server says nothing',
      spec: ask('silent'),
      verdict: 'unknown',
      seen: /name server does not answer$/,
      timeoutMs: 500,
    },
    {
      name: 'dns: the name server answers too late',
      spec: ask('late'),
      verdict: 'unknown',
      seen: /name server does not answer$/,
      timeoutMs: 500,
    },
    {
      name: 'dns: an answer to another question is none',
      spec: ask('other'),
      verdict: 'unknown',
      seen: /name server does not answer$/,
      timeoutMs: 500,
    },
    {
      name: 'dns: an answer that is none',
      spec: ask('garbage'),
      verdict: 'unknown',
      seen: /^unknown from here: the name server's answer/,
      timeoutMs: 500,
    },
  ],
);
