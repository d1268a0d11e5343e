// What goes into the images of the demo and of the tests.
import fs from 'node:fs';
import path from 'node:path';
import { findProgram } from '../systemParts.ts';
import type { ImageRecipe } from './rootfs.ts';

/** A few megabytes with a shell and common tools, for containers that only have to exist. */
export const busyboxImage: ImageRecipe = { name: 'busybox:latest', programs: [], changes: ['CMD ["sh"]'] };

/** The Node that runs us. */
export const nodeImage: ImageRecipe = { name: 'node:latest', programs: [process.execPath] };

export function redisImage(name = 'testgen-redis:latest'): ImageRecipe {
  const programs = [programPath('redis-server', 'redis-server'), programPath('redis-cli', 'redis-tools')];
  const cmd = 'CMD ["redis-server","--save","","--appendonly","no","--bind","127.0.0.1"]';
  return { name, programs, changes: ['WORKDIR /data', cmd] };
}

/** A cluster is made at the first start in /var/lib/postgresql/data; everybody on loopback is trusted. */
export function postgresImage(name = 'testgen-postgres:latest'): ImageRecipe {
  const home = postgresHome();
  const tools = ['postgres', 'initdb', 'psql', 'pg_isready', 'pg_ctl'];
  return {
    name,
    programs: tools.map(tool => path.join(home, 'bin', tool)),
    files: {
      [path.join(home, 'lib')]: path.join(home, 'lib'),
      [postgresShare(home)]: postgresShare(home),
      '/usr/share/zoneinfo': '/usr/share/zoneinfo',
    },
    texts: { '/usr/local/bin/start-postgres': postgresStart(home) },
    changes: ['USER 999:999', 'CMD ["start-postgres"]'],
  };
}

function postgresStart(home: string): string {
  return `#!/bin/sh
set -e
export PATH=${home}/bin:$PATH
export PGDATA=\${PGDATA:-/tmp/postgres-data}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb -D "$PGDATA" -U "\${POSTGRES_USER:-testgen}" -A trust --no-locale -E UTF8 --no-sync > /tmp/initdb.log 2>&1
  echo "CREATE DATABASE \${POSTGRES_USER:-testgen}" | postgres --single -D "$PGDATA" postgres > /tmp/initdb.log 2>&1
fi
exec postgres -D "$PGDATA" -c listen_addresses=127.0.0.1 -c port="\${PGPORT:-5432}" \\
  -c unix_socket_directories=/var/run/postgresql -c fsync=off -c jit=off -c log_connections=off
`;
}

/** The newest server that the machine has. */
export function postgresHome(): string {
  const base = '/usr/lib/postgresql';
  const versions = fs.existsSync(base) ? fs.readdirSync(base).filter(name => /^\d+$/.test(name)) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  return path.join(base, newest);
}

function postgresShare(home: string): string {
  return home.replace('/usr/lib/', '/usr/share/');
}

function programPath(name: string, aptPackage: string): string {
  const found = findProgram(name);
  if (found === undefined) throw new Error(`${name} is missing: apt-get install ${aptPackage}`);
  return found;
}
