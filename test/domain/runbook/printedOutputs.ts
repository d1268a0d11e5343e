/** Commands, and what they print on an ordinary machine. */
export const printedOutputs: readonly (readonly [command: string, output: string])[] = [
  [
    'docker ps',
    `CONTAINER ID   IMAGE          COMMAND                  CREATED         STATUS         PORTS                    NAMES
4c01db0b339c   testgen:1.2    "python main.py"         2 hours ago     Up 2 hours     0.0.0.0:8000->8000/tcp   testgen-copilot
d7886598dbe2   postgres:16    "docker-entrypoint.s…"   2 hours ago     Up 2 hours     5432/tcp                 testgen-postgres`,
  ],
  [
    'kubectl get pods',
    `NAME                    READY   STATUS             RESTARTS   AGE
web-7d4b9c6f5-abcde     1/1     Running            0          5d
web-7d4b9c6f5-fghij     0/1     CrashLoopBackOff   12         5d`,
  ],
  [
    'df -h',
    `Filesystem      Size  Used Avail Use% Mounted on
/dev/sda1        50G   45G  2.5G  95% /
tmpfs           3.9G     0  3.9G   0% /dev/shm`,
  ],
  [
    'free -m',
    `              total        used        free      shared  buff/cache   available
Mem:           7976        5120         512         120        2344        2510
Swap:          2047          10        2037`,
  ],
  [
    'redis-cli info memory',
    `# Memory
used_memory:1032216
used_memory_human:1008.02K
maxmemory:0`,
  ],
  ['redis-cli ping', 'PONG'],
  [
    'psql -c "select count(*) from t"',
    ` count
-------
    42
(1 row)`,
  ],
  ['curl -s localhost:8000/health', `{"status":"ok","redis":"up","postgres":"up"}`],
  [
    'curl -s localhost:8000/health | jq .',
    `{
  "status": "ok",
  "redis": "up"
}`,
  ],
  [
    'curl -I https://example.com',
    `HTTP/2 200
content-type: text/html
date: Mon, 02 Jan 2023 10:00:00 GMT`,
  ],
  [
    'systemctl status nginx',
    `● nginx.service - A high performance web server and a reverse proxy server
     Loaded: loaded (/lib/systemd/system/nginx.service; enabled; vendor preset: enabled)
     Active: active (running) since Mon 2023-01-02 10:00:00 UTC; 2h ago
   Main PID: 1234 (nginx)
      Tasks: 3 (limit: 4657)`,
  ],
  [
    'ping -c 2 db',
    `PING db (10.0.0.5) 56(84) bytes of data.
64 bytes from db (10.0.0.5): icmp_seq=1 ttl=64 time=0.045 ms
64 bytes from db (10.0.0.5): icmp_seq=2 ttl=64 time=0.050 ms

--- db ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 1001ms`,
  ],
  [
    'git log --oneline -3',
    `a1b2c3d Fix the timeout
d4e5f6a Raise memory limit
0a1b2c3 Merge branch 'main'`,
  ],
  [
    'journalctl -u app -n 3',
    `Jan 02 10:00:00 host app[123]: Starting worker
Jan 02 10:00:01 host app[123]: ERROR connection refused
Jan 02 10:00:02 host systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE`,
  ],
  [
    'ps aux | grep java',
    `root      1234  0.5  2.3 1234567 98765 ?       Ssl  Jan01  10:23 java -jar app.jar
root      5678  0.0  0.0   6432   720 pts/0    S+   10:00   0:00 grep java`,
  ],
  [
    'netstat -tulpn',
    `Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      789/sshd`,
  ],
  ['uptime', ' 10:00:00 up 10 days,  2:03,  1 user,  load average: 0.50, 0.40, 0.30'],
  [
    'nslookup db',
    `Server:		127.0.0.53
Address:	127.0.0.53#53

Non-authoritative answer:
Name:	db.example.com
Address: 10.0.0.5`,
  ],
  ['pg_isready -h db', 'db:5432 - accepting connections'],
  [
    'helm list',
    `NAME	NAMESPACE	REVISION	UPDATED                                	STATUS  	CHART    	APP VERSION
web 	prod     	12      	2023-01-02 10:00:00.000000 +0000 UTC	deployed	web-1.2.3	1.2.3`,
  ],
  [
    'kubectl rollout status deployment/web',
    `Waiting for deployment "web" rollout to finish: 1 of 3 updated replicas are available...
deployment "web" successfully rolled out`,
  ],
  ['kubectl delete pod web-0', 'pod "web-0" deleted'],
  ['docker-compose restart redis', 'Restarting testgen-redis ... done'],
  [
    'terraform plan',
    `Terraform will perform the following actions:

  # aws_instance.web will be updated in-place
  ~ resource "aws_instance" "web" {
        id = "i-123"
    }

Plan: 0 to add, 1 to change, 0 to destroy.`,
  ],
  [
    'ls -la',
    `total 12
drwxr-xr-x 2 root root 4096 Jan  2 10:00 .
drwxr-xr-x 5 root root 4096 Jan  2 10:00 ..
-rw-r--r-- 1 root root  123 Jan  2 10:00 app.log`,
  ],
  ['ls', 'app.log  config.yml  deploy.sh'],
  [
    'docker logs app --tail 2',
    `Traceback (most recent call last):
  File "/app/main.py", line 10, in <module>
    connect()
ConnectionRefusedError: [Errno 111] Connection refused`,
  ],
  [
    'cat /etc/hosts',
    `127.0.0.1 localhost
10.0.0.5 db.example.com db`,
  ],
  [
    'rabbitmqctl list_queues',
    `Listing queues for vhost / ...
name	messages
orders	12
emails	0`,
  ],
  [
    'aws s3 ls',
    `2023-01-02 10:00:00 my-bucket
2023-01-02 10:00:00 other-bucket`,
  ],
  [
    'sudo systemctl restart nginx',
    `Job for nginx.service failed because the control process exited with error code.
See "systemctl status nginx.service" and "journalctl -xe" for details.`,
  ],
  [
    'make health-check',
    `redis ... ok
postgres ... ok
service ... FAILED
make: *** [Makefile:12: health-check] Error 1`,
  ],
  [
    'du -sh /var/*',
    `1.2G	/var/log
40K	/var/tmp`,
  ],
  [
    'top -b -n1 | head -5',
    `top - 10:00:00 up 10 days,  2:03,  1 user,  load average: 0.50, 0.40, 0.30
Tasks: 120 total,   1 running, 119 sleeping,   0 stopped,   0 zombie
%Cpu(s):  5.0 us,  2.0 sy,  0.0 ni, 93.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st`,
  ],
  [
    'kubectl describe pod web-0 | tail -5',
    `Events:
  Type     Reason     Age                From               Message
  ----     ------     ----               ----               -------
  Warning  BackOff    5m (x12 over 30m)  kubelet            Back-off restarting failed container`,
  ],
  ['etcdctl endpoint health', '127.0.0.1:2379 is healthy: successfully committed proposal: took = 1.2ms'],
  [
    'openssl x509 -in cert.pem -noout -dates',
    `notBefore=Jan  2 10:00:00 2023 GMT
notAfter=Jan  2 10:00:00 2024 GMT`,
  ],
  [
    'mysql -e "show processlist"',
    `+----+------+-----------+------+---------+------+-------+------------------+
| Id | User | Host      | db   | Command | Time | State | Info             |
+----+------+-----------+------+---------+------+-------+------------------+
|  5 | root | localhost | app  | Query   |    0 | init  | show processlist |
+----+------+-----------+------+---------+------+-------+------------------+`,
  ],
  [
    'nodetool status',
    `Datacenter: dc1
===============
Status=Up/Down
|/ State=Normal/Leaving/Joining/Moving
--  Address    Load       Tokens  Owns   Host ID   Rack
UN  10.0.0.1   1.2 GB     256     33.3%  abc-def   rack1`,
  ],
];
