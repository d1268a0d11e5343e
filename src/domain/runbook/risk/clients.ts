import type { Risk, StepMode } from '../model.ts';
import { redisVerb, riskOfMongo, riskOfPython, riskOfRedis, riskOfSql } from './queryLanguages.ts';
import type { Verdict } from './verdict.ts';

const SQL_CLIENTS =
  /^(?:gitlab-)?(?:psql|mysql|mariadb|sqlite3?|clickhouse(?:-client)?|pgb-console[\w-]*|sqlcmd|usql|pgcli|mycli|cqlsh|isql|osql|trino|presto|hive|beeline|snowsql|duckdb)$/;
const REDIS_CLIENTS = /^(?:gitlab-)?(?:redis-cli|valkey-cli|keydb-cli)$/;
const REPLS =
  /^(?:python[\d.]*|ruby|irb|node|mongo|mongosh|rails|gitlab-rails|pry|ipython3?|influx|php|lua|erl|iex|ghci|R)$/;
/** Options whose next word is a statement; short ones may be bundled (`-tAc`) or glued to it (`-e"…"`). */
const STATEMENT_OPTION: readonly { readonly client: RegExp; readonly short: string }[] = [
  { client: /psql|pgcli|pgb-console|usql/, short: 'c' },
  { client: /sqlcmd|isql|osql|clickhouse|snowsql/, short: 'qQ' },
  { client: /./, short: 'e' },
];
const LONG_STATEMENT = /^--(?:command|execute|query|eval)(?:=([\s\S]*))?$/;

/** CockroachDB's one program holds its SQL shell beside cluster commands. */
export function isSqlClient(program: string, args: readonly string[]): boolean {
  return SQL_CLIENTS.test(program) || (program === 'cockroach' && args[0] === 'sql');
}

export function isRedisClient(program: string): boolean {
  return REDIS_CLIENTS.test(program);
}

export function isRepl(program: string): boolean {
  return REPLS.test(program);
}

/** Every statement the client is given is judged: `psql -c "select 1" -c "drop table x"` is no look. */
export function judgeSql(program: string, args: readonly string[], input: string | undefined): Verdict {
  const statements = statementsOf(program, args);
  if (statements.length > 0) {
    const sql = statements.join(';\n');
    return verdict(riskOfSql(sql), 'once', `${program}: ${firstWords(sql)}`);
  }
  if (args.some(word => /^(?:-l|--list)$/.test(word))) return verdict('read', 'once', `${program} file`);
  if (input !== undefined) return verdict(riskOfSql(input), 'once', `${program}: ${firstWords(input)}`);
  if (args.some(word => /^(?:-f|--file|-i|--queries-file|--init-file|\.read)/.test(word)))
    return verdict('unknown', 'once', `${program} file`);
  return verdict('read', 'tty', program);
}

function statementsOf(program: string, args: readonly string[]): readonly string[] {
  const short = STATEMENT_OPTION.find(({ client }) => client.test(program))?.short ?? 'e';
  const bundled = new RegExp(`^-[a-zA-Z]*[${short}]$`);
  const glued = new RegExp(`^-[a-zA-Z]{0,3}?[${short}](\\S*\\s[\\s\\S]*|[A-Z]{4,}.*)$`);
  const found: string[] = [];
  for (const [i, word] of args.entries()) {
    const long = LONG_STATEMENT.exec(word);
    const joined = long?.[1] ?? (long ? undefined : glued.exec(word)?.[1]);
    if (joined !== undefined) found.push(joined);
    else if (long !== null || bundled.test(word)) found.push(args[i + 1] ?? '');
  }
  if (/^(?:sqlite3?|duckdb)$/.test(program))
    found.push(...args.filter(word => !word.startsWith('-')).slice(1));
  return found;
}

export function judgeRedis(program: string, args: readonly string[], input: string | undefined): Verdict {
  if (args.some(word => /^--(?:pipe|eval|rdb|functions-rdb|lru-test)$/.test(word)))
    return verdict('unknown', 'once', `${program} ${args.find(word => word.startsWith('--')) ?? ''}`);
  const cluster = args.indexOf('--cluster');
  if (cluster >= 0) return judgeRedisCluster(program, args[cluster + 1] ?? '');
  if (args.some(word => /^--(?:stat|latency\S*|bigkeys|memkeys|hotkeys|scan)$/.test(word)))
    return verdict('read', args.some(word => /^--(?:stat|latency)/.test(word)) ? 'stream' : 'once', program);
  const verb = redisVerb(args) || (input ?? '').trim();
  if (verb === '' && input === undefined) return verdict('read', 'tty', program);
  const mode = /^(?:monitor|p?subscribe)\b/i.test(verb) ? 'stream' : 'once';
  return verdict(riskOfRedis(verb), mode, `${program} ${firstWords(verb)}`);
}

function judgeRedisCluster(program: string, verb: string): Verdict {
  const risk = /^(?:check|info|help)$/.test(verb) ? 'read' : /^del-node$/.test(verb) ? 'destroy' : 'change';
  return verdict(risk, 'once', `${program} --cluster ${verb}`);
}

export function judgeRepl(program: string, args: readonly string[], input: string | undefined): Verdict {
  const at = args.findIndex(word => /^-[a-z]*[ce]$|^--eval$/.test(word));
  const code = args[at + 1];
  if (at >= 0 && code !== undefined)
    return verdict(riskOfCode(program, code), 'once', `${program} ${args[at]}`);
  if (/^i?python/.test(program) && args[0] === '-m' && args[1] === 'json.tool')
    return verdict('read', 'once', `${program} -m json.tool`);
  if (program.includes('rails') && /^(?:console|c|dbconsole)$/.test(args[0] ?? ''))
    return verdict('read', 'tty', `${program} console`);
  if (/^(?:-v|-V|--version|version)$/.test(args[0] ?? '')) return verdict('read', 'once', program);
  const hasFile = args.some(word => !word.startsWith('-')) || args.some(word => word.startsWith('-m'));
  if ((hasFile && !/^mongo/.test(program)) || input !== undefined) return verdict('unknown', 'once', program);
  if (/^mongo/.test(program) && args.some(word => /\.js$/.test(word)))
    return verdict('unknown', 'once', program);
  return verdict('read', 'tty', program);
}

function riskOfCode(program: string, code: string): Risk {
  if (/^i?python/.test(program)) return riskOfPython(code);
  return /^mongo/.test(program) ? riskOfMongo(code) : 'unknown';
}

function verdict(risk: Risk, mode: StepMode, reason: string): Verdict {
  return { risk, mode, reason };
}

function firstWords(text: string): string {
  return text.trim().split(/\s+/).slice(0, 2).join(' ');
}
