import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import type { ClusterAccess } from '../../domain/health/kubeconfig.ts';

const execFileAsync = promisify(execFile);

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One GET of the cluster's API, as the kubeconfig's user. Rejects with the network's error. */
export async function askCluster(
  access: ClusterAccess,
  path: string,
  signal: AbortSignal,
): Promise<ApiAnswer> {
  const [ca, cert, key, token] = await Promise.all([
    bytes(access.caData, access.caFile),
    bytes(access.certData, access.certFile),
    bytes(access.keyData, access.keyFile),
    tokenOf(access, signal),
  ]);
  const url = `${access.server.replace(/\/+$/, '')}${path}`;
  const client = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.get(
      url,
      {
        agent: false,
        signal,
        rejectUnauthorized: access.isVerified,
        headers: {
          accept: 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(ca === undefined ? {} : { ca }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
      },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: parseJson(text) }));
        response.once('error', reject);
      },
    );
    request.once('error', reject);
  });
}

async function tokenOf(access: ClusterAccess, signal: AbortSignal): Promise<string | undefined> {
  if (access.token !== undefined) return access.token;
  if (access.tokenFile !== undefined) return (await fs.readFile(access.tokenFile, 'utf8')).trim();
  if (access.exec === undefined) return undefined;
  const { stdout } = await execFileAsync(access.exec.command, access.exec.args, { signal });
  const credential = parseJson(stdout);
  if (typeof credential !== 'object' || credential === null || !('status' in credential)) return undefined;
  const { status } = credential;
  if (typeof status !== 'object' || status === null || !('token' in status)) return undefined;
  return String(status.token);
}

async function bytes(data: string | undefined, file: string | undefined): Promise<Buffer | undefined> {
  if (data !== undefined) return Buffer.from(data, 'base64');
  return file === undefined ? undefined : fs.readFile(file);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
