import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';

interface Block {
  /** Text above the block, if it matters. */
  readonly lead?: string;
  readonly tag: string;
  readonly lines: readonly string[];
  /** First lines of the commands a reader would type; none when there is nothing to run. */
  readonly commands: readonly string[];
}

function commandsOf({ lead, tag, lines }: Block): readonly string[] {
  const page = [lead ?? '', '', `\`\`\`${tag}`, ...lines, '```', ''].join('\n');
  const block = parseRunbook('page.md', page).blocks.find(each => each.kind === 'fence');
  return (block?.steps ?? []).map(step => step.command.split('\n')[0] ?? '');
}

function check(blocks: readonly Block[]): void {
  for (const block of blocks) assert.deepEqual(commandsOf(block), block.commands, block.lines.join('\n'));
}

const nothing = (tag: string, ...lines: readonly string[]): Block => ({ tag, lines, commands: [] });
const same = (tag: string, ...lines: readonly string[]): Block => ({ tag, lines, commands: lines });

test('prompts of every style are taken off', () => {
  check([
    { tag: 'console', lines: ['$kubectl get nodes'], commands: ['kubectl get nodes'] },
    { tag: '', lines: ['(venv) $ pip list'], commands: ['pip list'] },
    { tag: 'console', lines: ['[node-1]$kubectl get pods'], commands: ['kubectl get pods'] },
    { tag: 'console', lines: ['mon-a# cat /etc/hosts  # keep this for later'], commands: ['cat /etc/hosts'] },
    { tag: '', lines: ['➜ ~ kubectl get pods', 'No resources found.'], commands: ['kubectl get pods'] },
    { tag: '', lines: ['/ # cd data', '/data # ls -l'], commands: ['cd data', 'ls -l'] },
    { tag: 'console', lines: ['# nfsstat -m'], commands: ['nfsstat -m'] },
    { tag: 'console', lines: ['# gcore <pid>'], commands: ['gcore <pid>'] },
    {
      tag: 'sh',
      lines: ['> kubectl get nodes', '> kubectl get pods'],
      commands: ['kubectl get nodes', 'kubectl get pods'],
    },
    { tag: '', lines: ['Terminal 1', '    $ ps aux', '    $ pkill web'], commands: ['ps aux', 'pkill web'] },
    { tag: '', lines: ['# stop it', '$ goreman run stop web'], commands: ['goreman run stop web'] },
    {
      tag: 'sh',
      lines: ['$ for i in 1 2; do', '>   echo $i', '> done', '1'],
      commands: ['for i in 1 2; do'],
    },
  ]);
});

test('a shell of another world is not run', () => {
  check([
    nothing('shell', 'PS C:\\Users\\x> Restart-Service spooler', 'PS C:\\Users\\x> Get-Process'),
    nothing('', 'PS C:\\> Get-Service -Name W32Time'),
    nothing('bash', 'C:\\> net stop x'),
    nothing('powershell', 'Restart-Service foo'),
    nothing('bash', 'GET _cluster/health'),
    nothing('', 'PUT _cluster/settings', '{', '}'),
    nothing('', 'index=main sourcetype=access status=500'),
    nothing('cisco', 'show ip bgp summary'),
    nothing('traceql', '{ span.http.status_code = 500 }'),
  ]);
});

test('what was printed is no command', () => {
  check([
    nothing('', '  id | is_live | replicas', '-----+---------+----------', '   4 |  true   |       73'),
    nothing('console', 'NAME         KUBERNETES VERSION   AGE     STATE', 'v1   1.2.3   4d   active'),
    nothing('console', 'NAME   CPU(cores)   MEMORY(bytes)', 'web-0   1m   20Mi'),
    nothing('console', 't=2026-01-01T00:00:00Z lvl=eror msg="failed to load" logger=x'),
    nothing('bash', '[766396.293089] XFS (sdf): Filesystem can only be mounted read only.'),
    nothing('', '/var/log/nginx/error.log', '/var/log/nginx/access.log'),
    nothing('bash', '# /etc/web.conf', 'a = b'),
    nothing('console', 'wrong fs type, bad option, bad superblock on /dev/sdb'),
    {
      tag: 'bash',
      lines: ['systemctl is-active nginx', 'active', 'systemctl is-enabled nginx', 'enabled'],
      commands: ['systemctl is-active nginx', 'systemctl is-enabled nginx'],
    },
    {
      tag: 'bash',
      lines: [
        'kubectl get pods',
        'NAME   READY   STATUS   AGE',
        'web-0   1/1   Running   3d',
        'kubectl logs web-0',
      ],
      commands: ['kubectl get pods', 'kubectl logs web-0'],
    },
    {
      tag: 'bash',
      lines: ['kubectl delete pod web-0', 'pod "web-0" deleted'],
      commands: ['kubectl delete pod web-0'],
    },
    {
      tag: 'bash',
      lines: ['etcd --name a', 'I | embed: ready to serve client requests'],
      commands: ['etcd --name a'],
    },
    {
      tag: 'bash',
      lines: ['./ctl elect x y', 'my-election/694d99fafea88404', 'y'],
      commands: ['./ctl elect x y'],
    },
    { tag: 'bash', lines: ['which kubectl', '/usr/local/bin/kubectl'], commands: ['which kubectl'] },
    { tag: 'bash', lines: ['function f() {', '  date', '}', 'f'], commands: ['function f() {', 'f'] },
  ]);
});

