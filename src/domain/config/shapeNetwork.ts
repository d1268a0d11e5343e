import { literalCredential } from './credentials.ts';
import type { Shape } from './shape.ts';
import { scalar } from './shapeScalars.ts';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `host:port` or `[v6]:port`; with `defaultPort` the port may be left out. */
export function parseHostPort(value: string, defaultPort?: number): HostPort | undefined {
  const match = /^(?:\[([0-9a-fA-F:.%]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/.exec(value);
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || port === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port };
}

export function hostPort(example: string, defaultPort?: number): Shape<HostPort> {
  return scalar(`a host and port such as ${example}`, { type: 'string', examples: [example] }, value =>
    parseHostPort(value, defaultPort),
  );
}

/** An absolute URL of one of the schemes, without credentials in it. */
export function url(schemes: readonly string[], example: string): Shape<string> {
  const wanted = `a URL such as ${example}`;
  const schema = { type: 'string', examples: [example] };
  return {
    wanted,
    schema,
    read: (tree, reading) => {
      const value = scalar(wanted, schema, candidate => toUrl(candidate, schemes)).read(tree, reading);
      if (value === undefined || literalCredential(value) === undefined) return value;
      return reading.report(tree.at, 'credential', 'This URL holds a credential: leave it out of the file.');
    },
  };
}

function toUrl(value: string, schemes: readonly string[]): string | undefined {
  if (/\s/.test(value) || !URL.canParse(value)) return undefined;
  const { protocol, hostname } = new URL(value);
  return schemes.includes(protocol.slice(0, -1)) && hostname !== '' ? value : undefined;
}

/** `200`, `2xx` or `200-299`, kept as text. */
export const statusCode: Shape<string> = scalar(
  'a status code such as 200, 2xx or 200-299',
  { type: ['string', 'integer'], examples: [200, '2xx', '200-299'] },
  value => {
    const range = /^(\d{3})-(\d{3})$/.exec(value);
    if (range) return Number(range[1]) <= Number(range[2]) ? value : undefined;
    return /^[1-5](?:xx|\d\d)$/.test(value) ? value : undefined;
  },
);
