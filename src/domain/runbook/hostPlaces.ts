/** `redis` → `localhost`: a bare name that stands for a machine, not for a container or a `host:port`. */
export function isHostName(from: string, to: string): boolean {
  return (
    !/[:/]/.test(from) &&
    /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-f:]*::[\da-f:]*\]?|[\w-]+(?:\.[\w-]+)+)$/i.test(to)
  );
}

/** Programs whose bare words are names of containers, services or workloads. */
const containerClients =
  /^\s*(?:sudo\s+)?(?:docker(?:-compose)?|podman(?:-compose)?|kubectl|oc|systemctl|service)\b/;

/** Programs whose bare words are machines. */
const hostClients =
  /^\s*(?:sudo\s+)?(?:ping|ping6|traceroute|mtr|nc|ncat|telnet|dig|host|nslookup|ssh|curl|wget|openssl)\b/;

/**
 * Whether the word at `start..end` is where a machine is meant: in a URL or `user@host`, behind `-h`, before `:port`,
 * or as an argument of a program that takes machines. `docker-compose restart postgres` means the service.
 */
export function standsForHost(command: string, start: number, end: number): boolean {
  const before = command.slice(0, start);
  if (/(?:\/\/|@)$/.test(before) || /^:\d/.test(command.slice(end))) return true;
  const statement = before.slice(lastBreak(before));
  if (containerClients.test(statement)) return false;
  return /(?:^|\s)(?:-h|-H|--host(?:name)?)(?:\s+|=)?$/.test(statement) || hostClients.test(statement);
}

/** Start of the statement or pipeline part that holds the end of `text`. */
function lastBreak(text: string): number {
  return (
    Math.max(
      text.lastIndexOf('|'),
      text.lastIndexOf(';'),
      text.lastIndexOf('&'),
      text.lastIndexOf('\n'),
      text.lastIndexOf('('),
    ) + 1
  );
}
