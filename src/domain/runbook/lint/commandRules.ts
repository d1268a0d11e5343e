import type { CommandStep } from '../model.ts';
import type { CommandRule, Finding } from './rule.ts';

const DIAGNOSTIC =
  /diagnos|investigat|assess|check|symptom|network|connectivity|system resources|issue|incident|performance|error|memory|immediate/i;
const WARNED =
  /warning|caution|danger|careful|destroy|delete|remove|wipe|lose|loss|irreversible|data will|backup/i;

/** What real runbooks get wrong, one row each. */
export const COMMAND_RULES: readonly CommandRule[] = [
  { code: 'broken-shell', severity: 'error', find: brokenShell },
  { code: 'never-ends', severity: 'warning', find: neverEnds },
  { code: 'needs-terminal', severity: 'warning', find: needsTerminal },
  { code: 'process-list', severity: 'warning', find: processList },
  { code: 'destructive-unwarned', severity: 'warning', find: destructiveUnwarned },
  { code: 'rejected-option', severity: 'error', find: rejectedOption },
  { code: 'host-glob', severity: 'warning', find: hostGlob },
  { code: 'no-effect', severity: 'warning', find: noEffect },
  { code: 'overwrites-config', severity: 'warning', find: overwritesConfig },
  { code: 'unmarked-hole', severity: 'warning', find: unmarkedHole },
  { code: 'wrong-protocol', severity: 'warning', find: wrongProtocol },
  { code: 'export-unused', severity: 'warning', find: exportUnused },
  { code: 'secret-in-file', severity: 'warning', find: secretInFile },
  { code: 'prints-secrets', severity: 'info', find: printsSecrets },
];

function brokenShell({ broken }: CommandStep): Finding | undefined {
  return broken === undefined ? undefined : { message: `This command cannot run as written: ${broken}.` };
}

function neverEnds(step: CommandStep): Finding | undefined {
  const isEndless =
    step.mode === 'stream' || (step.mode === 'tty' && /^(?:top|iotop|htop)\b/.test(step.command));
  if (!isEndless || !step.headingPath.slice(1).some(title => DIAGNOSTIC.test(title))) return undefined;
  const message =
    'This command never ends by itself; the steps below it in the block are not reached when pasted together.';
  const [program = ''] = step.command.split(/\s/);
  if (program === 'ping')
    return { message, fix: { title: 'Send three packets', from: 'ping', to: 'ping -c 3' } };
  if (/^docker stats\b/.test(step.command))
    return { message, fix: { title: 'Print once', from: 'docker stats', to: 'docker stats --no-stream' } };
  return { message };
}

function needsTerminal({ command }: CommandStep): Finding | undefined {
  if (!/^top\b(?!.*\s-\w*b)[^|]*\s-\w*n/.test(command)) return undefined;
  return {
    message: 'top without -b needs a terminal and fails when its output is read by another program.',
    part: 'top',
    fix: { title: 'Use batch mode', from: 'top', to: 'top -b' },
  };
}

function processList({ command }: CommandStep): Finding | undefined {
  const part = /\btop -p \$\(pgrep\b[^)]*\)/.exec(command)?.[0];
  if (part === undefined) return undefined;
  const message = 'pgrep prints one process per line or none; top -p wants a list parted by commas.';
  const pgrep = /pgrep\b/.exec(part)?.[0] ?? 'pgrep';
  return /pgrep\s.*-d/.test(part)
    ? undefined
    : { message, part, fix: { title: 'Part them by commas', from: pgrep, to: 'pgrep -d,' } };
}

function destructiveUnwarned(step: CommandStep): Finding | undefined {
  if (step.risk !== 'destroy' || WARNED.test(`${step.title} ${step.note ?? ''}`)) return undefined;
  return { message: `Destroys data (${step.riskReasons.join(', ')}) and the text above does not say so.` };
}

function rejectedOption({ command }: CommandStep): Finding | undefined {
  const part = /^docker[- ]compose\b.*?\bup\b.*?(--(?:memory|cpus|mem)\b\S*)/.exec(command)?.[1];
  if (part === undefined) return undefined;
  return {
    message: `docker-compose up has no option ${part.replace(/=.*/, '')}: it prints its help and starts nothing.`,
    part,
  };
}

