import type { Risk } from '../model.ts';

const SQL_DESTROY =
  /\b(?:DROP|TRUNCATE|DELETE\s+FROM|DELETE\s+WHERE|pg_terminate_backend|pg_drop_replication_slot|KILL|PURGE|SHUTDOWN|FLUSH\s+TABLES)\b/i;
const SQL_CHANGE =
  /\b(?:ALTER|UPDATE|INSERT|VACUUM|CREATE|GRANT|REVOKE|REINDEX|CLUSTER|REFRESH|LOCK|CALL|COPY|OPTIMIZE|REPLACE\s+INTO|MERGE|CHECKPOINT|RELOAD|RECONNECT|PAUSE|RESUME|SUSPEND|DISABLE|ENABLE|RESET|START\s+SLAVE|STOP\s+SLAVE|REASSIGN|DO\s+\$|SET\s+(?:GLOBAL|PERSIST|PASSWORD|@@GLOBAL)|INTO\s+(?:OUTFILE|DUMPFILE))\b|\b(?:pg_(?:cancel_backend|reload_conf|rotate_logfile|promote|switch_(?:wal|xlog)|create_\w+|wal_replay_(?:pause|resume)|xlog_replay_(?:pause|resume)|start_backup|stop_backup|backup_start|backup_stop|stat_reset\w*|replication_slot_advance|advisory_lock)|setval|lo_unlink|dblink_exec)\s*\(/i;
/** A function whose name is a verb does what it says, though it is called from a SELECT. */
const SQL_VERB_FUNCTION =
  /\b(?:\w+\.)?(?:\w+_)?(?:run|create|drop|delete|remove|update|set|add|kill|purge|refresh|repair|start|stop|enable|disable|truncate|rotate|rebalance|reset|grant|revoke|terminate|cancel|promote|reload|pause|resume|sync|alter|insert|execute|schedule|undo|unschedule|maintenance)(?:_\w+)?\s*\(/i;
const SQL_READ =
  /^\s*(?:SELECT|SHOW|EXPLAIN|WITH|DESCRIBE|DESC|TABLE|VALUES|ANALYZE\b(?!.*;)|BEGIN|SET|USE|PRAGMA|FROM|LIST)\b|^\s*\\(?:[dlzqxtacHTpgGrs?]|timing|pset|conninfo|echo|encoding|watch|sf|sv|dt|dn)[\w+]*|^\s*\.(?:tables|schema|dump|databases|ind(?:ex|ic)es|show|mode|headers|stats|dbinfo|quit|exit|width|timer)\b/i;

/** The highest of all statements; one that is not known to look makes the whole unknown. */
export function riskOfSql(sql: string): Risk {
  if (SQL_DESTROY.test(sql)) return 'destroy';
  if (SQL_CHANGE.test(sql) || SQL_VERB_FUNCTION.test(sql)) return 'change';
  const statements = sql.split(';').filter(part => !/^\s*(?:\\[gG]|END|COMMIT|ROLLBACK)?\s*$/i.test(part));
  return statements.length > 0 && statements.every(part => SQL_READ.test(part)) ? 'read' : 'unknown';
}

const MONGO_DESTROY = /\b(?:drop\w*|deleteMany|deleteOne|remove|shutdownServer|killOp|killSessions)\s*\(/;
const MONGO_CHANGE =
  /\b(?:update\w*|insert\w*|replace\w*|create\w*|bulkWrite|findAndModify|findOneAnd\w+|save|adminCommand|runCommand|grant\w+|revoke\w+|fsync\w+|setProfilingLevel|compact|stepDown|freeze|reconfig|initiate|add\w*|(?:start|stop)Balancer|(?:enable|disable)\w+|move\w+|split\w+|shard\w+|set\w+)\s*\(|\$(?:out|merge)\b/;
const MONGO_READ =
  /^(?:find|findOne|count|countDocuments|estimatedDocumentCount|distinct|aggregate|stats|status|conf|config|serverStatus|currentOp|isMaster|hello|version|getCollectionNames|getCollectionInfos|getIndexes|getMongo|getSiblingDB|getCollection|getProfilingStatus|getUsers|getRoles|getLogComponents|listDatabases|printReplicationInfo|printSecondaryReplicationInfo|printSlaveReplicationInfo|printShardingStatus|printjson|print|pretty|sort|limit|skip|toArray|explain|hostInfo|buildInfo|getName|dataSize|totalSize|storageSize|latencyStats|ping|getBalancerState|isBalancerRunning|EJSON|stringify|ObjectId|ISODate|Date|size|forEach|map|length|require)$/;

/** MongoDB shell code: read-only when every call is one that only looks. */
export function riskOfMongo(code: string): Risk {
  if (MONGO_DESTROY.test(code)) return 'destroy';
  if (MONGO_CHANGE.test(code)) return 'change';
  const calls = [...code.matchAll(/([A-Za-z_]\w*)\s*\(/g)].map(match => match[1] ?? '');
  if (calls.length === 0) return /^\s*show\s/.test(code) ? 'read' : 'unknown';
  return calls.every(call => MONGO_READ.test(call)) ? 'read' : 'unknown';
}

const REDIS_DESTROY =
  /^(?:flushall|flushdb|del|unlink|shutdown|expire|pexpire|expireat|getdel|spop|lpop|rpop|ltrim|hdel|srem|zrem\w*|xdel|xtrim|replicaof|slaveof|failover|debug|script\s+(?:flush|kill)|client\s+kill|cluster\s+(?:reset|forget|failover|delslots|flushslots)|config\s+resetstat|function\s+(?:flush|delete)|swapdb|acl\s+deluser|sentinel\s+(?:remove|reset|failover))\b/i;
const REDIS_READ =
  /^(?:ping|info|get|mget|keys|scan|hscan|sscan|zscan|dbsize|exists|type|ttl|pttl|object|strlen|hget|hgetall|hlen|hkeys|hmget|llen|lrange|lindex|smembers|scard|sismember|zrange\w*|zcard|zscore|zcount|xlen|xinfo|xrange|xread|xpending|time|lastsave|role|echo|memory\s+(?:usage|stats|doctor)|slowlog\s+(?:get|len)|latency\s+(?:latest|history|doctor|graph|histogram)|client\s+(?:list|info|getname|id)|config\s+get|cluster\s+(?:info|nodes|slots|shards|keyslot|countkeysinslot|myid)|command|acl\s+(?:list|whoami|users|getuser|cat|log(?!\s+reset))|pubsub|script\s+exists|module\s+list|sentinel\s+(?:master|masters|slaves|replicas|sentinels|get-master-addr-by-name|ckquorum)|randomkey|dump|bitcount|getrange|monitor|psubscribe|subscribe|hello|auth|select|debug\s+object|llen|srandmember|geopos|touch)\b/i;
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
