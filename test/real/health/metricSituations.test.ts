import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Adapters } from '../../../src/adapters/adapters.ts';
import { type PrometheusPart, startPrometheus } from '../../parts/prometheus.ts';
import { newAdapters, situations } from './parts/situation.ts';

let adapters: Adapters;
let prometheus: PrometheusPart;

before(
  async () => {
    adapters = newAdapters();
    prometheus = await startPrometheus();
    const { url } = prometheus;
    for (let i = 0; i < 100; i++) {
      const text = await (await fetch(`${url}/api/v1/query?query=up`)).text();
      if (text.includes('"value"')) break;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  },
  { timeout: 120_000 },
);

after(async () => {
  adapters?.dispose();
  await prometheus?.stop();
});

const query = (text: string, condition?: string) => () =>
  ({
    kind: 'prometheus',
    url: prometheus.url,
    query: text,
    ...(condition === undefined ? {} : { condition }),
  }) as const;
situations(
  () => adapters,
  [
    { name: 'prometheus: a value', spec: query('up'), verdict: 'up', seen: /^value 1$/ },
    {
      name: 'prometheus: condition holds',
      spec: query('up', 'value == 1'),
      verdict: 'up',
      seen: /^value is 1$/,
    },
    {
      name: 'prometheus: condition fails',
      spec: query('up', 'value > 1'),
      verdict: 'down',
      seen: /^value is 1$/,
    },
    { name: 'prometheus: a scalar', spec: query('2 * 21', 'value in 40..45'), verdict: 'up', seen: /42/ },
    {
      name: 'prometheus: no data is no verdict',
      spec: query('up{job="none"}', 'value == 1'),
      verdict: 'unknown',
      seen: /gave no data/,
    },
    {
      name: 'prometheus: a query with a mistake',
      spec: query('up{'),
      verdict: 'unknown',
      seen: /^Prometheus: .*parse/,
    },
    {
      name: 'prometheus: a condition with a mistake',
      spec: query('up', 'value = 1'),
      verdict: 'unknown',
      seen: /write ==/,
    },
    {
      name: 'metrics: named series',
      spec: () => ({ kind: 'metrics', url: `${prometheus.url}/metrics`, series: ['go_goroutines'] }),
      verdict: 'up',
      seen: /^go_goroutines \d+/,
      also: ({ facts }) => assert.match(facts?.['go_goroutines'] ?? '', /^\d+/),
    },
    {
      name: 'metrics: a series that is not there',
      spec: () => ({
        kind: 'metrics',
        url: `${prometheus.url}/metrics`,
        series: ['go_goroutines', 'llm_requests'],
      }),
      verdict: 'degraded',
      seen: /^no series llm_requests$/,
    },
  ],
);
