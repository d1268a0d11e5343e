// One reader of a container's log as a process of its own, so that its time and memory are its own.
//   reader.ts ring <socket> <container,container>  the whole logs into rings, all at once; prints lines and cost
//   reader.ts latency <socket> <container> <s>     follows; prints the delays from write to ring in ms
//   reader.ts cli-latency <s>                      the same for `docker logs -f -t` on stdin
import { DockerEngine } from '../../../src/adapters/docker/dockerEngine.ts';
import { StreamReader } from '../../../src/app/logs/streamReader.ts';
import { TailFeed } from '../../../src/app/logs/tailFeed.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { ResumeFilter } from '../../../src/domain/logs/resume.ts';
import { percentile } from './measure.ts';

const [mode, socketPath = '', container = '', seconds = '5'] = process.argv.slice(2);
const nowMs = () => performance.timeOrigin + performance.now();

if (mode === 'ring') await readAll();
else if (mode === 'latency') await follow();
else await listen();
process.exit(0);

function newEngine(): DockerEngine {
  const address = { kind: 'socket', socketPath } as const;
  const candidate = { endpoint: socketPath, origin: 'bench', address, problem: undefined };
  return new DockerEngine({ candidates: async () => [candidate], clock: systemClock, random: Math.random });
}

/** The time and CPU that node takes to start are not the reader's: the extension host runs already. */
async function readAll(): Promise<void> {
  const engine = newEngine();
  const names = container.split(',');
  await engine.find({ by: 'name', name: names[0] ?? '' });
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const counts = await Promise.all(names.map(name => readOne(engine, name)));
  const { user, system } = process.cpuUsage(before);
  const lines = counts.reduce((sum, count) => sum + count, 0);
  const wallS = (performance.now() - startedMs) / 1000;
  process.stdout.write(JSON.stringify({ lines, wallS, cpuS: (user + system) / 1e6 }));
}

async function readOne(engine: DockerEngine, name: string): Promise<number> {
  const feed = new TailFeed(name, systemClock);
  const options = { isTty: false, pending: [], rotation: undefined };
  const reader = new StreamReader(feed, new ResumeFilter(), options);
  const signal = new AbortController().signal;
  await engine.openLog(name, { follow: true }, chunk => reader.push(chunk), signal);
  await reader.finish();
  return feed.store.nextSeq;
}

async function follow(): Promise<void> {
  const feed = new TailFeed('bench', systemClock);
  const { store } = feed;
  const reader = new StreamReader(feed, new ResumeFilter(), {
    isTty: false,
    pending: [],
    rotation: undefined,
  });
  const abort = new AbortController();
  const delays: number[] = [];
  setTimeout(() => abort.abort(), Number(seconds) * 1000);
  let seen = 0;
  const push = (chunk: Uint8Array) => {
    reader.push(chunk);
    const atMs = nowMs();
    for (; seen < store.nextSeq; seen++) delays.push(atMs - store.timeMs(seen));
  };
  await newEngine().openLog(container, { follow: true, tail: 0 }, push, abort.signal);
  report(delays);
}

async function listen(): Promise<void> {
  const delays: number[] = [];
  const endMs = nowMs() + Number(socketPath) * 1000;
  let rest = '';
  for await (const chunk of process.stdin) {
    const atMs = nowMs();
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) delays.push(atMs - toMs(line));
    if (atMs > endMs) break;
  }
  report(delays);
}

/** Microseconds matter here: Date.parse stops at milliseconds. */
function toMs(line: string): number {
  return Date.parse(`${line.slice(0, 19)}Z`) + Number(`0${line.slice(19, 29)}`) * 1000;
}

function report(delays: readonly number[]): void {
  const { length } = delays;
  process.stdout.write(
    JSON.stringify({ lines: length, p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) }),
  );
}
