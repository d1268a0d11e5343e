import fs from 'node:fs';
import type { ServerResponse } from 'node:http';
import https from 'node:https';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { Authority } from './certificates.ts';
import { listen, type TestServer } from './webServer.ts';

/** The far end only: the REST protocol of a Kubernetes API server, over TLS, with its three kinds of credentials. */
export interface ClusterServer extends TestServer {
  /** Requests so far, as `user GET path`. */
  readonly asked: readonly string[];
  /** How often the program of the kubeconfig was run for a token. */
  tokenRuns(): number;
  /** Writes a kubeconfig with one context per kind of credential, and gives its path. */
  writeKubeconfig(folder: string): string;
}

const objects: Readonly<Record<string, unknown>> = {
  '/apis/apps/v1/namespaces/n/deployments/web': workload('Deployment', { replicas: 2 }, { readyReplicas: 2 }),
  '/apis/apps/v1/namespaces/n/deployments/half': workload(
    'Deployment',
    { replicas: 2 },
    { readyReplicas: 1 },
  ),
  '/apis/apps/v1/namespaces/n/deployments/dead': workload('Deployment', { replicas: 2 }, {}),
  '/apis/apps/v1/namespaces/n/deployments/off': workload('Deployment', { replicas: 0 }, {}),
  '/apis/apps/v1/namespaces/n/statefulsets/db': workload(
    'StatefulSet',
    { replicas: 1 },
    { readyReplicas: 1 },
  ),
  '/apis/apps/v1/namespaces/n/daemonsets/agent': workload(
    'DaemonSet',
    {},
    { desiredNumberScheduled: 3, numberReady: 2 },
  ),
  '/api/v1/namespaces/n/pods/web-1': pod({
    phase: 'Running',
    containerStatuses: [{ name: 'web', ready: true, restartCount: 0, state: { running: {} } }],
  }),
  '/api/v1/namespaces/n/pods/greedy': pod({
    phase: 'Running',
    containerStatuses: [
      {
        name: 'greedy',
        ready: false,
        restartCount: 7,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
      },
    ],
  }),
};

function workload(kind: string, spec: object, status: object): unknown {
  const selector = { matchLabels: { app: 'web' } };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'n', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { selector, template: {}, ...spec },
    status,
  };
}

function pod(status: object): unknown {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, status };
}

export async function startCluster(authority: Authority, folder: string): Promise<ClusterServer> {
  const asked: string[] = [];
  const { good, ca } = authority;
  const server = https.createServer({ ...good, ca, requestCert: true, rejectUnauthorized: false });
  const runs = path.join(folder, 'token-runs');
  server.on('request', (request, response) => {
    const user = userOf(request.socket as TLSSocket, request.headers.authorization);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://k');
    asked.push(`${user} ${request.method} ${request.url}`);
    const answer = (code: number, body: unknown) =>
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (user === undefined) return answer(401, status(401, 'Unauthorized'));
    if (pathname.includes('/silent')) return undefined;
    if (pathname.includes('/broken')) return answer(500, status(500, 'etcdserver: request timed out'));
    if (pathname.includes('/namespaces/secret/'))
      return answer(403, status(403, `deployments.apps is forbidden: User "${user}" cannot get resource`));
    if (pathname.endsWith('/pods/web-1/log'))
      return streamLog(response, searchParams.get('follow') === 'true');
    const found = objects[pathname];
    return found === undefined
      ? answer(404, status(404, `"${pathname.split('/').at(-1)}" not found`))
      : answer(200, found);
  });
  const listening = await listen(server);
  return {
    ...listening,
    asked,
    tokenRuns: () => (fs.existsSync(runs) ? fs.readFileSync(runs, 'utf8').length : 0),
    writeKubeconfig(where) {
      const files = { 'ca.pem': ca, 'client.pem': good.cert, 'client.key': good.key, token: 'right' };
      for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(where, name), text);
      const file = path.join(where, 'config');
      fs.writeFileSync(file, kubeconfig(listening.port, runs));
      return file;
    },
  };
}

function userOf(socket: TLSSocket, authorization: string | undefined): string | undefined {
  if (authorization === 'Bearer right') return 'token';
  if (socket.authorized) return 'certificate';
  return undefined;
}

function status(code: number, message: string): unknown {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code };
}

/** Two lines, then, when followed, a third one after a while; the stream stays open. */
function streamLog(response: ServerResponse, isFollowed: boolean): void {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write('2026-11-22T01:00:00.000000001Z one\n2026-11-22T01:00:00.000000002Z zwei ü\n');
  if (isFollowed) setTimeout(() => response.write('2026-11-22T01:00:01.000000000Z three\n'), 50);
  else response.end();
}

/** Paths are relative to the file; the program's token is good for an hour, so one run must do. */
function kubeconfig(port: number, runs: string): string {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const credential = `{"kind":"ExecCredential","status":{"token":"right","expirationTimestamp":"${until}"}}`;
  return `apiVersion: v1
kind: Config
current-context: program
contexts:
- {name: program, context: {cluster: own, user: program}}
- {name: certificate, context: {cluster: own, user: certificate, namespace: n}}
- {name: token, context: {cluster: own, user: token}}
- {name: wrong, context: {cluster: own, user: wrong}}
- {name: failing, context: {cluster: own, user: failing}}
- {name: absent, context: {cluster: absent, user: token}}
- {name: stranger, context: {cluster: stranger, user: token}}
clusters:
- {name: own, cluster: {server: "https://127.0.0.1:${port}", certificate-authority: ca.pem}}
- {name: absent, cluster: {server: "https://127.0.0.1:1"}}
- {name: stranger, cluster: {server: "https://127.0.0.1:${port}"}}
users:
- name: program
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      interactiveMode: Never
      command: sh
      args: [-c, 'printf x >> "$RUNS"; printf %s "$CREDENTIAL"']
      env: [{name: RUNS, value: ${JSON.stringify(runs)}}, {name: CREDENTIAL, value: ${JSON.stringify(credential)}}]
- {name: certificate, user: {client-certificate: client.pem, client-key: client.key}}
- {name: token, user: {token: right}}
- {name: wrong, user: {token: wrong}}
- {name: failing, user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: sh, args: [-c, 'echo please log in >&2; exit 1']}}}
`;
}
