import fs from 'node:fs';
import path from 'node:path';
import { Run } from '../../tools/lib/run.ts';
import { ensureSystemParts, findProgram } from '../../tools/lib/systemParts.ts';
import { freePort } from '../../tools/lib/vscodeServer.ts';
import { type Part, startProgram, untilReady } from './part.ts';

export interface PrometheusPart extends Part {
  readonly url: string;
  readonly pid: number;
}

export interface PrometheusOptions {
  /** Addresses `host:port` to scrape every second; Prometheus itself when left out. */
  readonly targets?: readonly string[];
}

/** A private Prometheus that scrapes each second. */
export async function startPrometheus({ targets }: PrometheusOptions = {}): Promise<PrometheusPart> {
  await ensureSystemParts(['prometheus']);
  const run = new Run();
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const config = path.join(run.folder, 'prometheus.json');
  const job = { job_name: 'tests', static_configs: [{ targets: targets ?? [address] }] };
  fs.writeFileSync(config, JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: [job] }));
  const child = startProgram(run, {
    name: 'prometheus',
    program: findProgram('prometheus') ?? 'prometheus',
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${path.join(run.folder, 'data')}`,
      `--web.listen-address=${address}`,
    ],
  });
  const url = `http://${address}`;
  try {
    const log = path.join(run.folder, 'prometheus.log');
    await untilReady(log, child, async () => (await fetch(`${url}/-/ready`)).ok);
  } catch (error) {
    await run.end();
    throw error;
  }
  return { folder: run.folder, url, pid: child.pid ?? 0, stop: () => run.end() };
}
