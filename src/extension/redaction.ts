import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { isCredentialName } from '../domain/config/credentials.ts';
import { parseDotEnv } from '../domain/config/variables.ts';
import { secretValues } from '../domain/incident/knownSecrets.ts';
import { Redactor } from '../domain/incident/redact.ts';
import { sha256 } from '../host/sha256.ts';
import type { Tools } from './tools.ts';

const keyName = 'watchkeeper.redactionKey';
const shortestSecret = 6;
const maxFiles = 100;

/** The one way by which text leaves for disk, page or file: patterns, and the values of this workspace's own secrets. */
export async function openRedaction(tools: Tools): Promise<(text: string) => string> {
  const { context, files, store } = tools;
  const key = await keyOf(context.secrets);
  const make = (dotEnvs: readonly string[]) =>
    new Redactor({
      key,
      sha256,
      knownValues: [process.env, ...dotEnvs.map(parseDotEnv)].flatMap(secretsOf),
    });
  let redactor = make([]);
  const reload = async (names: readonly string[]) => {
    const texts = await Promise.all(names.map(name => files.read(name)));
    redactor = make(texts.map(text => text ?? ''));
  };
  const reloadAll = async () => reload(await files.find(['**/.env', '**/.env.*'], maxFiles));
  store.add(
    files.onDidChange(file => {
      if (/(?:^|\/)\.env[^/]*$/.test(file)) void reloadAll();
    }),
  );
  files.watch(['**/.env.*']);
  await reload(['.env']);
  // Searching a large workspace takes its time: activation does not wait for it.
  void reloadAll();
  return text => redactor.redact(text).text;
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
