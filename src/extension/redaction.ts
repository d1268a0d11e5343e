import { createHash, randomUUID } from 'node:crypto';
import { isCredentialName } from '../domain/config/credentials.ts';
import { parseDotEnv } from '../domain/config/variables.ts';
import { Redactor } from '../domain/incident/redact.ts';
import type { Tools } from './tools.ts';

const keyName = 'redactionKey';
const shortestSecret = 6;

/** The one way by which text leaves for disk, page or file: patterns, and the values of this workspace's own secrets. */
export function openRedaction(tools: Tools): (text: string) => string {
  const { context, files, store } = tools;
  const key = context.globalState.get<string>(keyName) ?? randomUUID();
  void context.globalState.update(keyName, key);
  const make = (dotEnv: string) =>
    new Redactor({
      key,
      sha256: text => createHash('sha256').update(text).digest('hex'),
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
  void reload();
  return text => redactor.redact(text).text;
}

function secretsOf(variables: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(variables).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestSecret && isCredentialName(name) ? [value] : [],
  );
}
