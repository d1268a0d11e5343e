import type { OptionRule } from './optionRules.ts';

const KAFKA =
  'kafka-topics kafka-topics.sh kafka-consumer-groups kafka-consumer-groups.sh kafka-configs kafka-configs.sh kafka-acls kafka-acls.sh kafka-reassign-partitions kafka-reassign-partitions.sh kafka-log-dirs kafka-log-dirs.sh kafka-leader-election kafka-leader-election.sh kafka-replica-verification.sh kafka-broker-api-versions.sh kafka-run-class.sh';

/** Looked at before the other tables: a row here says that a word does more, or less, than it seems. */
export const TOOL_OPTION_RULES: readonly OptionRule[] = [
  // sed and awk can write and run
  { programs: 'sed', when: /(?:^|[\s;{\d/'"])w\s+\/?[\w.]|\/\w*[we]\w*\s+\/\S/, risk: 'change' },
  // Messages and schedulers
  { programs: KAFKA, when: /--(?:delete|delete-offsets|remove)\b|--delete-config/, risk: 'destroy' },
  {
    programs: KAFKA,
    when: /--(?:create|alter|add|execute|reset-offsets|election-type|cancel)\b/,
    unless: /--dry-run/,
    risk: 'change',
  },
  { programs: KAFKA, when: /--(?:list|describe|verify|dry-run|generate|version)\b/, risk: 'read' },
  {
    programs: 'kafka-console-consumer kafka-console-consumer.sh',
    when: /^/,
    unless: /--max-messages|--timeout-ms/,
    risk: 'read',
    mode: 'stream',
  },
  { programs: 'kafka-console-consumer kafka-console-consumer.sh', when: /^/, risk: 'read' },
  { programs: 'kafka-delete-records kafka-delete-records.sh', when: /^/, risk: 'destroy' },
  { programs: 'kcat kafkacat', when: /(?:^|\s)-P\b/, risk: 'change' },
  {
    programs: 'kcat kafkacat',
    when: /(?:^|\s)-C\b/,
    unless: /(?:^|\s)-e\b|-c\s*\d/,
    risk: 'read',
    mode: 'stream',
  },
  { programs: 'kcat kafkacat', when: /(?:^|\s)-[LQC]\b/, risk: 'read' },
  {
    programs: 'zookeeper-shell zookeeper-shell.sh zkCli.sh zkCli',
    when: /\b(?:delete|deleteall|rmr|delquota)\b/,
    risk: 'destroy',
  },
  {
    programs: 'zookeeper-shell zookeeper-shell.sh zkCli.sh zkCli',
    when: /\b(?:create|set|setAcl|setquota|reconfig|addauth)\b/,
    risk: 'change',
  },
  {
    programs: 'zookeeper-shell zookeeper-shell.sh zkCli.sh zkCli',
    when: /\s(?:ls2?|get|stat|getAcl|config|getAllChildrenNumber)\b/,
    risk: 'read',
  },
  {
    programs: 'hdfs hadoop',
    when: /\bfs(?:ck)?\b.*-delete|\bdfs\b.*-(?:rm|rmr|rmdir|expunge|moveFromLocal|truncate)\b|\bfs\b.*-(?:rm|rmr|expunge)\b|namenode\s+-format/,
    risk: 'destroy',
  },
  {
    programs: 'hdfs hadoop',
    when: /\b(?:dfs|fs)\b.*-(?:ls|du|df|cat|count|stat|tail|text|test|head|find|checksum|getfacl)\b|-safemode\s+get\b|-getServiceState|-printTopology|-report/,
    risk: 'read',
  },
  { programs: 'hdfs hadoop yarn mapred', when: /-(?:kill|failJob)\b/, risk: 'destroy' },
  { programs: 'hdfs hadoop', when: /\b(?:dfs|fs|dfsadmin|haadmin|balancer|namenode)\b/, risk: 'change' },
  { programs: 'yarn mapred', when: /-(?:list|status|logs|applicationId|states|showDetails)\b/, risk: 'read' },
  { programs: 'celery', when: /\b(?:purge|shutdown)\b/, risk: 'destroy' },
  { programs: 'celery', when: /\b(?:inspect|status|report|result)\b/, risk: 'read' },
  {
    programs: 'salt',
    when: /\b(?:test\.\w+|grains\.(?:get|items?|ls)|pillar\.(?:get|items?|ls)|status\.\w+|disk\.usage|service\.status|pkg\.version|network\.\w+)\b/,
    unless: /setval|delval|append|restart|stop|start/,
    risk: 'read',
  },
  {
    programs: 'ansible',
    when: /--list-hosts|(?:^|\s)(?:-m\s*|--module-name[= ])(?:ansible\.builtin\.)?(?:ping|setup|debug|stat|gather_facts|assert|getent|service_facts)\b/,
    risk: 'read',
  },
  { programs: 'ansible', when: /state=absent/, risk: 'destroy' },
  { programs: 'ansible', when: /(?:^|\s)(?:-m|--module-name)/, risk: 'change' },
  { programs: 'ansible-inventory ansible-doc ansible-config ansible-lint', when: /^/, risk: 'read' },
  // Version control and packages
  {
    programs: 'git',
    when: /^(?:-C\s+\S+\s+)?(?:branch\s+(?:-[arv]+|--list|--all|--remotes|--contains|--merged|--no-merged|--show-current)(?:\s|$)|tag\s+(?:-l|--list|-n\d*|--contains|--points-at|--sort)|tag\s*$|branch\s*$)/,
    risk: 'read',
  },
  { programs: 'yum dnf', when: /^history\s+(?:undo|redo|rollback|sync)\b/, risk: 'destroy' },
  { programs: 'gh glab', when: /(?:^|\s)(?:-X|--method)[= ]?DELETE/i, risk: 'destroy' },
  {
    programs: 'gh glab',
    when: /^api\b.*(?:(?:^|\s)(?:-X|--method)[= ]?(?!GET)\w|\s-[fF]\s|--field|--raw-field|--input|graphql)/i,
    risk: 'change',
  },
  { programs: 'gh glab', when: /^api\b/, risk: 'read' },
  {
    programs: 'gh glab',
    when: /^(?:pr|issue|release|run|workflow|mr|ci|repo|secret|variable|gist|cache|label)\s+(?:merge|close|reopen|edit|comment|review|ready|rerun|cancel|run|upload|fork|sync|rename|archive|disable|checkout|lock|pin|transfer|retry|trigger|play)\b/,
    risk: 'change',
  },
  {
    programs: 'gh',
    when: /^(?:auth\s+(?:login|refresh|switch|setup-git)|codespace|extension)\b/,
    risk: 'change',
  },
  // Clouds
  {
    programs: 'gcloud',
    when: /^(?:auth list|config (?:list|get-value|get)|config configurations list|auth print-(?:access|identity)-token)\b/,
    risk: 'read',
  },
  { programs: 'gcloud', when: /^secrets versions access\b/, risk: 'read' },
  {
    programs: 'az',
    when: /^(?:group|sql|vm|aks|webapp|functionapp|redis|storage|keyvault|network|servicebus|cosmosdb)\b.*\s(?:swap|deallocate|restart|start|stop|scale|invoke|failover|force-reboot|regenerate|purge-soft|sync|update-conditional|redeploy|reimage|generalize|capture|convert|rotate|upload|copy|set-primary|failover-priority-change|cancel|increase|revoke|flush|run)\b/,
    risk: 'change',
  },
  { programs: 'ocm', when: /^delete\b/, risk: 'destroy' },
  {
    programs: 'ocm',
    when: /^(?:post|patch|put|login|backplane|config set|tunnel|edit|create|resume|hibernate)\b/,
    risk: 'change',
  },
  { programs: 'cf', when: /^curl\b.*(?:-X\s*(?!GET)|-d\s)/, risk: 'change' },
  { programs: 'logcli', when: /^delete\b/, risk: 'destroy' },
  { programs: 'promtool', when: /^check\b/, risk: 'read' },
  {
    programs: 'vtctldclient vtctlclient vtctl',
    when: /(?:^|\s)(?:Delete\w*|Remove\w*|Emergency\w+|Drop\w*|\w+\s+(?:cancel|delete|complete)\b)/i,
    risk: 'destroy',
  },
  {
    programs: 'vtctldclient vtctlclient vtctl',
    when: /(?:^|\s)(?:Get\w+|List\w+|Validate\w*|Find\w+|Ping\w*|VDiff\b.*\bshow|Workflow\b.*\b(?:show|list)|OnlineDDL\b.*\bshow|TopoCat|ShardReplicationPositions|help)\b/,
    unless: /\b(?:Apply|Set|Create|Update|Add|Reload|Execute)\w*\b/,
    risk: 'read',
  },
  {
    programs: 'vtctldclient vtctlclient vtctl',
    when: /(?:^|\s)(?:Apply|Set|Create|Update|Add|Reload|Execute|Planned|Start|Stop|Backup|Restore|Move|Reshard|Migrate|Change|Init|Run|Refresh|Rebuild|Source|Tablet|Reparent|Copy|LegacyVtctl|VDiff|Workflow|OnlineDDL|LookupVindex|Materialize|Switch|Mount)\w*/,
    risk: 'change',
  },
  {
    programs: 'orchestrator-client orchestrator',
    when: /-c\s+(?:topology\S*|clusters\S*|all-instances|which-\S+|replication-analysis|discovered|instance|search|find|is-\S+|last-pseudo-gtid|tags|api)\b/,
    risk: 'read',
  },
  { programs: 'orchestrator-client orchestrator', when: /-c\s+\S/, risk: 'change' },
  { programs: 'patronictl', when: /^query\b/, risk: 'unknown' },
  { programs: 'kubectx kubens', when: /^(?:-c|--current)?$/, risk: 'read' },
  { programs: 'kubectx kubens', when: /^(?!-d)/, risk: 'change' },
  { programs: 'kubectl oc k', when: /^(?:ctx|ns)\s+\S/, risk: 'change' },
  { programs: 'oc', when: /(?:^|\s)extract\b.*--to=-(?:\s|$)/, risk: 'read' },
  { programs: 'oc', when: /(?:^|\s)projects?\s*$/, risk: 'read' },
  {
    programs: 'ceph',
    when: /^(?:tell|daemon)\s+\S+\s+(?:perf (?:dump|schema)|version|config (?:get|show|diff)|status|dump\S*|heap stats|session ls|client ls|damage ls|ops\S*|mon_status|quorum_status|help|objecter_requests|get \S+|bluefs stats|list_\S+|query|scrub status|log dump|histogram dump)\b/,
    risk: 'read',
  },
  {
    programs: 'ceph',
    when: /^(?:tell|daemon)\b.*\b(?:rm|delete|purge|drop|evict|shutdown|exit|clear|kill|reset|compact_force)\b/,
    risk: 'destroy',
  },
  {
    programs: 'ceph',
    when: /^(?:tell|daemon)\b.*\b(?:injectargs|config set|compact|bench|scrub|repair|set|flush|heap|respawn|trim|debug|cache)\b/,
    risk: 'change',
  },
  { programs: 'ceph', when: /^(?:tell|daemon)\b/, risk: 'unknown' },
  { programs: 'ceph-volume', when: /\bzap\b/, risk: 'destroy' },
  { programs: 'ceph-volume', when: /\b(?:list|inventory)\b/, risk: 'read' },
  {
    programs: 'fly',
    when: /(?:^|\s)(?:status|builds|containers|volumes|workers|pipelines|jobs|targets|teams|watch|check-resource)\b/,
    unless: /\b(?:destroy|delete|trigger-job|set-pipeline|abort)\b/,
    risk: 'read',
  },
  {
    programs: 'fly',
    when: /(?:^|\s)(?:destroy-\w+|delete-\w+|clear-\w+|prune-worker|rename-\w+)/,
    risk: 'destroy',
  },
  {
    programs: 'fly',
    when: /(?:^|\s)(?:set-pipeline|trigger-job|abort-build|pause-\w+|unpause-\w+|hijack|intercept|login|execute|sp|tj|i|land-worker|rerun-build|set-team)\b/,
    risk: 'change',
  },
  {
    programs: 'make gmake',
    when: /(?:clean|destroy|delete|purge|reset|drop|teardown|nuke|wipe)/,
    risk: 'destroy',
  },
  {
    programs: 'make gmake',
    when: /^(?:-n\b|(?:\w+=\S*\s+)*(?:-C\s+\S+\s+)?(?:[\w.]+[-_./])*(?:health|healthcheck|check|status|lint|ping|version|help|list|ls|show|logs|verify|validate|diff|plan|info|ps)(?:[-_.:/]\w+)*(?:\s+\w+=\S*)*$)/,
    unless:
      /(?:deploy|update|set|run|apply|create|fix|start|stop|install|upgrade|sync|push|rotate|restore|migrate|enable|disable|build|gen|import|load|seed|release|rollback|patch|scale|publish)/,
    risk: 'read',
  },
  {
    programs: 'source .',
    when: /(?:^|\/)(?:\.[\w.]+|[\w.-]*env[\w.-]*|activate[\w.]*|[\w.-]*rc|[\w.-]*profile|[\w.-]*completion[\w./-]*|[\w.-]*vars?(?:\.sh)?|[\w.-]*config(?:\.sh)?|[\w.-]*creds?\w*|[\w.-]*credentials?[\w.-]*|[\w.-]*aliases?)$|<\(|___|^\$/,
    risk: 'read',
  },
  { programs: 'source .', when: /./, risk: 'unknown' },
];
