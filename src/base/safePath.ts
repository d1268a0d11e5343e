/**
 * The path with `.` and `..` worked out, when it stays inside its folder; undefined for one that leaves it, is absolute
 * (POSIX, drive letter, UNC, `~`) or holds a zero byte. Paths stand in files of a repository that nobody has read.
 */
export function toInnerPath(path: string): string | undefined {
  if (path.includes('\0') || /^(?:[/\\~]|[A-Za-z]:)/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of path.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
