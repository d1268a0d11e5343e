import type { Risk, StepMode } from '../model.ts';

/** A rule on the whole argument text of a program. The first with a risk decides the risk, likewise the mode. */
export interface OptionRule {
  readonly programs: string;
  readonly when: RegExp;
  readonly unless?: RegExp;
  readonly risk?: Risk;
  readonly mode?: StepMode;
}

/** Options and words that change what a program does. Data: a row per observed way. */
export const OPTION_RULES: readonly OptionRule[] = [
  // Docker and compose
  {
    programs: 'docker-compose podman-compose',
    when: /\bdown\b.*(?:\s-v\b|--volumes|--rmi)/,
    risk: 'destroy',
  },
  {
    programs: 'docker podman nerdctl',
    when: /\bcompose\b.*\bdown\b.*(?:\s-v\b|--volumes|--rmi)/,
    risk: 'destroy',
  },
  { programs: 'docker podman nerdctl', when: /\bcompose\b.*\s(?:rm|kill)\b/, risk: 'destroy' },
  {
    programs: 'docker podman nerdctl',
    when: /\bcompose\b.*\s(?:ps|logs|config|images|top|ls|version)\b/,
    risk: 'read',
  },
  {
    programs: 'docker podman nerdctl docker-compose podman-compose',
    when: /\blogs\b.*(?:\s--follow\b|\s-[a-z]*f)/,
    mode: 'stream',
  },
  { programs: 'docker podman nerdctl', when: /\bstats\b/, unless: /--no-stream/, mode: 'stream' },
  { programs: 'docker podman nerdctl docker-compose', when: /\bevents\b/, unless: /--until/, mode: 'stream' },
  { programs: 'docker podman nerdctl', when: /^attach\b/, mode: 'tty' },
  { programs: 'crictl', when: /^logs\b.*(?:\s-\w*f\b|--follow)/, mode: 'stream' },
  {
    programs: 'docker-compose podman-compose',
    when: /(?:^|\s)up\b/,
    unless: /\s(?:-d|--detach|--no-start)\b/,
    mode: 'stream',
  },
  { programs: 'docker podman', when: /\bcompose\b.*\sup\b/, unless: /\s(?:-d|--detach)\b/, mode: 'stream' },
  // Kubernetes
  {
    programs: 'kubectl oc k kubecolor virtctl stern',
    when: /(?:^|\s)logs?\b.*(?:\s-[a-z]*f\b|--follow\b)/,
    mode: 'stream',
  },
  { programs: 'kubectl oc k kubecolor virtctl', when: /(?:^|\s)port-forward\b/, mode: 'stream' },
  {
    programs: 'kubectl oc k kubecolor',
    when: /(?:^|\s)get\b.*(?:\s-w\b|--watch\b|--watch-only\b|\s-[a-z]*w\s)/,
    mode: 'stream',
  },
  { programs: 'kubectl oc k kubecolor', when: /(?:^|\s)(?:proxy|attach)\b/, mode: 'stream' },
  { programs: 'kubectl oc k kubecolor', when: /(?:^|\s)edit\b/, risk: 'change', mode: 'tty' },
  {
    programs: 'kubectl oc k kubecolor',
    when: /(?:^|\s)(?:exec|debug|run)\b.*\s-(?:it|ti|i|t)\b/,
    unless: /\s--\s+(?!(?:\S*\/)?(?:ba|z|k|a)?sh\s*$)\S/,
    mode: 'tty',
  },
  { programs: 'kubectl oc k', when: /(?:^|\s)rollout\s+(?:undo|restart|pause|resume)\b/, risk: 'change' },
  { programs: 'kubectl oc k', when: /(?:^|\s)replace\b.*--force/, risk: 'destroy' },
  { programs: 'kubectl oc k', when: /(?:^|\s)replace\b/, risk: 'change' },
  { programs: 'kubectl oc k', when: /(?:^|\s)scale\b.*--replicas[= ]0\b/, risk: 'change' },
  { programs: 'kubectl oc k', when: /(?:^|\s)adm\s+upgrade\s*$/, risk: 'read' },
  { programs: 'virtctl', when: /^(?:console|vnc|ssh)\b/, mode: 'tty' },
  // Files, text, archives
  { programs: 'sed perl', when: /(?:^|\s)-(?:[a-zA-Z]*i|-in-place)/, risk: 'change' },
  { programs: 'perl', when: /unlink|system|exec|open\s*\(|`/, risk: 'unknown' },
  { programs: 'find', when: /\s-(?:delete)\b/, risk: 'destroy' },
  { programs: 'find', when: /\s-(?:fprint\w*|fls)\b/, risk: 'change' },
  { programs: 'tar', when: /^(?:-?[a-zA-Z]*t|--list)/, risk: 'read' },
  { programs: 'unzip gunzip gzip xz zstd bzip2', when: /(?:^|\s)-[a-z]*(?:l|t|c)\b/, risk: 'read' },
  { programs: 'rsync', when: /--delete|--remove-source/, risk: 'destroy' },
  { programs: 'sort', when: /(?:^|\s)(?:-o|--output)/, risk: 'change' },
  { programs: 'awk gawk mawk', when: /system\s*\(|>\s*"|-i\s*inplace|\|\s*"/, risk: 'unknown' },
  { programs: 'yq jq xmllint', when: /(?:^|\s)(?:-[a-z]*i[a-z]*|--inplace|--in-place)\b/, risk: 'change' },
  { programs: 'tail', when: /(?:^|\s)(?:-[a-zA-Z0-9]*[fF]\b|--follow|-[fF]n)/, mode: 'stream' },
  { programs: 'tailf lnav multitail', when: /./, risk: 'read', mode: 'stream' },
  { programs: 'less more man view vi vim nvim nano emacs ed visudo lazygit tig k9s', when: /^/, mode: 'tty' },
  { programs: 'ssh autossh', when: /(?:^|\s)-\w*N/, unless: /(?:^|\s)-\w*f/, risk: 'read', mode: 'stream' },
  { programs: 'ssh', when: /(?:^|\s)-\w*N/, risk: 'read' },
  { programs: 'sshuttle', when: /^/, mode: 'stream' },
  { programs: 'yes', when: /^/, mode: 'stream' },
  // Host
  { programs: 'top htop atop', when: /^/, unless: /(?:^|\s)-[a-z]*(?:b|n)/, mode: 'tty' },
  { programs: 'iotop', when: /^/, unless: /(?:^|\s)-[a-z]*b/, mode: 'tty' },
  { programs: 'ping ping6', when: /^/, unless: /(?:^|\s)-[a-zA-Z]*[cw]/, mode: 'stream' },
  { programs: 'mtr', when: /^/, unless: /(?:^|\s)(?:-r|--report|-c|-\w*r\w*)/, mode: 'tty' },
  { programs: 'watch', when: /^/, mode: 'stream' },
  { programs: 'tcpdump tshark ngrep', when: /^/, unless: /(?:^|\s)-(?:c|r|a)|-\w*[cr]\s*\d/, mode: 'stream' },
  { programs: 'tcpdump tshark', when: /(?:^|\s)-w/, risk: 'change' },
  {
    programs: 'iostat vmstat mpstat pidstat sar dstat',
    when: /(?:^|\s)\d+\s*$/,
    unless: /\d+\s+\d+\s*$/,
    mode: 'stream',
  },
  { programs: 'journalctl', when: /--(?:vacuum|rotate|flush)/, risk: 'destroy' },
  { programs: 'journalctl', when: /(?:^|\s)(?:-[xeqamkr]*f[xeqamkrun]*\b|--follow)/, mode: 'stream' },
  { programs: 'dmesg', when: /(?:^|\s)(?:-[a-zA-Z]*[wW]\b|--follow)/, mode: 'stream' },
  { programs: 'dmesg', when: /(?:^|\s)(?:-[a-zA-Z]*[cC]\b|--clear)/, risk: 'destroy' },
  { programs: 'kill pkill killall', when: /(?:^|\s)-(?:0|l|L)\b/, risk: 'read' },
  {
    programs: 'kill pkill killall',
    when: /(?:^|\s)-(?:s\s*)?(?:SIG)?(?:HUP|1|USR1|USR2|10|12|TTIN|TTOU|CONT|18|QUIT|3|WINCH)\b/,
    risk: 'change',
  },
  { programs: 'fuser', when: /(?:^|\s)-[a-z]*k/, risk: 'destroy' },
  {
    programs: 'iptables ip6tables nft ipset ebtables',
    when: /(?:^|\s)(?:-F|-X|-D|-P|--flush|--delete|flush|delete|destroy)/,
    risk: 'destroy',
  },
  {
    programs: 'iptables ip6tables nft ipset ebtables',
    when: /(?:^|\s)(?:-[nvxt]*L|-S|--list|list)/,
    risk: 'read',
  },
  { programs: 'iptables ip6tables nft ipset ebtables', when: /./, risk: 'change' },
  { programs: 'sysctl', when: /(?:^|\s)-w|=|(?:^|\s)(?:-p|--system|--load)/, risk: 'change' },
  { programs: 'sysctl', when: /^/, risk: 'read' },
  { programs: 'hostname', when: /^\w[\w.-]*$/, risk: 'change' },
  { programs: 'date', when: /(?:^|\s)(?:-s|--set)/, risk: 'change' },
  { programs: 'history', when: /(?:^|\s)-[cdw]/, risk: 'destroy' },
  { programs: 'crontab', when: /(?:^|\s)-l/, risk: 'read' },
  { programs: 'crontab', when: /(?:^|\s)-r/, risk: 'destroy' },
  { programs: 'crontab', when: /(?:^|\s)-e/, risk: 'change', mode: 'tty' },
  { programs: 'mount swapon ifconfig route arp', when: /^(?:-[aAnlv]+|--show|show)?\s*$/, risk: 'read' },
  { programs: 'route', when: /\bdel\b/, risk: 'destroy' },
  { programs: 'ifconfig', when: /^\w+$/, risk: 'read' },
  { programs: 'ifconfig route arp', when: /./, risk: 'change' },
  { programs: 'fdisk parted sgdisk gdisk', when: /(?:^|\s)(?:-l|print|-p)\b/, risk: 'read' },
  { programs: 'fsck e2fsck xfs_repair', when: /(?:^|\s)-n\b/, risk: 'read' },
  { programs: 'systemctl service', when: /(?:^|\s)edit\b/, mode: 'tty' },
  { programs: 'systemctl', when: /^(?:--failed|--type\S*|--all|-[alt]|$)/, risk: 'read' },
  { programs: 'sar iostat', when: /(?:^|\s)-o/, risk: 'change' },
  { programs: 'perf', when: /^(?:record|probe|inject)/, risk: 'change' },
  { programs: 'strace ltrace', when: /(?:^|\s)-p/, mode: 'stream' },
  { programs: 'perf', when: /^top\b/, mode: 'tty' },
  { programs: 'conntrack', when: /(?:^|\s)-[DF]\b/, risk: 'destroy' },
  { programs: 'lsof netstat ss', when: /(?:^|\s)(?:-\w*K|--kill)\b/, risk: 'destroy' },
  { programs: 'netstat', when: /(?:^|\s)-\w*c\b|--continuous/, mode: 'stream' },
];
