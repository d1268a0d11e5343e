/** One name in a command that is called something else in the environment; offsets are within the command. */
export interface AliasEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

type Aliases = Readonly<Record<string, string>>;

/** Ports that clients take when none is given. */
const defaultPorts: Readonly<Record<string, string>> = {
  'redis-cli': '6379',
  pg_isready: '5432',
  psql: '5432',
};

/**
 * Where names of a command stand for hosts, ports or containers that the environment calls otherwise. A bare host name
 * counts only where a host is expected: in `docker-compose restart postgres` the word is a service, in
 * `pg_isready -h postgres` a host. What runs inside a container sees that container's names, so hosts stay there.
 */
export function aliasEdits(command: string, aliases: Aliases): readonly AliasEdit[] {
  const names = Object.keys(aliases).filter(name => name !== '' && aliases[name] !== name);
  const byOption = hostOptions(command, aliases);
  if (names.length === 0 && byOption.length === 0) return [];
  const pattern = names
    .sort((a, b) => b.length - a.length)
    .map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
  const found = [...command.matchAll(new RegExp(`(?<![\\w.-])(?:${pattern})(?![\\w-]|\\.\\w)`, 'g'))].flatMap(
    match => {
      const newText = aliases[match[0]] ?? match[0];
      const edit = { start: match.index, end: match.index + match[0].length, newText };
      return isMeant(command, edit, match[0]) && !byOption.some(other => overlap(other, edit)) ? [edit] : [];
    },
  );
  return [...byOption, ...found].sort((a, b) => a.start - b.start);
}

function isMeant(command: string, { start, newText }: AliasEdit, name: string): boolean {
  const isHost = newText === 'localhost' || /[:.]/.test(newText);
  // A container's new name fits wherever the old one stands.
  if (!isHost) return true;
  const before = simpleCommandBefore(command, start);
  if (runsInside(before)) return false;
  return /:\d+$/.test(name) || isHostPosition(before);
}

/** The text from the start of the simple command up to the offset: pipes, lists and `$(` begin new ones. */
function simpleCommandBefore(command: string, offset: number): string {
  const joined = command.slice(0, offset).replace(/\\\n/g, '  ');
  return /[^|;&\n(`]*$/.exec(joined)?.[0] ?? '';
}

function runsInside(before: string): boolean {
  return /^\s*(?:sudo\s+)?(?:docker|podman|docker-compose|kubectl|oc)\s.*?\b(?:exec|run)\s/.test(before);
}

function isHostPosition(before: string): boolean {
  if (/(?:\/\/|@)$/.test(before)) return true;
  if (/\s(?:-h|--host|--hostname|-H)(?:\s+|=)$/.test(before)) return true;
  return /^\s*(?:sudo\s+|time\s+)*(?:ping6?|nc|ncat|dig|nslookup|host|telnet|traceroute|tracepath|mtr|curl|wget|ssh|nmap|getent\s+hosts)(?:\s+-\S+(?:\s+\d+)?)*\s+["']?$/.test(
    before,
  );
}

/** `-h postgres -p 5432` is the pair `postgres:5432`: both parts change together. */
function hostOptions(command: string, aliases: Aliases): AliasEdit[] {
  const pattern = /(?<=\s(?:-h|--host)[ =])([\w.-]+)(?:(\s+(?:-p|--port)[ =])(\d+))?/g;
  return [...command.matchAll(pattern)].flatMap(match => {
    const [whole, host = '', option = '', port] = match;
    const before = simpleCommandBefore(command, match.index);
    const program = /^\s*(?:sudo\s+|time\s+)*([\w-]+)/.exec(before)?.[1] ?? '';
    const wanted = port ?? defaultPorts[program];
    const target = /^(.*):(\d+)$/.exec(aliases[`${host}:${wanted}`] ?? '');
    if (wanted === undefined || target === null || runsInside(before)) return [];
    const [, newHost = '', newPort = ''] = target;
    const isSamePort = port === undefined && newPort === wanted;
    const newText = isSamePort ? newHost : `${newHost}${option || ' -p '}${newPort}`;
    return newText === whole ? [] : [{ start: match.index, end: match.index + whole.length, newText }];
  });
}

function overlap(a: AliasEdit, b: AliasEdit): boolean {
  return a.start < b.end && b.start < a.end;
}
