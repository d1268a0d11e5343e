// A workspace with a configuration, a file that it includes, a .env, and a compose file that names one thing more.
import fs from 'node:fs';
import path from 'node:path';
import type { SetupContext, SuiteSetup } from './setup.ts';

const config = `include: [ops/more.yml]
environments:
  local: { title: this machine, color: green }
  prod: { color: red, variables: { CACHE_PORT: "1" } }
defaults: { every: 1s, timeout: 500ms, for: 1s }
services:
  shop:
    title: The Shop
    dependsOn: [cache]
    probes:
      - http: http://127.0.0.1:\${SHOP_PORT}/health
`;

const included = `services:
  cache:
    title: The Cache
    every: 1s
    for: 1s
    probes:
      - tcp: 127.0.0.1:\${CACHE_PORT}
`;

const compose = 'services:\n  queue:\n    image: rabbitmq:3\n    ports: ["5672:5672"]\n';

export async function setup({ folder }: SetupContext): Promise<SuiteSetup> {
  fs.mkdirSync(path.join(folder, 'ops'));
  fs.writeFileSync(path.join(folder, '.env'), 'SHOP_PORT=1\nCACHE_PORT=1\n');
  fs.writeFileSync(path.join(folder, 'watchkeeper.yaml'), config);
  fs.writeFileSync(path.join(folder, 'ops', 'more.yml'), included);
  fs.writeFileSync(path.join(folder, 'docker-compose.yml'), compose);
  fs.writeFileSync(path.join(folder, 'other.yaml'), 'services:\n  ');
  return { workspace: folder, env: { DOCKER_HOST: `unix://${folder}/none.sock` } };
}
