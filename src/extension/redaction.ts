import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { isCredentialName } from '../domain/config/credentials.ts';
import { parseDotEnv } from '../domain/config/variables.ts';
import { secretValues } from '../domain/incident/knownSecrets.ts';
import { Redactor } from '../domain/incident/redact.ts';
import { toSecretStore } from '../host/secrets.ts';
import { sha256 } from '../host/sha256.ts';
import type { Tools } from './tools.ts';

const keyName = 'watchkeeper.redactionKey';
const shortestSecret = 6;
const maxFiles = 100;

export interface Redaction {
  readonly redact: (text: string) => string;
  /** Values that are secret besides those in the environment and in `.env` files. */
  setStored(values: readonly string[]): void;
}

/** The one way by which text leaves for disk, page or file: patterns, and the values of this workspace's own secrets. */
export async function openRedaction(tools: Tools): Promise<Redaction> {
  const { context, files, store, log } = tools;
  const key = await keyOf(context.secrets);
  let dotEnvs: readonly string[] = [];
  let stored: readonly string[] = [];
  const make = () =>
    new Redactor({
      key,
      sha256,
      knownValues: [...[process.env, ...dotEnvs.map(parseDotEnv)].flatMap(secretsOf), ...stored],
    });
  let redactor = make();
  const reload = async (names: readonly string[]) => {
    const texts = await Promise.all(names.map(name => files.read(name)));
    dotEnvs = texts.map(text => text ?? '');
    redactor = make();
  };
  const readAll = async () => reload(await files.find(['**/.env', '**/.env.*'], maxFiles));
  const reloadAll = () =>
    readAll().catch((error: unknown) => log.error('The .env files could not be searched', error));
  store.add(
    files.onDidChange(file => {
      if (/(?:^|\/)\.env[^/]*$/.test(file)) void reloadAll();
    }),
  );
  files.watch(['**/.env.*']);
  await reload(['.env']);
  // Searching a large workspace takes its time: activation does not wait for it.
  void reloadAll();
  return {
    redact: text => redactor.redact(text).text,
    setStored: values => {
      stored = values.filter(value => value.length >= shortestSecret);
      redactor = make();
    },
  };
}

/** Keeps the redaction knowing what SecretStorage holds for this workspace's configuration. */
export function followSecrets(
  { context, store }: Tools,
  redaction: Redaction,
  names: () => readonly string[],
): () => void {
  const secrets = toSecretStore(context.secrets);
  const reload = async () => {
    const values = await Promise.all(names().map(name => secrets.get(name)));
    redaction.setStored(values.filter(value => value !== undefined));
  };
  const reloadSafely = () => void reload().catch(() => undefined);
  store.add(context.secrets.onDidChange(reloadSafely));
  return reloadSafely;
}

/** Tags of one secret are the same in every session, and mean nothing to anybody else. */
async function keyOf(secrets: vscode.SecretStorage): Promise<string> {
  const known = await secrets.get(keyName);
  if (known !== undefined) return known;
  const made = randomUUID();
  await secrets.store(keyName, made);
  return made;
}

function secretsOf(variables: Readonly<Record<string, string | undefined>>): string[] {
  const named = Object.entries(variables).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestSecret && isCredentialName(name) ? [value] : [],
  );
  return [...new Set([...named, ...secretValues(variables)])];
}
