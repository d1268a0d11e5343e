import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { isCredentialName } from '../domain/config/credentials.ts';
import { parseDotEnv } from '../domain/config/variables.ts';
import { Redactor } from '../domain/incident/redact.ts';
import { sha256 } from '../host/sha256.ts';
import type { Tools } from './tools.ts';

const keyName = 'watchkeeper.redactionKey';
const shortestSecret = 6;

/** The one way by which text leaves for disk, page or file: patterns, and the values of this workspace's own secrets. */
export async function openRedaction(tools: Tools): Promise<(text: string) => string> {
  const { context, files, store } = tools;
  const key = await keyOf(context.secrets);
  const make = (dotEnv: string) =>
    new Redactor({
      key,
      sha256,
      knownValues: secretsOf({ ...process.env, ...parseDotEnv(dotEnv) }),
    });
  let redactor = make('');
  const reload = async () => {
    redactor = make((await files.read('.env')) ?? '');
  };
  store.add(
    files.onDidChange(file => {
      if (file === '.env') void reload();
    }),
  );
  await reload();
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
  return Object.entries(variables).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestSecret && isCredentialName(name) ? [value] : [],
  );
}
