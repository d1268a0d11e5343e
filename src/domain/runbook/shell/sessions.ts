const CONSOLE =
  /(?:\brails (?:console|c|dbconsole|db)|[\w/-]+-console|(?:^|\s|\/)(?:python3?|irb|node|ghci|iex|redis-cli|gitlab-redis-cli|gitlab-psql|psql|mysql|mongo|mongosh|sqlite3|cqlsh|gpg --(?:card-edit|edit-key)\b.*|fdisk|parted|gdb|pgb-console)(?:\s+-{1,2}(?!c\b|e\b|f\b|eval|execute|command|file)[\w-]+(?:[= ][^\s-]\S*)?)*(?:\s+\w+)?)\s*$/;
const SESSION =
  /(?:^|\s)(?:(?:oc|kubectl) (?:.* )?(?:debug|rsh)\b|(?:oc|kubectl|docker|podman|crictl) (?:.* )?(?:exec|run)\b.*\bb?a?sh\b|ssh\s|sudo (?:-i|su)\b|su -|chroot\s|nsenter\s)/;

/** The command leaves the reader inside another program's prompt: what follows is typed there. */
export function opensConsole(command: string): boolean {
  const lastLine = command.slice(command.lastIndexOf('\n') + 1).replace(/\s+#.*$/, '');
  return CONSOLE.test(lastLine) && !/[|<>]/.test(lastLine);
}

/** The command opens a shell elsewhere, where `# ` may be the prompt of root. */
export function opensSession(command: string): boolean {
  return SESSION.test(command);
}
