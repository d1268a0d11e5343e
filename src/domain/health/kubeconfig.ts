import { parse } from 'yaml';
import { fail, ok, type Result } from '../../base/result.ts';

/** How to reach a cluster and who one is there. Certificates and keys are base64, files paths as written. */
export interface ClusterAccess {
  readonly server: string;
  readonly caData: string | undefined;
  readonly caFile: string | undefined;
  readonly isVerified: boolean;
  readonly certData: string | undefined;
  readonly certFile: string | undefined;
  readonly keyData: string | undefined;
  readonly keyFile: string | undefined;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  /** A program that prints a token (cloud providers). */
  readonly exec: { readonly command: string; readonly args: readonly string[] } | undefined;
}

/** Reads a kubeconfig file; `context` undefined means its current one. */
export function parseKubeconfig(text: string, context?: string): Result<ClusterAccess> {
  let root: unknown;
  try {
    root = parse(text);
  } catch {
    return fail('the kubeconfig file cannot be read');
  }
  const name = context ?? textOf(root, 'current-context');
  if (name === undefined || name === '') return fail('the kubeconfig file names no current context');
  const chosen = field(named(root, 'contexts', name), 'context');
  if (chosen === undefined) return fail(`the kubeconfig file has no context "${name}"`);
  const cluster = field(named(root, 'clusters', textOf(chosen, 'cluster')), 'cluster');
  const server = textOf(cluster, 'server');
  if (server === undefined) return fail(`context "${name}" names no server`);
  const user = field(named(root, 'users', textOf(chosen, 'user')), 'user');
  return ok({
    server,
    caData: textOf(cluster, 'certificate-authority-data'),
    caFile: textOf(cluster, 'certificate-authority'),
    isVerified: field(cluster, 'insecure-skip-tls-verify') !== true,
    certData: textOf(user, 'client-certificate-data'),
    certFile: textOf(user, 'client-certificate'),
    keyData: textOf(user, 'client-key-data'),
    keyFile: textOf(user, 'client-key'),
    token: textOf(user, 'token'),
    tokenFile: textOf(user, 'tokenFile'),
    exec: execOf(field(user, 'exec')),
  });
}

function execOf(value: unknown): ClusterAccess['exec'] {
  const command = textOf(value, 'command');
  const args = field(value, 'args');
  if (command === undefined) return undefined;
  return { command, args: Array.isArray(args) ? args.map(String) : [] };
}

function named(root: unknown, list: string, name: string | undefined): unknown {
  const entries = field(root, list);
  return Array.isArray(entries) ? entries.find(entry => textOf(entry, 'name') === name) : undefined;
}

function textOf(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