test('a program nobody listed runs where it cannot be anything else', () => {
  check([
    same('', 'acmectl-x decode-secret -n web -s token'),
    same('', 'acme search-index rebuild -r'),
    { tag: '', lines: ['acmed \\', '  --log-dir=/tmp \\', '  --port=1'], commands: ['acmed \\'] },
    { ...same('', 'acme db init'), lead: 'Set up the database with the following commands:' },
    { ...nothing('', 'acme db init'), lead: 'The result looks like this:' },
    { ...nothing('', 'user.save!', 'feature enable foo'), lead: 'Run this in the Rails console:' },
    nothing('', 'listen 80 default_server'),
    nothing('', 'the server -x is gone'),
    nothing('', 'acme [COMMAND]'),
  ]);
});

const HOLES: readonly (readonly [command: string, ...holes: readonly string[]])[] = [
  ['oc get pod <pod> -n <namespace>', '<pod>', '<namespace>'],
  ['aws apigateway get-method --http-method <GET|POST|ANY>', '<GET|POST|ANY>'],
  ['kubectl logs <<pod name>> -c app', '<<pod name>>'],
  ['kubectl logs [pod-name] -c [container]', '[pod-name]', '[container]'],
  ['kubectl get pods -n [NAMESPACE]', '[NAMESPACE]'],
  ['sudo fuser -k [port number]/tcp', '[port number]'],
  ['acme --context prod-[environment]-x get', '[environment]'],
  ['curl http://{host}:{port}/health', '{host}', '{port}'],
  ['ssh admin@{{ ip address }} uptime', '{{ ip address }}'],
  ['kubectl -n NAMESPACE logs POD', 'NAMESPACE', 'POD'],
  ['ssh admin@10.x.x.x', '10.x.x.x'],
  ['docker pull web:X.Y.Z', 'X.Y.Z'],
  ['curl -u user:PASSWORD https://example.com', 'PASSWORD'],
  ['curl -H "Authorization: Bearer YOUR_API_TOKEN" https://example.com', 'YOUR_API_TOKEN'],
  ['ssh web-NNN.example.com', 'NNN'],
  ['kubectl delete pod __POD_NAME__', '__POD_NAME__'],
];
const NO_HOLES: readonly string[] = [
  'aws apigateway create-usage-plan-key --key-type API_KEY',
  'aws organizations create-policy --type SERVICE_CONTROL_POLICY',
  'mysql --ssl-mode=VERIFY_CA',
  'ls [a-z]*',
  'rm -f file[0-9].log',
  "grep '[error]' app.log",
  'if [ -f x ]; then cat x; fi',
  'rake db:migrate[version]',
  "jq '.items[name]' x.json",
  'kubectl get pods -o custom-columns=NAME:.metadata.name',
  'curl -X POST http://example.com',
  'ps aux | grep vtgat[e]',
  "docker ps --format '{{.Names}}'",
  'kill -s TERM 12',
  'acme set --tag 3.x.x',
  'cat <<END_OF_TEXT\nhello\nEND_OF_TEXT',
];

test('gaps are found in every style authors use, and only there', () => {
  const holesOf = (command: string): readonly string[] =>
    parseRunbook('page.md', `\`\`\`bash\n${command}\n\`\`\`\n`).blocks[0]?.steps[0]?.holes.map(
      hole => hole.text,
    ) ?? ['no step'];
  for (const [command, ...holes] of HOLES) assert.deepEqual(holesOf(command), holes, command);
  for (const command of NO_HOLES) assert.deepEqual(holesOf(command), [], command);
});
