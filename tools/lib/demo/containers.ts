import path from 'node:path';
import { ensureImage } from '../images/ensureImage.ts';
import { postgresHome, postgresImage, redisImage } from '../images/recipes.ts';
import type { ImageRecipe } from '../images/rootfs.ts';
import { root } from '../process.ts';
import type { DemoEngine } from './compose.ts';

/** The service's image: Node itself, the service, and the clients that runbooks call inside it. */
function testgenImage(): ImageRecipe {
  return {
    name: 'testgen-copilot:latest',
    programs: [process.execPath, '/usr/bin/redis-cli', path.join(postgresHome(), 'bin', 'pg_isready')],
    files: { [path.join(root, 'demo', 'service')]: '/app' },
    changes: ['WORKDIR /app', 'ENV TESTGEN_VERSION=1.4.2', 'CMD ["node","/app/server.mjs"]'],
  };
}

export async function startContainers(engine: DemoEngine): Promise<void> {
  const recipes = [redisImage(), postgresImage(), testgenImage()];
  await Promise.all(recipes.map(recipe => ensureImage(recipe, engine.host)));
  engine.must(engine.compose('up', '-d', '--remove-orphans'), 'Starting the demo');
}

export function stopContainers(engine: DemoEngine): void {
  engine.must(engine.compose('down', '-t', '1', '--remove-orphans'), 'Stopping the demo');
}