/** `docker exec c rm /tmp/x/*`: the shell here expands the pattern, not the one in the container. */
function hostGlob({ command }: CommandStep): Finding | undefined {
  const match =
    /^(?:docker|podman|docker-compose|kubectl|oc)\b.*\bexec\b(?!.*\b(?:ba|z|da)?sh\s+-l?c\b).*?\s([^\s'"|;&>]*[*?][^\s'"|;&>]*)/.exec(
      command,
    );
  const inner = /\bexec\s+(?:-\S+\s+)*\S+\s+(?:--\s+)?(.+)$/.exec(command)?.[1];
  if (match?.[1] === undefined || inner === undefined || inner.includes("'")) return undefined;
  return {
    message: `The pattern ${match[1]} is expanded by the shell here, not in the container: nothing there matches it.`,
    part: match[1],
    fix: { title: 'Let a shell in the container expand it', from: inner, to: `sh -c '${inner}'` },
  };
}

function noEffect({ command, title }: CommandStep): Finding | undefined {
  if (
    !/^docker logs\b[^|]*>\s*\/dev\/null\s*$/.test(command) ||
    !/clean|clear|free|purge|delete/i.test(title)
  )
    return undefined;
  return {
    message: 'Printing logs to /dev/null frees no space: the log file of the container stays as it is.',
  };
}

function overwritesConfig({ command }: CommandStep): Finding | undefined {
  const match =
    /^cp\s+(?!.*\s-\w*[nib]\b)(?!-\w*[nib]\b)\S*(?:\.example|\.sample|\.dist|\.template)\s+(\S+)$/.exec(
      command,
    );
  if (match?.[1] === undefined) return undefined;
  return {
    message: `Overwrites ${match[1]} with the example: values in use are lost.`,
    fix: { title: 'Keep an existing file', from: 'cp ', to: 'cp -n ' },
  };
}

function unmarkedHole({ command }: CommandStep): Finding | undefined {
  const part = /:((?:previous|prev|old|last|your|some|specific)[-_](?:tag|version|release|image))\b/.exec(
    command,
  )?.[1];
  if (part === undefined) return undefined;
  return {
    message: `"${part}" looks like a place to fill in, and pulling an image alone rolls nothing back.`,
    part,
    fix: { title: 'Mark it as a place to fill in', from: part, to: `<${part}>` },
  };
}

function wrongProtocol({ command }: CommandStep): Finding | undefined {
  const part = /^curl\b.*?(https?:\/\/[^\s/:]+:(6379|5432|3306|27017|9092|5672))/.exec(command);
  if (part?.[1] === undefined) return undefined;
  return {
    message: `Port ${part[2]} does not speak HTTP: this fails although the service is healthy.`,
    part: part[1],
  };
}

/** `export X=…` reaches a container only when compose re-creates the service that reads it. */
function exportUnused(
  step: CommandStep,
  { section }: { readonly section: readonly CommandStep[] },
): Finding | undefined {
  const service = /^docker[- ]compose\b.*\bup\s+(?:-\S+\s+)*([\w-]+)\s*$/.exec(step.command)?.[1];
  const before = section.slice(0, section.indexOf(step));
  const names = before.flatMap(one => (/^export\s/.test(one.command) ? one.sets : []));
  if (service === undefined || names.length === 0) return undefined;
  if (names.every(name => name.toLowerCase().includes(service.toLowerCase()))) return undefined;
  return {
    message: `Only ${service} is started here: the exported ${names.join(', ')} do not reach services that already run.`,
  };
}

function secretInFile({ command }: CommandStep): Finding | undefined {
  const part =
    /\b[a-z][a-z+]*:\/\/[^\s:/@'"{<$]+:[^\s@/'"{<$]+@/i.exec(command)?.[0] ??
    /(?:--password|--token|PGPASSWORD|api[-_]?key)[= ]['"]?(?![$<{'"]|\*+)[^\s'"]{6,}/i.exec(command)?.[0];
  return part === undefined ? undefined : { message: 'A user name and password stand in the file.', part };
}

function printsSecrets({ command }: CommandStep): Finding | undefined {
  const isEnvironment = /(?:^|\s)(?:env|printenv)\s*(?:\||$)/.test(command);
  if (!isEnvironment) return undefined;
  return {
    message: 'Prints environment variables, which may hold keys: keep the output out of tickets and chat.',
  };
}
