/** What people type while on call, one command a line. */
export const ordinaryCommands: readonly string[] = `
redis-cli ping
redis-cli -h redis -p 6379 info memory
redis-cli --bigkeys
redis-cli FLUSHALL
docker restart redis
docker ps
docker ps -a
docker stats --no-stream
docker logs testgen --tail 100
docker exec -it postgres psql -U postgres
docker exec postgres pg_isready
docker-compose up -d
docker-compose down
docker-compose logs -f app
docker compose restart web
docker system prune -af
docker volume ls
docker image prune
docker inspect web | jq '.[0].State'
kubectl get pods
kubectl get pods -n prod -o wide
kubectl describe pod web-0
kubectl logs web-0 --previous
kubectl rollout restart deployment web
kubectl rollout undo deployment/web
kubectl scale deployment web --replicas=3
kubectl delete pod web-0
kubectl exec -it web-0 -- sh
kubectl top nodes
kubectl get events --sort-by=.lastTimestamp
kubectl drain node-1 --ignore-daemonsets
kubectl cordon node-1
kubectl port-forward svc/web 8080:80
kubectl apply -f deploy.yaml
helm list
helm rollback web 3
helm history web
systemctl status nginx
systemctl restart nginx
sudo systemctl restart postgresql
journalctl -u nginx -n 100
journalctl -fu kubelet
service nginx restart
nginx -t
nginx -s reload
df -h
du -sh /var/log
free -m
top
htop
uptime
vmstat 1 5
iostat -x 1
netstat -tulpn
ss -tlnp
lsof -i :8080
ps aux
ps aux | grep java
kill -9 1234
pkill -f worker
curl http://localhost:8000/health
curl -s localhost:9200/_cluster/health
curl -X POST http://localhost:8000/api/reload
wget -qO- http://localhost
ping db
ping -c 3 db.example.com
dig db.example.com
nslookup db
host db
telnet db 5432
nc -zv db 5432
traceroute db
psql -h db -U app
psql -h db -U app -c 'select 1'
psql -c "SELECT count(*) FROM pg_stat_activity"
pg_dump app > backup.sql
pg_restore -d app backup.dump
pg_isready -h db
mysql -u root -p
mysql -e 'show processlist'
mysqldump app > app.sql
mongosh --eval 'rs.status()'
mongo
sqlite3 app.db
rabbitmqctl status
rabbitmqctl list_queues
kafka-topics.sh --list
kafka-consumer-groups.sh --describe --group g
zkCli.sh stat
nodetool status
cqlsh
etcdctl endpoint health
consul members
vault status
vault operator unseal
nomad job status
terraform plan
terraform apply
ansible-playbook site.yml
ansible all -m ping
make health-check
make deploy
npm run migrate
yarn start
node server.js
python manage.py migrate
python3 -m http.server 8080
python3 scripts/fix.py
pip install -r requirements.txt
bundle exec rake db:migrate
rails console
bin/rails db:migrate
git log --oneline -5
git revert HEAD
git pull
git status
git checkout main
aws s3 ls
aws ec2 describe-instances
gcloud compute instances list
az vm list
heroku logs --tail
heroku restart
flyctl status
pm2 restart all
pm2 logs
supervisorctl status
supervisorctl restart worker
celery -A app inspect active
gunicorn app:app
tail -f /var/log/syslog
tail -100 app.log
less /var/log/nginx/error.log
cat /etc/hosts
grep ERROR app.log
grep -r timeout /var/log
zgrep error app.log.1.gz
awk '{print $1}' access.log | sort | uniq -c
sed -i 's/a/b/' config.yml
find /tmp -mtime +7 -delete
rm -rf /tmp/cache
mv old.conf new.conf
cp config.yml config.yml.bak
chmod 600 key.pem
chown app:app /data
mkdir -p /data/backup
ln -s a b
tar czf backup.tgz /data
gzip app.log
scp file host:/tmp
rsync -av src/ dst/
ssh host
ssh admin@db.example.com
export ENV=prod
ENV=prod ./deploy.sh
source .env
. ./env.sh
cd /opt/app
./deploy.sh
./scripts/restart.sh web
bash restart.sh
sh -c 'echo hi'
echo "done"
echo $PATH
sleep 5
watch kubectl get pods
while true; do curl -s localhost; sleep 1; done
for i in 1 2 3; do echo $i; done
crontab -l
date
who
last
w
hostname
hostnamectl
timedatectl
mount
umount /mnt
lsblk
fdisk -l
dmesg | tail
sysctl -a
ulimit -n
iptables -L
ufw status
ip addr
ip route
ifconfig
route -n
openssl s_client -connect example.com:443
openssl x509 -in cert.pem -noout -dates
certbot renew
haproxy -c -f /etc/haproxy/haproxy.cfg
varnishadm ban.list
memcached-tool localhost:11211 stats
jstack 1234
jmap -heap 1234
jcmd 1234 GC.run
strace -p 1234
tcpdump -i eth0 port 80
apt-get update
apt install nginx
yum install nginx
apk add curl
env
env | grep DB
id
history
exit
reboot
shutdown -r now
logrotate -f /etc/logrotate.conf
promtool check rules rules.yml
amtool alert
amtool silence add alertname=Foo
linkerd check
istioctl proxy-status
argocd app sync web
velero backup get
calicoctl node status
ceph health detail
ceph -s
gitlab-ctl restart
gitlab-rake gitlab:check
puppet agent -t
salt '*' test.ping
chef-client
`
  .trim()
  .split('\n');
