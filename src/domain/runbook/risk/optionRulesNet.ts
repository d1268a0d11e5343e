import type { OptionRule } from './optionRules.ts';

const CHANGING_METHOD = String.raw`(?:-[a-zA-Z]*X\s*|--request[= ])["']?(?!GET\b|HEAD\b|OPTIONS\b|TRACE\b)\S`;
/** Looked at before the other tables: HTTP, networks, disks and processes, where a word does more than it seems. */
export const NET_OPTION_RULES: readonly OptionRule[] = [
  // HTTP: an explicit method decides; a path or query may name an action although it is fetched with GET.
  { programs: 'curl', when: new RegExp(`(?:^|\\s)${CHANGING_METHOD}`), unless: /DELETE/i, risk: 'change' },
  {
    programs: 'curl',
    when: /[?&](?:action|cmd|op|command|method)=["']?(?!(?:get|list|status|show|read|describe|info|cluster|query|search|LISTSTATUS|GETFILESTATUS|OPEN|LIST|CLUSTERSTATUS|details|health)\w*)\w/i,
    unless: /(?:^|\s)(?:-[a-zA-Z]*X\s*|--request[= ])["']?DELETE/i,
    risk: 'unknown',
  },
  {
    programs: 'curl wget http https xh',
    when: /\/(?:-\/|_|api\/|admin\/|v\d\/|agent\/)*(?:quitquitquit|abortabortabort|shutdown|restart|reload|flush\w*|purge|drain\w*|leave|failover|promote|stop|start|enable|disable|kill|reset\w*|healthcheck\/fail|invalidate|evict|trigger|rollback)(?=["'\s?]|$)/i,
    unless: /DELETE/i,
    risk: 'unknown',
  },
  {
    programs: 'curl',
    when: /(?:^|\s)(?:-[a-zA-Z]*X\s*|--request[= ])["']?(?:GET|HEAD)\b/,
    unless:
      /(?:^|\s)(?:-[a-zA-Z]*o\s*(?!\/dev\/null)\S|-[a-zA-Z]*O\b|--output[= ](?!\/dev\/null)|--remote-name|-T\s|--upload-file)/,
    risk: 'read',
  },
  // Networks
  { programs: 'ip', when: /(?:^|\s)(?:del|delete|flush)\b/, risk: 'destroy' },
  {
    programs: 'ip',
    when: /(?:^|\s)(?:set|add|append|prepend|replace|change|attach|save|restore)\b/,
    risk: 'change',
  },
  { programs: 'nmcli', when: /(?:^|\s)(?:del|delete)\b/, risk: 'destroy' },
  {
    programs: 'nmcli',
    when: /(?:^|\s)(?:dis)?connect\b|(?:^|\s)(?:up|down|add|mod|modify|edit|clone|import|reapply|set|reload|on|off|hotspot|hostname\s+\S|logging\s+\S)\b/,
    risk: 'change',
  },
  {
    programs: 'resolvectl',
    when: /^(?:dns|domain|dnssec|llmnr|mdns|default-route)\s+\S+\s+\S/,
    risk: 'change',
  },
  { programs: 'ipvsadm', when: /(?:^|\s)(?:-[CDdR]\b|--clear|--delete\S*|--restore)/, risk: 'destroy' },
  {
    programs: 'ipvsadm',
    when: /(?:^|\s)(?:-[AEaeZ]\b|--add\S*|--edit\S*|--zero|--set|--start-daemon|--stop-daemon)/,
    risk: 'change',
  },
  { programs: 'conntrack', when: /(?:^|\s)(?:-[IU]\b|--create|--update)/, risk: 'change' },
  { programs: 'conntrack', when: /(?:^|\s)--(?:delete|flush)/, risk: 'destroy' },
  { programs: 'tc', when: /(?:^|\s)(?:del|delete)\b/, risk: 'destroy' },
  { programs: 'tc', when: /(?:^|\s)(?:show|list|ls)\b/, unless: /\b(?:add|change|replace)\b/, risk: 'read' },
  { programs: 'firewall-cmd', when: /--(?:remove|delete)/, risk: 'destroy' },
  {
    programs: 'firewall-cmd',
    when: /--(?:add|reload|complete-reload|set|change|permanent|runtime-to-permanent|panic-on|new|load)/,
    risk: 'change',
  },
  {
    programs: 'firewall-cmd',
    when: /^(?:--zone=\S+\s+)?--(?:list|get|query|state|info|version)/,
    risk: 'read',
  },
  {
    programs: 'ethtool',
    when: /^-(?:[sGKLCANXUE]|p)\b|^--(?:change|set|reset|flash|offload)/,
    risk: 'change',
  },
  {
    programs: 'ovs-vsctl ovs-ofctl ovn-nbctl ovn-sbctl ovs-appctl ovn-appctl',
    when: /(?:^|\s)(?:\w+-)?(?:del|delete|destroy|remove|clear|flush|kick|emer-reset)\b|(?:^|\s)(?:del|delete|clear|remove)-/,
    risk: 'destroy',
  },
  {
    programs: 'ovs-vsctl ovs-ofctl ovn-nbctl ovn-sbctl',
    when: /(?:^|\s)(?:set|add|create|mod|\w+-add|\w+-set\S*|add-\S+|set-\S+|mod-\S+|init|sync)\b/,
    risk: 'change',
  },
  {
    programs: 'ovs-vsctl ovs-ofctl ovn-nbctl ovn-sbctl',
    when: /(?:^|\s)(?:show|list\S*|get|find|dump\S*|\w+-list|\w+-show|\w+-get\S*|get-\S+)\b/,
    risk: 'read',
  },
  {
    programs: 'ovs-appctl ovn-appctl',
    when: /(?:^|\s)\S*(?:\/show|\/list|\/status|\/get|version|coverage\/show|dump\S*)(?:\s|$)/,
    risk: 'read',
  },
  {
    programs: 'vtysh',
    when: /\b(?:conf|configure|clear|write|router|no|neighbor|shutdown|copy|debug|reload)\b/,
    risk: 'change',
  },
  { programs: 'vtysh', when: /-c\s+show\b/, risk: 'read' },
  { programs: 'pfctl', when: /(?:^|\s)-[a-z]*s/, unless: /(?:^|\s)-[a-z]*[deFfkKT]/, risk: 'read' },
  { programs: 'wg', when: /(?:^|\s)remove\b/, risk: 'destroy' },
  // Disks, hardware, processes
  {
    programs: 'smartctl',
    when: /(?:^|\s)(?:-[tsoSX]\b|--test|--smart|--offlineauto|--saveauto|--set|--abort)/,
    risk: 'change',
  },
  { programs: 'cpupower', when: /(?:^|\s)(?:\w+-set|set)\b/, risk: 'change' },
  { programs: 'mdadm', when: /--(?:zero-superblock|stop|remove)\b|(?:^|\s)-S\b/, risk: 'destroy' },
  {
    programs: 'mdadm',
    when: /--(?:add|fail|set-faulty|grow|create|assemble|manage|re-add|replace|run|readonly|readwrite|monitor)|(?:^|\s)-[aCAGfr]\b/,
    risk: 'change',
  },
  { programs: 'mdadm', when: /^(?:--detail|--examine|--query|-[DEQ])/, risk: 'read' },
  {
    programs: 'nvme',
    when: /^(?:format|sanitize|delete-ns|detach-ns|reset|subsystem-reset|disconnect\S*)/,
    risk: 'destroy',
  },
  {
    programs: 'nvme',
    when: /^(?:list\S*|smart-log|id-\S+|error-log|show-\S+|get-\S+|fw-log|version|list)/,
    risk: 'read',
  },
  {
    programs: 'nvme hdparm multipath iscsiadm',
    when: /^(?:connect\S*|-[WSyY]\d?|-[fFw]\b|.*(?:--op[= ](?:new|update)|--login|--logout|-[lu]\b))/,
    risk: 'change',
  },
  { programs: 'iscsiadm', when: /--op[= ]delete|-o\s+delete/, risk: 'destroy' },
  {
    programs: 'iscsiadm',
    when: /(?:^|\s)(?:-m\s+(?:session|node|iface|host|discoverydb)(?:\s+-P\s*\d)?|-m\s+session\s+-P\s*\d)\s*$/,
    risk: 'read',
  },
  { programs: 'multipath', when: /^-(?:ll?|v\d\s+-ll?)\b/, risk: 'read' },
  { programs: 'hdparm', when: /^-[iItT]+\s/, risk: 'read' },
  { programs: 'gcore', when: /^/, risk: 'change' },
  { programs: 'jmap', when: /(?:^|\s)-dump/, risk: 'change' },
  {
    programs: 'jmap jinfo',
    when: /(?:^|\s)-(?:histo|heap|flags|sysprops|clstats|finalizerinfo)/,
    unless: /:live/,
    risk: 'read',
  },
  {
    programs: 'jcmd',
    when: /\b(?:GC\.heap_dump|GC\.run\S*|VM\.set_flag|JFR\.\w+|ManagementAgent\.\w+|Compiler\.(?:CodeHeap|directives_\w+))/,
    risk: 'change',
  },
  {
    programs: 'jcmd',
    when: /^(?:-l)?$|\b(?:Thread\.print|VM\.(?:version|flags|uptime|system_properties|command_line|native_memory|info|classloaders|metaspace)|GC\.(?:heap_info|class_histogram)|help)\b/,
    risk: 'read',
  },
  { programs: 'java', when: /^-?-version$/, risk: 'read' },
  {
    programs: 'strace ltrace pg_dump pg_dumpall iconv',
    when: /(?:^|\s)(?:-o|-f\s|--output|--file)/,
    risk: 'change',
  },
  { programs: 'pg_ctl pg_ctlcluster', when: /\bstatus\b/, risk: 'read' },
  { programs: 'pg_ctl', when: /\bkill\b/, risk: 'destroy' },
];
