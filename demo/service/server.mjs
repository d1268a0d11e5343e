// TestGen: generates tests from code. A small service to be on call for; needs Node 20 or newer and nothing else.
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { faults, sufferFaults } from './faults.mjs';
import { checkHealth, noteRequest, writeToCache } from './health.mjs';
import { log, logError, plain } from './log.mjs';
import { count, metricsText } from './metrics.mjs';
import { askModel } from './model.mjs';
import { readSettingsFile, settings } from './settings.mjs';
import { postgresQuery, redisCommand } from './wire.mjs';

let activeRequests = 0;
let isReady = false;

const routes = {
  'GET /health': async () => {
    const health = await checkHealth();
    if (health.status !== 'ok') log('error', 'health check failed', { failing: health.failing });
    return [health.status === 'ok' ? 200 : 503, health];
  },
  'GET /ready': async () => [isReady ? 200 : 503, { ready: isReady }],
  'GET /version': async () => [200, { name: 'testgen', version: settings.version, node: process.version }],
  'GET /metrics': async () => [
    200,
    metricsText({
      active_requests: activeRequests,
      process_resident_memory_bytes: process.memoryUsage().rss,
      process_uptime_seconds: Math.round(process.uptime()),
    }),
  ],
  'POST /api/generate': generate,
};

async function generate() {
  count('api_requests');
  if (Math.random() < (faults().errorShare ?? 0))
    throw new TypeError("Cannot read properties of undefined (reading 'ast')");
  if (settings.postgres) await postgresQuery(settings.postgres, 'SELECT 1');
  if (settings.redis) await redisCommand(settings.redis, ['INCR', 'testgen:generated']);
  writeToCache();
  try {
    const text = await askModel(settings.upstreamPort);
    count('llm_requests_total', { outcome: 'ok' });
    return [200, { tests: text }];
  } catch (error) {
    count('llm_requests_total', { outcome: error.status === 429 ? 'rate_limited' : 'failed' });
    if (error.status !== 429) throw error;
    log('warn', 'Rate limit exceeded', { provider: 'demo', status: 429, event: 'llm_error' });
    return [429, { error: error.message }];
  }
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const start = performance.now();
  activeRequests++;
  request.resume();
  let result;
  try {
    if (faults().slowMs && pathname !== '/metrics') await delay(faults().slowMs);
    const route = routes[`${request.method === 'HEAD' ? 'GET' : request.method} ${pathname}`];
    result = route ? await route() : [404, { error: 'not found' }];
    if (route === generate) noteRequest(false);
  } catch (error) {
    if (pathname === '/api/generate') noteRequest(isMistake(error));
    count('testgen_errors_total', { kind: error.name });
    logError(`request failed: ${request.method} ${pathname}`, error, { path: pathname, status: 500 });
    result = [500, { error: error.message }];
  }
  activeRequests--;
  const [status, body] = result;
  count('http_requests_total', {
    path: routes[`${request.method} ${pathname}`] ? pathname : 'other',
    code: status,
  });
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain; version=0.0.4' : 'application/json' });
  response.end(isText ? body : `${JSON.stringify(body)}\n`);
  if (pathname === '/api/generate')
    log('info', 'request', {
      method: request.method,
      path: pathname,
      status,
      durationMs: Math.round(performance.now() - start),
    });
}

/** An error of the service's own code; what a dependency does wrong is told by its own check. */
function isMistake(error) {
  return error instanceof TypeError && error.cause === undefined;
}

/** People who use the service, so that its metrics and logs move. */
async function traffic() {
  for (;;) {
    await delay(1000 / settings.requestsPerSecond);
    const url = `http://127.0.0.1:${settings.port}/api/generate`;
    await fetch(url, { method: 'POST', body: '{}', signal: AbortSignal.timeout(5000) }).catch(() => {});
  }
}

plain(`testgen ${settings.version} starting on port ${settings.port}`);
const own = readSettingsFile();
log('info', 'settings read', { language: own.language });
sufferFaults(settings.data);
http.createServer(answer).listen(settings.port, '127.0.0.1', () => {
  isReady = true;
  log('info', 'listening', { port: settings.port });
  if (settings.requestsPerSecond > 0) void traffic();
});
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    plain(`received ${signal}, shutting down`);
    process.exit(0);
  });
