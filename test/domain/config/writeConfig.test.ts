import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseConfig } from '../../../src/domain/config/parse.ts';
import { probeKinds } from '../../../src/domain/config/probeTable.ts';
import { toTargetText } from '../../../src/domain/config/probeTarget.ts';
import { writeConfig } from '../../../src/domain/config/writeConfig.ts';
import type { Service } from '../../../src/domain/health/model.ts';

const everything = `services:
  all:
    probes:
      - http: "https://example.com/a?b=c&d=$$\{x}"
        method: HEAD
        headers: { Accept: "text/html; q=1", Authorization: { secret: TOKEN, prefix: "Bearer " } }
        status: [200, 2xx, 300-399]
        degradedStatus: [429]
        when: ['json.status == "ok"', latency < 500ms]
        body: "^ok: #1"
        maxRedirects: 0
        certificateDays: 30
        externalApi: true
        title: "The: API"
        every: 1m30s
        timeout: 2s
        for: 5m
      - tcp: "[::1]:5432"
      - dns: example.com
        type: MX
        expect: mail.example.com
      - tls: example.com
        serverName: other.example.com
        certificateDays: 7
      - redis: localhost
        tls: false
        username: watch
        password: { secret: REDIS }
        memory: 80%
      - postgres: "db:5433"
        user: "0123"
        database: "true"
      - container: testgen-redis
      - container: { project: shop, service: web, number: 2 }
      - engine: true
        disk: 85%
      - host: true
        cpu: 90%
        memory: 91.5%
        disk: 92%
        path: /var/lib
      - command: 'make health-check PORT="\${PORT}" | grep -c $1'
        cwd: ops
      - prometheus: http://localhost:9090
        query: 'sum(rate(x{code=~"5..", path="\${y}"}[5m]))'
        when: value < 5
      - kubernetes: deployment/testgen
        namespace: testgen
        context: prod
      - metrics: http://localhost:8000/metrics
        series: [http_requests_total, 'api_requests{code="429"}']
`;

test('every kind of probe with every key is written and read back', () => {
  const first = parseConfig(everything, 'watchkeeper.yaml');
  assert.deepEqual(first.problems, []);
  const services = first.config?.services ?? [];
  const kinds = new Set(services[0]?.probes.map(probe => probe.spec.kind));
  assert.deepEqual([...kinds].sort(), [...probeKinds].sort());
  const text = writeConfig(services);
  const second = parseConfig(text, 'watchkeeper.yaml');
  assert.deepEqual(second.problems, [], text);
  const bare = (all: readonly Service[]) =>
    all.map(service => service.probes.map(probe => ({ ...probe, source: 0 })));
  assert.deepEqual(bare(second.config?.services ?? []), bare(services));
});

test('any text in a title, name or pattern survives writing and reading', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
      fc.string({ minLength: 1 }),
      (id, body) => {
        const spec = { kind: 'http', url: 'http://h/', headers: { Accept: body } } as const;
        const probe = {
          id: '',
          serviceId: id,
          title: body,
          spec,
          intervalMs: 10_000,
          timeoutMs: 3000,
          forMs: 60_000,
        };
        const service: Service = {
          id,
          title: body,
          dependsOn: [],
          probes: [{ ...probe, source: undefined }],
          aliases: [body],
          runbooks: [],
          source: undefined,
        };
        const { config, problems } = parseConfig(writeConfig([service]), 'w.yaml');
        assert.deepEqual(problems, [], writeConfig([service]));
        const [read] = config?.services ?? [];
        assert.equal(read?.id, id);
        assert.equal(read?.title, body);
        assert.deepEqual(read?.aliases, [body]);
        assert.deepEqual(read?.probes[0]?.spec, spec);
        assert.equal(read?.probes[0]?.title, body === toTargetText(spec) ? 'http://h/' : body);
      },
    ),
  );
});

test('nothing found is still a configuration', () => {
  const { config, problems } = parseConfig(writeConfig([]), 'watchkeeper.yaml');
  assert.deepEqual(problems, []);
  assert.deepEqual(config?.services, []);
});
