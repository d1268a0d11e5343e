/** Variables that every shell sets by itself and that therefore need not be asked for. */
export function isShellVariable(name: string): boolean {
  return /^(?:[0-9@*#?$!_-]|HOME|USER|PATH|PWD|OLDPWD|SHELL|HOSTNAME|RANDOM|UID|LOGNAME|LANG|TERM|EDITOR|IFS|SECONDS|PPID)$/.test(
    name,
  );
}
