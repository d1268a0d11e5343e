import http from 'node:http';
import https from 'node:https';
import {
  AppsV1Api,
  type Configuration,
  CoreV1Api,
  createConfiguration,
  type KubeConfig,
  ServerConfiguration,
} from '@kubernetes/client-node';
import { messageIn, readStart } from '../answerMessage.ts';
import { type Cluster, ClusterError } from './clusters.ts';

/** A context of a kubeconfig; the client brings its certificates, tokens, programs for tokens, and proxies. */
export class ConfigCluster implements Cluster {
  readonly context: string;
  readonly namespace: string;
  private readonly config: KubeConfig;
  private readonly server: string;

  constructor(config: KubeConfig, wanted: string | undefined) {
    const name = wanted ?? config.getCurrentContext();
    if (!name) throw new ClusterError('the kubeconfig file names no current context');
    const context = config.getContextObject(name);
    if (context === null) throw new ClusterError(`the kubeconfig file has no context "${name}"`);
    const cluster = config.getCluster(context.cluster);
    if (!cluster?.server) throw new ClusterError(`context "${name}" names no server`);
    config.setCurrentContext(name);
    this.config = config;
    this.context = name;
    this.namespace = context.namespace ?? 'default';
    this.server = cluster.server.replace(/\/+$/, '');
  }

  apps(signal: AbortSignal): AppsV1Api {
    return new AppsV1Api(this.configuration(signal));
  }

  core(signal: AbortSignal): CoreV1Api {
    return new CoreV1Api(this.configuration(signal));
  }

  async openStream(path: string, signal: AbortSignal): Promise<http.IncomingMessage> {
    const options: https.RequestOptions = { method: 'GET', headers: { accept: '*/*' } };
    await this.config.applyToHTTPSOptions(options);
    const url = `${this.server}${path}`;
    const client = url.startsWith('https:') ? https : http;
    return new Promise((resolve, reject) => {
      const request = client.request(url, { ...options, signal }, response => {
        if (response.statusCode === 200) resolve(response);
        else void problemOf(response).then(reject, reject);
      });
      request.once('socket', socket => socket.setKeepAlive(true, 30_000));
      request.once('error', reject);
      request.end();
    });
  }

  private configuration(signal: AbortSignal): Configuration {
    return createConfiguration({
      baseServer: new ServerConfiguration(this.server, {}),
      authMethods: { default: this.config },
      promiseMiddleware: [
        {
          pre: async context => {
            context.setSignal(signal);
            return context;
          },
          post: async context => context,
        },
      ],
    });
  }
}

/** The API answers with a `Status` object, whose message is a sentence. */
async function problemOf(response: http.IncomingMessage): Promise<ClusterError> {
  const status = response.statusCode ?? 0;
  return new ClusterError(messageIn(await readStart(response)) ?? `status ${status}`, status);
}
