const longestNotice = 600;

/**
 * Text for a notification or a prompt: VS Code turns `[x](command:…)` in them into a link that runs the command, and
 * what a service, an engine or a file says must not offer any. One line, of bounded length.
 */
export function toNotice(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/\]\(/g, '] (');
  return line.length > longestNotice ? `${line.slice(0, longestNotice)}…` : line;
}

/** Text for a pick, a lens or the status bar, where VS Code draws `$(name)` as an icon: shown as it is written. */
export function toLabel(text: string): string {
  return text.replace(/\$\(/g, '\\$(').replace(/[\r\n]+/g, ' ');
}
