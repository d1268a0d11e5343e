import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  toContainerDetail,
  toContainerEvent,
  toContainerSummary,
} from '../../../src/adapters/docker/convert.ts';
import { LineCutter } from '../../../src/adapters/docker/lines.ts';
import { eventsPath, logPath } from '../../../src/adapters/docker/logPath.ts';

test('a killed container keeps its exit code and the reason', () => {
  const detail = toContainerDetail({
    Id: 'abc',
    Name: '/web',
    Created: '2026-01-01T00:00:00.5Z',
    RestartCount: 3,
    State: {
      Status: 'exited',
      ExitCode: 137,
      OOMKilled: true,
      StartedAt: '2026-01-01T00:00:01Z',
      FinishedAt: '2026-01-01T00:00:02Z',
    },
    Config: { Image: 'web:1', Tty: true, Labels: { a: '1,2', b: '' } },
    HostConfig: { LogConfig: { Type: 'json-file' } },
  });
  assert.deepEqual(detail, {
    id: 'abc',
    name: 'web',
    image: 'web:1',
    state: 'exited',
    statusText: 'exited (137)',
    labels: { a: '1,2', b: '' },
    createdAtMs: Date.parse('2026-01-01T00:00:00.5Z'),
    isTty: true,
    startedAtMs: Date.parse('2026-01-01T00:00:01Z'),
    finishedAtMs: Date.parse('2026-01-01T00:00:02Z'),
    exitCode: 137,
    isOomKilled: true,
    restartCount: 3,
    health: undefined,
    logDriver: 'json-file',
  });
});

for (const [config, bytes] of [
  [{ Type: 'json-file', Config: {} }, undefined],
  [{ Type: 'json-file', Config: { 'max-size': '200k', 'max-file': '3' } }, 200_000],
  [{ Type: 'json-file', Config: { 'max-size': '10m' } }, 10_000_000],
  [{ Type: 'json-file', Config: { 'max-size': '-1' } }, undefined],
  [{ Type: 'local', Config: {} }, 20_000_000],
  [{ Type: 'journald' }, undefined],
] as const) {
  test(`a log with ${JSON.stringify(config)} rotates at ${bytes} bytes`, () => {
    assert.equal(toContainerDetail({ HostConfig: { LogConfig: config } }).logRotatesAtBytes, bytes);
  });
}

test('a running container has no exit code, and year 1 is no time', () => {
  const detail = toContainerDetail({
    State: { Status: 'running', ExitCode: 0, FinishedAt: '0001-01-01T00:00:00Z' },
  });
  assert.equal(detail.exitCode, undefined);
  assert.equal(detail.finishedAtMs, undefined);
});

test('the last output of the health check is kept; "none" is no health check', () => {
  const health = { Status: 'unhealthy', FailingStreak: 4, Log: [{ Output: 'old' }, { Output: 'refused\n' }] };
  assert.deepEqual(toContainerDetail({ State: { Status: 'running', Health: health } }).health, {
    status: 'unhealthy',
    failingStreak: 4,
    lastOutput: 'refused',
  });
  assert.equal(toContainerDetail({ State: { Health: { Status: 'none' } } }).health, undefined);
});

test('answers with missing or odd parts are read as far as they go', () => {
  for (const odd of [undefined, null, 7, [], { State: null, Config: 'x' }]) {
    assert.equal(toContainerDetail(odd).state, 'unknown');
    assert.equal(toContainerSummary(odd).name, '');
  }
});

test('events keep their nanoseconds to the last digit', () => {
  const line =
    '{"status":"die","id":"c1","Type":"container","Action":"die","Actor":{"ID":"c1","Attributes":' +
    '{"exitCode":"137","image":"i","name":"web","com.docker.compose.project":"p"}},"time":1790000000,' +
    '"timeNano":1790000000123456789}';
  assert.deepEqual(toContainerEvent(line), {
    containerId: 'c1',
    name: 'web',
    action: 'die',
    atNs: 1790000000123456789n,
    exitCode: 137,
    healthStatus: undefined,
    labels: { 'com.docker.compose.project': 'p', image: 'i' },
  });
});

test('a health event gives its status', () => {
  const event = toContainerEvent(
    '{"Type":"container","Action":"health_status: unhealthy","Actor":{"ID":"c1","Attributes":{}},"time":5}',
  );
  assert.equal(event?.action, 'health_status');
  assert.equal(event?.healthStatus, 'unhealthy');
  assert.equal(event?.atNs, 5_000_000_000n);
});

test('what is no container event is passed over', () => {
  for (const line of ['', '{', '{"Type":"network","Action":"x","Actor":{"ID":"n"}}', '{"Type":"container"}'])
    assert.equal(toContainerEvent(line), undefined, line);
});

test('since is written as seconds and nine digits', () => {
  const path = logPath('a b', { follow: true, sinceNs: 1_700_000_000_000_000_042n, tail: 5 });
  assert.match(path, /^\/containers\/a%20b\/logs\?/);
  assert.match(path, /since=1700000000\.000000042/);
  assert.match(path, /follow=1/);
  assert.match(path, /tail=5/);
  assert.doesNotMatch(logPath('a', { follow: false }), /follow|since/);
});

test('health and out-of-memory events are asked for', () => {
  const asked = decodeURIComponent(eventsPath());
  for (const name of ['health_status', 'oom', 'die', 'start', 'destroy', 'rename', 'pause', 'unpause'])
    assert.ok(asked.includes(`"${name}"`), name);
});

test('lines come out whole at every cut of the stream', () => {
  const bytes = new TextEncoder().encode('{"a":"é€😀"}\n{"b":1}\n');
  for (let cut = 0; cut <= bytes.length; cut++) {
    const cutter = new LineCutter();
    const lines = [...cutter.push(bytes.subarray(0, cut)), ...cutter.push(bytes.subarray(cut))];
    assert.deepEqual(lines, ['{"a":"é€😀"}', '{"b":1}'], `cut at ${cut}`);
  }
});
