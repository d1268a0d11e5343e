import fs from 'node:fs';
import path from 'node:path';

const env = process.env;

/** A port that is empty means: this dependency is not there. */
function store(prefix) {
  const port = Number(env[`${prefix}_PORT`] ?? 0);
  return port > 0 ? { host: env[`${prefix}_HOST`] || '127.0.0.1', port } : undefined;
}

export const settings = {
  version: env.TESTGEN_VERSION || '1.4.2',
  port: Number(env.TESTGEN_PORT || 8000),
  upstreamPort: Number(env.UPSTREAM_PORT || 8001),
  data: env.TESTGEN_DATA || '/data',
  cache: env.TESTGEN_CACHE || '/tmp/testgen-cache',
  requestsPerSecond: Number(env.TESTGEN_TRAFFIC || 1),
  redis: store('REDIS'),
  postgres: store('POSTGRES') && { ...store('POSTGRES'), user: 'testgen', database: 'postgres' },
};

/** The service's own settings file. A broken one ends the start, as it should. */
export function readSettingsFile() {
  const file = path.join(settings.data, 'settings.json');
  if (!fs.existsSync(file)) return { language: 'python' };
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`Configuration error: ${file} is not valid JSON`, { cause: error });
  }
}
