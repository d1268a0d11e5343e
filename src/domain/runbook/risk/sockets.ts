import type { Risk } from '../model.ts';

const LOOKS =
  /^(?:ruok|stat|srvr|mntr|conf|cons|envi|wch[spc]|isro|dump|stats|show|version|info|ping|help|get|list|status|quit|GET|HEAD|EHLO|HELO|NOOP)\b/i;
const LOSES = /^(?:flush_all|shutdown|kill|clear|del|delete|reset|srst|crst)\b/i;

/** Programs that pass what they are fed to whoever listens. */
export function isSocketClient(program: string): boolean {
  return /^(?:nc|ncat|netcat|socat|telnet|websocat)$/.test(program);
}

/** Without input of its own the program sits and waits for what a person types. */
export function waitsForTyping(program: string, args: readonly string[]): boolean {
  if (program === 'openssl') return args[0] === 's_client';
  if (/^(?:nc|ncat|netcat)$/.test(program)) return !args.some(word => /^-[a-zA-Z]*[zlh]/.test(word));
  return /^(?:ftp|sftp|lftp|websocat|kafka-console-producer(?:\.sh)?)$/.test(program);
}

/** What a line sent to a server may do: HAProxy's and memcached's sockets, ZooKeeper's four letters. */
export function riskOfSent(text: string): Risk {
  const lines = text.replace(/\\[rn]/g, '\n').split(/[\n;]/);
  const sent = lines.map(line => line.trim()).filter(line => line !== '');
  if (sent.some(line => LOSES.test(line))) return 'destroy';
  if (sent.some(line => /^(?:disable|enable|set|add|new|commit|abort)\b/i.test(line))) return 'change';
  return sent.length > 0 && sent.every(line => LOOKS.test(line)) ? 'read' : 'unknown';
}
