import type { Shape } from './shape.ts';
import { objectOf, optional, required } from './shapeCollections.ts';
import { text, word } from './shapeScalars.ts';

/** Names under which people keep credentials. `*_FILE` and `*_SECRET_NAME` point to one and hold none. */
export function isCredentialName(name: string): boolean {
  if (/(?:_FILE|_PATH|_NAME|_URL|_ID)$/i.test(name)) return false;
  return /passw(?:or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential|^authorization$|^(?:proxy-authorization|cookie)$/i.test(
    name,
  );
}

/** What in a text is a credential by its shape, in words; undefined when nothing is. */
export function literalCredential(value: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i.test(value)) return 'a password in a URL';
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value)) return 'a private key';
  if (/\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,})/.test(value)) return 'an access token';
  if (/\b(?:sk-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|AKIA[0-9A-Z]{16})/.test(value)) return 'an API key';
  if (/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+/.test(value)) return 'a signed token';
  if (/^(?:Bearer|Basic)\s+[^\s{$]{8,}/i.test(value)) return 'an authorization value';
  return undefined;
}

export const secretName = word('the name of a secret, such as API_TOKEN', /^[A-Za-z][\w.-]*$/, ['API_TOKEN']);

/** `{ secret: NAME }`: the value itself is asked for once and kept by VS Code. */
export const secretRef = objectOf(
  {
    secret: required(
      secretName,
      'Name of the secret. Its value is asked for once and kept in VS Code, never here.',
    ),
    prefix: optional(text('text in front of the secret, such as "Bearer "'), 'Text in front of the secret.'),
  },
  'the name of a secret: { secret: NAME }',
);

/** A place where only the name of a secret may stand. */
export const onlySecret: Shape<string> = {
  wanted: secretRef.wanted,
  schema: secretRef.schema,
  read: (tree, reading) => {
    if (tree.kind === 'map') return secretRef.read(tree, reading)?.secret;
    return reading.report(
      tree.at,
      'credential',
      'A credential must not stand in the file: write { secret: NAME } and Watchkeeper asks for its value once.',
    );
  },
};
