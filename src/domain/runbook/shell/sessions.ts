const OPTIONS = String.raw`(?:\s+-{1,2}(?!c\b|e\b|f\b|l\b|m\b|V\b|eval|execute|command|file|list|version|help|bigkeys|memkeys|hotkeys|stat\b|scan|latency|cluster|rdb)[\w-]+(?:[= ][^\s-]\S*)?)*`;
/** Programs that take a database, a disk or a process by its name, and those to which a word is something to do. */
const CONSOLE = new RegExp(
  String.raw`(?:\brails (?:console|c|dbconsole|db)|[\w/-]+-console|(?:^|\s|\/)(?:(?:gitlab-psql|psql|mysql|mongo|mongosh|sqlite3|cqlsh|fdisk|parted|gdb|pgb-console)${OPTIONS}(?:\s+\w+)?|(?:python3?|irb|node|ghci|iex|redis-cli|gitlab-redis-cli)${OPTIONS}|gpg --(?:card-edit|edit-key)\b.*))\s*$`,
);
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
