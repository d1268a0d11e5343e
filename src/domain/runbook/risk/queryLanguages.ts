import type { Risk } from '../model.ts';

const SQL_DESTROY =
  /\b(?:DROP|TRUNCATE|DELETE\s+FROM|pg_terminate_backend|pg_drop_replication_slot|KILL|PURGE|FLUSH\s+TABLES)\b/i;
const SQL_CHANGE =
  /\b(?:ALTER|UPDATE|INSERT|VACUUM|CREATE|GRANT|REVOKE|REINDEX|CLUSTER|REFRESH|LOCK|CALL|COPY|OPTIMIZE|REPLACE\s+INTO|MERGE|CHECKPOINT|RELOAD|RECONNECT|PAUSE|RESUME|SUSPEND|DISABLE|ENABLE|RESET|START\s+SLAVE|STOP\s+SLAVE|REASSIGN|DO\s+\$|SET\s+(?:GLOBAL|PERSIST))\b|\b(?:pg_(?:cancel_backend|reload_conf|rotate_logfile|promote|switch_(?:wal|xlog)|create_\w+|wal_replay_(?:pause|resume)|xlog_replay_(?:pause|resume)|start_backup|stop_backup|backup_start|backup_stop|stat_reset\w*|replication_slot_advance|advisory_lock)|setval|lo_unlink|dblink_exec)\s*\(/i;
const SQL_READ =
  /^\s*(?:SELECT|SHOW|EXPLAIN|WITH|DESCRIBE|DESC|TABLE|VALUES|ANALYZE\b(?!.*;)|BEGIN|SET|\\[dlxtcqsonp?z]\w*\+?|USE|PRAGMA)\b|^\s*\\/i;

export function riskOfSql(sql: string): Risk {
  if (SQL_DESTROY.test(sql)) return 'destroy';
  if (SQL_CHANGE.test(sql)) return 'change';
  return SQL_READ.test(sql) ? 'read' : 'unknown';
}

const REDIS_DESTROY =
  /^(?:flushall|flushdb|del|unlink|shutdown|expire|pexpire|expireat|getdel|spop|lpop|rpop|ltrim|hdel|srem|zrem\w*|xdel|xtrim|replicaof|slaveof|failover|debug|script\s+(?:flush|kill)|client\s+kill|cluster\s+(?:reset|forget|failover|delslots|flushslots)|config\s+resetstat|function\s+(?:flush|delete)|swapdb|sentinel\s+(?:remove|reset|failover))\b/i;
const REDIS_READ =
  /^(?:ping|info|get|mget|keys|scan|hscan|sscan|zscan|dbsize|exists|type|ttl|pttl|object|strlen|hget|hgetall|hlen|hkeys|hmget|llen|lrange|lindex|smembers|scard|sismember|zrange\w*|zcard|zscore|zcount|xlen|xinfo|xrange|xread|xpending|time|lastsave|role|echo|memory\s+(?:usage|stats|doctor)|slowlog\s+(?:get|len)|latency|client\s+(?:list|info|getname|id)|config\s+get|cluster\s+(?:info|nodes|slots|shards|keyslot|countkeysinslot|myid)|command|acl\s+(?:list|whoami|users|getuser|log)|pubsub|script\s+exists|module\s+list|sentinel\s+(?:master|masters|slaves|replicas|sentinels|get-master-addr-by-name|ckquorum)|randomkey|dump|bitcount|getrange|monitor|psubscribe|subscribe|hello|auth|select|debug\s+object|llen|srandmember|geopos|touch)\b/i;
const REDIS_VALUE_OPTIONS = new Set([
  '-h',
  '-p',
  '-a',
  '-n',
  '-u',
  '-s',
  '-r',
  '-i',
  '--user',
  '--pass',
  '-x',
  '-d',
  '--cacert',
  '--cert',
  '--key',
  '--sni',
  '--pattern',
]);

/** The verb of a `redis-cli` call: '' when the words only open a prompt. */
export function redisVerb(words: readonly string[]): string {
  const rest = [...words];
  while (rest[0]?.startsWith('-')) {
    const option = rest.shift() ?? '';
    if (REDIS_VALUE_OPTIONS.has(option) && option !== '-x') rest.shift();
  }
  return rest.join(' ');
}

export function riskOfRedis(verb: string): Risk {
  if (/^debug\s+object\b/i.test(verb)) return 'read';
  if (REDIS_DESTROY.test(verb)) return 'destroy';
  if (REDIS_READ.test(verb)) return 'read';
  return /^[a-z]+\b/i.test(verb) ? 'change' : 'unknown';
}

const HARMLESS_CALLS =
  /^(?:print|len|str|int|float|bool|list|dict|set|tuple|sorted|sum|min|max|round|repr|type|range|enumerate|zip|connect|virtual_memory|swap_memory|cpu_percent|cpu_count|disk_usage|getloadavg|net_io_counters|boot_time|getenv|get|ping|info|items|keys|values|format|join|split|strip|loads|dumps|load|now|utcnow|time|getaddrinfo|gethostbyname|create_connection|status|version|close|cursor|fetchone|fetchall|hexdigest|b64decode|decode|encode|dbsize)$/;

/** Inline Python is read-only when it imports, looks and prints: every call must be one that only looks. */
export function riskOfPython(code: string): Risk {
  if (/\b(?:rmtree|unlink|os\.remove|flushall|flushdb|drop_\w+|delete|truncate|kill)\b/i.test(code))
    return 'destroy';
  const calls = [...code.matchAll(/([A-Za-z_]\w*)\s*\(/g)].map(match => match[1] ?? '');
  if (
    calls.some(call =>
      /^(?:write|execute|save|put|post|set|commit|open|system|Popen|run|call|check_call|check_output|send)$/.test(
        call,
      ),
    )
  )
    return 'unknown';
  return calls.every(call => HARMLESS_CALLS.test(call)) ? 'read' : 'unknown';
}
