/**
 * One command a row: `risk[:mode] command`, where risk is r(ead), ? (unknown), c(hange) or d(estroy) and mode is
 * `once` when it is not given. Every option rule decides at least one of them.
 */
export const RISK_ROWS = String.raw`
? $CMD
? $CMD restart
? ./manage.py createsuperuser
? ./restart.sh
c /etc/init.d/nginx restart
r /etc/init.d/nginx status
c > /var/log/big.log
c : > /var/log/big.log
d \rm x
? A=b ./x
? acme deploy prod
d airflow dags delete x
r airflow dags list
c airflow dags pause x
c airflow dags trigger x
c airflow db upgrade
c airflow tasks clear x
r alias x=y
c amtool alert add foo severity=page
r amtool alert query
r amtool check-config alertmanager.yml
c amtool silence add alertname=foo
r amtool silence query
c ansible all -b -m apt -a "name=x state=latest"
d ansible all -m file -a "path=/x state=absent"
r ansible all -m ping
c ansible all -m service -a "name=x state=restarted"
c ansible all -m shell -a 'systemctl restart x'
r ansible web -m shell -a 'uptime'
r ansible-inventory --list
c ansible-playbook site.yml
r ansible-playbook site.yml --check
c:tty ansible-vault edit x.yml
r apachectl configtest
c apachectl graceful
c apt install -y x
r apt-cache policy x
d apt-get purge x
c apt-get update
c argocd app actions run web restart --kind Deployment
d argocd app delete web
d argocd app delete-resource web --kind Pod
r argocd app diff web
r argocd app get web
c argocd app rollback web 3
c argocd app set web -p x=y
c argocd app sync web
d argocd app terminate-op web
? artisan migrate:rollback
? asdf install
c at now + 1 hour
r awk '{print $1}' y
? awk '{print > "/tmp/x"}' y
? awk '{system("rm "$1)}' y
d aws --profile x --region y ec2 delete-volume --volume-id v
c aws autoscaling set-desired-capacity --x
d aws cloudformation delete-stack --stack-name x
c aws cloudformation deploy --stack-name x
c aws cloudfront create-invalidation --distribution-id x
?:tty aws configure
d aws dynamodb delete-table --table-name x
c aws dynamodb restore-table-to-point-in-time --source-table-name x
r aws dynamodb scan --table-name x
c aws dynamodb update-item --table-name x
c aws ec2 authorize-security-group-ingress --group-id x
d aws ec2 reboot-instances --instance-ids i-1
d aws ec2 release-address --allocation-id x
d aws ec2 revoke-security-group-ingress --group-id x
c aws ec2 stop-instances --instance-ids i-1
d aws ec2 terminate-instances --instance-ids i-1
d aws ecr batch-delete-image --repository-name x
c aws ecs update-service --cluster a --service b --force-new-deployment
c aws eks --region eu-west-2 update-kubeconfig --name x
d aws elbv2 deregister-targets --target-group-arn x
c aws elbv2 register-targets --target-group-arn x
c aws guardduty archive-findings --detector-id x
c aws iam attach-role-policy --role-name x
d aws iam detach-role-policy --role-name x
c aws iam update-access-key --status Inactive
d aws kms schedule-key-deletion --key-id x
c aws lambda invoke --function-name x out.json
c aws logs start-query --log-group-name x
r:stream aws logs tail /aws/x --follow
d aws rds delete-db-instance --db-instance-identifier x
c aws rds failover-db-cluster --db-cluster-identifier x
c aws rds modify-db-instance --db-instance-identifier x
c aws route53 change-resource-record-sets --hosted-zone-id x
c aws s3 cp a s3://b
r aws s3 ls
d aws s3 rm s3://b --recursive
d aws s3 sync a s3://b --delete
d aws s3api delete-object --bucket b --key k
c aws s3api put-bucket-policy --bucket b
d aws sqs purge-queue --queue-url x
c aws sqs send-message --queue-url x
c aws ssm send-command --document-name x
c aws ssm start-session --target i-1
c aws sso login --profile x
c aws sts assume-role --role-arn x
r aws sts get-caller-identity
c az account set --subscription x
r az account show
c az aks command invoke -g a -n b --command "kubectl delete pod x"
c az aks get-credentials -g a -n b
c az aks nodepool upgrade -g a
c az aks scale -g a -n b --node-count 3
c az cosmosdb failover-priority-change -g x
c az functionapp start -g a -n b
d az group delete -n x
d az keyvault secret purge --vault-name x
c az keyvault secret set --vault-name x
c:tty az login
r az monitor metrics list --resource x
c az network nsg rule create -g x
c az redis flush -n x
c az redis force-reboot -g a -n b
c az servicebus queue update -g x
c az sql db restore -g a
c az sql failover-group set-primary -g a
? az storage blob delete-batch -s x
c az storage blob upload -f x
c az vm deallocate -g a -n b
d az vm delete -g a -n b
r az vm list
c az vm restart -g a -n b
c az vm run-command invoke -g a -n b --command-id RunShellScript --scripts "rm -rf /x"
r az vm show -g a -n b
c az vm stop -g a -n b
c az webapp deployment slot swap -g a -n b --slot staging
c az webapp restart -g a -n b
c barman backup x
r barman check x
d barman delete x oldest
r barman list-backup x
c barman recover x latest /y
? bash restart.sh
? bin/elasticsearch-reset-password -u elastic
c birdc configure
c birdc disable x
r birdc show protocols
c borg create a::b c
d borg delete a::b
r borg list a
d borg prune a
r bosh -d cf instances --ps
c bosh -d cf recreate diego-cell/0
c bosh -d cf restart router
c bosh -d cf ssh diego-cell/0
c bosh cck
d bosh delete-deployment -d x
r bosh vms
? boundary connect ssh
d bq query "DELETE FROM d.t WHERE 1"
c bq query --destination_table d.t "SELECT 1"
d bq rm -f x
r bq show x
? bundle exec rails runner "Foo.run"
? bundle exec rake db:migrate
? busybox rm x
c calicoctl apply -f x.yaml
d calicoctl delete policy x
r calicoctl get nodes
c cargo run
c cat /dev/null > /var/log/app.log
r cat /proc/mdstat
? cat fix.sql | mysql
r cd /x
d celery -A x control shutdown
r celery -A x inspect active
d celery -A x purge
r ceph -s
r:stream ceph -w
c ceph mgr fail
c ceph orch daemon restart x
d ceph orch rm x
c ceph osd down osd.1
c ceph osd out 3
d ceph osd pool delete a a --yes-i-really-really-mean-it
d ceph osd purge 3
c ceph telemetry on
d ceph tell mds.0 session evict id=4
c ceph tell osd.* injectargs '--x 1'
r ceph tell osd.0 perf dump
? ceph tell osd.0 something
r ceph-volume lvm list
d ceph-volume lvm zap /dev/sdb --destroy
c certbot renew
r cf apps
c cf curl -X PUT /v2/apps/x
d cf delete app -f
r cf logs app --recent
c cf push app
c cf restage app
c cf restart app
c cf scale app -i 3
c cf target -o x -s y
? cfssl gencert x
? chatops run feature set x true
c chef-client
r chef-client --why-run
c chmod 600 x
c chronyc makestep
r chronyc sources -v
r chronyc tracking
d chroot /host rm -rf /x
r cilium status
d cilium uninstall
c cilium upgrade
? cinder reset-state x
d clickhouse-client --query "DROP TABLE x"
d clickhouse-client --query="ALTER TABLE t DELETE WHERE 1"
c clickhouse-client -q "OPTIMIZE TABLE x"
r clickhouse-client -q "SELECT 1"
? cmctl renew x
? cmctl status certificate x
c cockroach init --insecure --host=localhost
c cockroach node drain 3 --host=x
r cockroach node status --insecure
d cockroach sql --insecure -e "DROP TABLE t"
r cockroach sql --insecure -e "SHOW DATABASES"
c cockroach start --insecure --join=a,b
d command rm x
d conntrack --flush
d conntrack -D -s 1.2.3.4
d conntrack -F
r conntrack -L
c conntrack -U -s 10.0.0.1 --mark 1
d consul force-leave node1
d consul kv delete -recurse a
r consul kv get -recurse
c consul kv put a b
d consul leave
c consul maint -enable
r consul members
r:stream consul monitor
d consul operator raft remove-peer -address=x
d consul snapshot restore backup.snap
c consul snapshot save backup.snap
c cortextool rules load x
c cpupower frequency-set -g performance
r cqlsh -e "DESCRIBE KEYSPACES"
c cqlsh -e "INSERT INTO t (a) VALUES (1)"
r cqlsh -e "SELECT * FROM t"
d cqlsh -e "TRUNCATE ks.t"
d cqlsh host -e 'DROP KEYSPACE x'
c crane copy a b
c createdb x
r crictl logs x
d crictl rmi --prune
d crictl rmp x
c crictl stop x
c:tty crontab -e
r crontab -l
d crontab -r
r ctr -n k8s.io containers ls
d ctr -n k8s.io images rm x
? curator_cli delete_indices
? curl "http://solr/admin/collections?action=DELETE&name=x"
r curl "localhost:9200/_search" -XGET -H 'Content-Type: application/json' -d '{"query": {}}'
c curl --data-binary @- http://x
c curl --json '{}' http://x
d curl --request DELETE http://x
c curl -F file=@x http://x
r curl -G http://x/api --data-urlencode "q=up"
r curl -I http://x
c curl -LO http://x
r:stream curl -N http://x/events
c curl -O http://x
c curl -T x http://y
c curl -X "POST" http://x
r curl -X GET http://x
c curl -X PURGE http://x
d curl -XDELETE localhost:9200/index
r curl -XGET http://x -d '{"query":{}}'
c curl -XPOST 'localhost:9200/_cluster/reroute?retry_failed'
c curl -XPUT localhost:9200/_cluster/settings -d '{}'
c curl -d @x.json http://x
r curl -fsSL http://x
? curl -fsSL https://x/install.sh | bash
? curl -fsSL https://x/install.sh | sudo sh -s -- arg
r curl -k https://x
r curl -o /dev/null -s -w '%{http_code}' http://x
d curl -s -X DELETE "http://x"
r curl -s localhost:9200/_cluster/health?pretty
c curl -sSX POST http://x
c curl -u a:b http://x/quitquitquit -X POST
c curl http://localhost:9090/-/reload -X POST
c curl http://x/a -o /tmp/y
c date -s "2020-01-01"
d dd if=/dev/sda of=/tmp/x count=1
d dd if=/dev/zero of=/dev/sda
? defaults write x y z
? direnv allow
d dmesg -C
r:stream dmesg -w
d doas rm x
d docker buildx prune
c docker compose -f a.yml restart web
c docker compose down
d docker compose down -v
r docker compose logs web
c docker compose pull
d docker compose rm -f web
c:stream docker compose up
c docker compose up -d
c docker cp a x:/b
r:stream docker events
? docker exec -i web bash < x.sh
r:tty docker exec -it web sh
c docker exec -it x psql -c 'UPDATE t SET a=1'
r docker exec x ps aux
d docker exec x rm /tmp/y
c docker exec x supervisorctl restart all
d docker image prune -a
d docker kill x
r:stream docker logs -f web
c docker network disconnect a b
c docker node update --availability drain x
c docker pause x
r docker ps -a
c docker restart x
d docker rm -f x
r:tty docker run --rm -it alpine sh
r docker run --rm alpine ls
c docker run -d nginx
c docker service scale web=3
c docker service update --force x
r:stream docker stats
r:once docker stats --no-stream
d docker swarm leave --force
d docker system prune -af --volumes
c docker update --memory 1g x
d docker volume rm x
d docker-compose down --volumes
? docker-compose exec web rails db:migrate
d docker-compose rm -fsv web
c:stream docker-compose up
d doctl compute droplet delete 1
r doctl compute droplet list
? doctl compute droplet-action reboot 1
c dpkg -i x.deb
r dpkg -l
d dpkg -r x
d dropdb x
r e2fsck -n /dev/sdb1
c echo "disable server be/s1" | socat stdio /run/haproxy.sock
c echo "set server be/s1 state drain" | sudo socat - UNIX-CONNECT:/run/haproxy.sock
r echo "show stat" | socat stdio /run/haproxy.sock
c echo 1 > /proc/sys/vm/drop_caches
d echo flush_all | nc localhost 11211
r echo ruok | nc localhost 2181
c echo x | sudo tee /etc/foo
? eksctl drain nodegroup --cluster x
? eksctl scale nodegroup --cluster x
c eksctl upgrade cluster x
c elasticdump --input a --output b
? elasticsearch-plugin install x
d env -i rm x
? env A=b ./x
? esxcli network ip interface list
? esxcli system maintenanceMode set --enable true
r etcdctl --write-out=table endpoint status
c etcdctl alarm disarm
r etcdctl alarm list
c etcdctl defrag --cluster
d etcdctl del /foo --prefix
c etcdctl elect my-election p1
r etcdctl endpoint health --cluster
c etcdctl make-mirror x
c etcdctl member promote 12345
d etcdctl member remove 8e9e05c52164694d
r:stream etcdctl watch /x
c etcdutl defrag --data-dir x
c etcdutl snapshot restore backup.db
r etcdutl snapshot status backup.db
c ethtool -G eth0 rx 4096
r ethtool -i eth0
c ethtool -s eth0 speed 1000
? eval "$CMD"
? exim -qff
r export A=b
r:once fdisk -l
d:tty fdisk /dev/sdb
c find . -fprint /tmp/list
d find . -name x | xargs rm -f
d find . -type f -exec rm {} \;
d find /tmp -name '*.log' -mtime +7 -delete
c firewall-cmd --add-port=80/tcp --permanent
r firewall-cmd --list-all
c firewall-cmd --reload
d firewall-cmd --remove-port=80/tcp
r flux check
d flux delete hr x
r flux events
r flux get helmreleases -A
r flux logs --follow
c flux reconcile kustomization apps --with-source
c flux resume hr app
c flux suspend hr app
d flux uninstall
d fly -t ci destroy-pipeline -p x
c fly -t ci set-pipeline -p x -c y.yml
d fly apps destroy x
c fly deploy
c fly machine restart x
? fly scale count 2
r fly status
d for h in a b; do ssh $h sudo reboot; done
c function f() { systemctl restart x; }; f
d fuser -k 8080/tcp
c gcloud app deploy
? gcloud app versions migrate x
r gcloud auth list
c:tty gcloud auth login
r gcloud auth print-access-token
c gcloud compute backend-services update x
c gcloud compute disks resize x --size 10
c gcloud compute instance-groups managed rolling-action restart x
d gcloud compute instances delete x
r gcloud compute instances list
d gcloud compute instances reset x
c gcloud compute instances start x
c gcloud compute instances stop x
r:tty gcloud compute ssh x
c gcloud compute ssh x --command "sudo systemctl restart y"
? gcloud compute url-maps invalidate-cdn-cache x
r gcloud config list
c gcloud config set project x
c gcloud container clusters get-credentials x
c gcloud container clusters resize x --num-nodes 3
? gcloud dns record-sets transaction execute --zone x
d gcloud kms keys versions destroy x
c gcloud kms keys versions disable x
r gcloud logging read 'x'
r:stream gcloud logging tail x
d gcloud projects remove-iam-policy-binding x
? gcloud pubsub subscriptions pull x --auto-ack
? gcloud pubsub subscriptions seek x --time y
? gcloud pubsub topics publish x --message y
c gcloud redis instances failover x
c gcloud run deploy x
? gcloud run services update-traffic x --to-latest
r gcloud secrets versions access latest --secret x
c gcloud secrets versions add x
c gcloud sql backups create --instance x
c gcloud sql backups restore 1 --restore-instance x
d gcloud sql instances delete x
c gcloud sql instances failover x
c gcloud sql instances restart x
r gcloud sql operations list
c gcore 1
c gh api --method PUT repos/x
d gh api -X DELETE repos/x/y
c gh api -X POST repos/x/y/dispatches
c gh api repos/x -f a=b
r gh api repos/x/y
c gh auth login
c gh pr merge 1
r gh pr view 1
c gh release create v1
d gh repo delete x
r gh run list
c gh secret set X
c gh workflow run deploy.yml
? gh-ost --execute
c git bisect start
d git branch -D x
r git branch -a
d git checkout -- file
c git checkout -b x
c git cherry-pick abc
d git clean -fdx
r git clean -n
c git commit -m x
c git config --global user.name x
r git diff
r git log -1
c git pull
d git push --force
c git push origin main
c:tty git rebase -i HEAD~3
c git remote add origin x
d git reset --hard HEAD~1
c git reset HEAD~1
c git stash
c git submodule update --init
r git tag
r git tag -l 'v*'
c git tag v1
? git-crypt unlock
c gitlab-backup create
c gitlab-ctl reconfigure
c gitlab-ctl restart
r gitlab-ctl status
r gitlab-ctl tail
? gitlab-rails runner 'Project.find(1).destroy'
? gitlab-rake gitlab:cleanup:orphan_job_artifact_files DRY_RUN=false
c gitlab-runner register
c gitlab-runner restart
d gitlab-runner unregister --all-runners
r gitlab-runner verify
? glsh x
c go run main.go
r go tool pprof x
r go version
r govc ls
d govc vm.destroy x
c govc vm.power -off x
d gpg --delete-key x
c:tty gpg --edit-key x
c gpg --import x.asc
r gpg --list-keys
r gpgconf --list-dirs
? grafana-cli admin reset-admin-password x
d gsutil -m rsync -d a gs://b
c gsutil cp a gs://b
r gsutil ls gs://x
d gsutil rm -r gs://x
c gunzip < x.sql.gz | mysql app
c haproxy -f x -D
r hcp version
r hdfs dfs -ls /
c hdfs dfs -put a b
d hdfs dfs -rm -r /x
r hdfs dfsadmin -report
c hdfs dfsadmin -safemode leave
r hdfs fsck /
c hdfs haadmin -failover nn1 nn2
r hdparm -I /dev/sda
c hdparm -W0 /dev/sda
r helm diff upgrade web ./chart
r helm get values web
r helm history web
c helm rollback web 2
r helm template web ./chart
d helm uninstall web
c helm upgrade --install web ./chart
r helm upgrade web ./chart --dry-run
c helmfile apply
d helmfile destroy
r helmfile diff
c helmfile sync
r heroku config -a x
c heroku config:set A=b -a x
r:stream heroku logs --tail -a x
c heroku maintenance:on -a x
r heroku pg:info -a x
d heroku pg:killall -a x
c heroku pg:promote x
c heroku pg:psql -a x
d heroku pg:reset DATABASE -a x
r heroku ps -a x
c heroku ps:restart -a x
c heroku ps:scale web=2 -a x
r heroku releases -a x
c heroku releases:rollback v1 -a x
c heroku restart -a x
c heroku run rails console -a x
d history -c
c hostname web-1
c hostnamectl set-hostname x
d http DELETE x
r http GET x
c http POST x a=b
r http x/health
c hwclock --systohc
d if true; then rm -rf /x; fi
r ifconfig eth0
? iisreset
? influx delete --bucket x
? influx query 'x'
? influx write -b x
c initctl restart x
d ionice -c3 rm -rf /x
r:tty iotop
r:once iotop -b -n 1
r ip -br addr
r ip a
d ip addr flush dev eth0
c ip link set dev eth0 up
c ip link set eth0 down
d ip route del default
d ipmitool chassis power off
c ipmitool power cycle
r ipmitool sdr list
d ipmitool sel clear
r ipmitool sel list
c iptables -A INPUT -j DROP
d iptables -D INPUT 3
d iptables -F
r iptables -L -n -v
r iptables -nvL
d ipvsadm -C
r ipvsadm -Ln
c ipvsadm -a -t 10.0.0.1:80 -r 10.0.0.2 -m
d iscsiadm -m node -T iqn -o delete
r iscsiadm -m session
r istioctl analyze
c istioctl install --set profile=demo
r istioctl proxy-config cluster x
r istioctl proxy-status
d istioctl uninstall --purge
? java -jar jenkins-cli.jar -s x safe-restart
r java -version
c jcmd 1 GC.run
r jcmd 1 Thread.print
? jenkins-cli restart
c jmap -dump:live,format=b,file=x 1
r jmap -histo 1
d journalctl --vacuum-size=100M
r:once journalctl -u x
r:stream journalctl -u x -f
r jstack 1
? k3s crictl stop x
? k3s-uninstall.sh
c kafka-configs.sh --alter --add-config x
r kafka-configs.sh --describe --entity-type topics
r:stream kafka-console-consumer.sh --topic x --from-beginning
?:tty kafka-console-producer.sh --topic x
d kafka-consumer-groups --bootstrap-server x --delete --group y
r kafka-consumer-groups.sh --bootstrap-server x --describe --group y
c kafka-consumer-groups.sh --bootstrap-server x --group y --reset-offsets --to-latest --execute --topic z
d kafka-delete-records.sh --offset-json-file x
c kafka-leader-election.sh --election-type preferred
r kafka-log-dirs.sh --describe
? kafka-preferred-replica-election.sh --zookeeper x
c kafka-reassign-partitions.sh --execute --reassignment-json-file x
r kafka-reassign-partitions.sh --verify --reassignment-json-file x
r kafka-topics --describe --topic x --zookeeper y
r kcat -b x -L
r:stream kcat -b x -t y -C -o beginning
c kcat -b x -t y -P
d keydb-cli flushall
r kill -0 123
c kill -3 1
d kill -9 123
c kill -HUP 123
d killall nginx
c kind create cluster
d kind delete cluster
r kind get clusters
c kn service update x
d knife node delete x -y
c:tty knife node edit x
c knife ssh 'role:x' 'sudo service y restart'
r knife ssh 'role:x' 'uptime'
d kops delete cluster --yes
c kops rolling-update cluster --yes
c kops update cluster --yes
r kops validate cluster
r kubeadm certs check-expiration
c kubeadm certs renew all
c kubeadm join x
d kubeadm reset
c kubeadm token create
r kubeadm token list
c kubeadm upgrade apply v1
d kubectl -n exec delete deploy x
d kubectl -n run delete pod x
c kubectl annotate node n a=b
? kubectl argo rollouts get rollout x
? kubectl argo rollouts promote x
r kubectl auth can-i delete pods
c kubectl certificate approve x
? kubectl cnpg destroy cluster 2
? kubectl cnpg promote cluster x
? kubectl cnpg status cluster
r kubectl config current-context
c kubectl config delete-context x
c kubectl config set-context --current --namespace=x
c kubectl config use-context prod
r kubectl config view
c kubectl cp pod:/a /b
r kubectl create deployment x --image y --dry-run=client -o yaml
c kubectl create job --from=cronjob/x y
d kubectl delete --all pods
d kubectl delete pod debug
d kubectl delete pod run
d kubectl drain node1 --ignore-daemonsets
c:tty kubectl edit cm x
d:tty kubectl exec -i web-0 -- sh <<< "rm -rf /x"
c kubectl exec -it cockroachdb-client-secure -- ./cockroach node decommission 4 --certs-dir=/c
d kubectl exec -it redis-0 -- redis-cli FLUSHALL
r:tty kubectl exec -it web-0 -- bash
r:once kubectl exec -it web-0 -- ls
c kubectl exec -n kafka kafka-0 -- bin/kafka-topics.sh --bootstrap-server x --alter --topic y --partitions 3
d kubectl exec -n kafka kafka-0 -- bin/kafka-topics.sh --bootstrap-server x --delete --topic y
r kubectl exec -n kafka kafka-0 -- bin/kafka-topics.sh --bootstrap-server x --list
d kubectl exec -n x deploy/y -i -- psql -c 'DROP TABLE a'
d kubectl exec redis-0 redis-cli flushdb
d kubectl exec web-0 -- kill 1
d kubectl exec web-0 -- rm -rf /data
d kubectl exec web-0 -c app -- sh -c 'rm -f /tmp/x'
c kubectl get ns x -o json | jq 'del(.spec.finalizers)' | kubectl replace --raw /api/v1/namespaces/x/finalize -f -
r:stream kubectl get pods --watch
d kubectl get pods | awk '/Evicted/{print $1}' | xargs -r kubectl delete pod
? kubectl krew install ctx
r kubectl krew list
r:stream kubectl logs -f web-0
r:once kubectl logs web-0
? kubectl neat
c kubectl ns prod
c kubectl patch pvc x -p '{}'
r:stream kubectl port-forward svc/x 8080:80
c:stream kubectl proxy
d kubectl replace --force -f x.yaml
c kubectl rollout restart deploy/x
r kubectl rollout status deploy/x
? kubectl rook-ceph debug start rook-ceph-mon-b
c:tty kubectl run tmp -it --rm --image=busybox -- sh
c kubectl scale --replicas=0 deploy/x
c kubectl set env deploy/x A=b
r kubectl top nodes
c kubectl uncordon node1
r kubectx
c kubectx prod
c kubens x
r kustomize build overlays/prod
c kustomize build overlays/prod | kubectl apply -f -
c kustomize edit set image x=y
c launchctl kickstart -k x
r launchctl list
r:tty less x
r linkerd check
r:stream lnav /var/log/x
d logcli delete create --query x
r logcli query '{a="b"}'
r:stream logcli query --tail '{a="b"}'
c logger foo
c logrotate -f /etc/logrotate.conf
? logstash -f x
c lvextend -L +10G vg/lv
d lvremove vg/lv
c mail -s x y
r mailq
d make clean
? make deploy
? make deploy-check-in
r make health-check
? make restart-healthcheck
? make run-tests
r make status
? make update-status
r mc admin info x
c mc admin service restart x
r mc ls x
c mc mirror a b
d mc rm --recursive x
? mco puppet runonce
r mdadm --detail /dev/md0
c mdadm --manage /dev/md0 --add /dev/sdb1
d mdadm --stop /dev/md0
d mdadm --zero-superblock /dev/sdb1
d mdadm /dev/md0 --fail /dev/sdb1 --remove /dev/sdb1
? megacli -LDSetProp x
? memcflush --servers=x
r memcstat --servers=x
c microk8s enable dns
r microk8s status
d mimirtool alertmanager delete
d mimirtool rules delete x
r mimirtool rules list
c mimirtool rules load x
d minikube delete
c minikube start
d mkfs -t ext4 /dev/sdb
d mkfs.ext4 /dev/sdb
d mongo admin --eval "db.shutdownServer()"
d mongosh --eval "db.dropDatabase()"
? mongosh --eval "foo()"
r mongosh --eval "rs.status()"
c mongosh --eval 'db.users.updateMany({}, {$set: {a: 1}})'
c mongosh --eval 'rs.stepDown()'
r mongosh --quiet --eval "db.currentOp()"
r mount
c mount -o remount,ro /
c mount /dev/sdb1 /mnt
r mount | grep nfs
r:once mtr -r -c 10 example.com
r:tty mtr example.com
r multipath -ll
d mysql -u root app -e"DROP TABLE x"
d mysql -uroot -e"DELETE FROM t"
? mysql x < y.sql
r mysqladmin -u root -p status
d mysqladmin drop app
c mysqladmin flush-hosts
d mysqladmin kill 42
r mysqladmin processlist
d mysqladmin shutdown
c mysqldump x > y
r:stream nc -l 9000
d nerdctl rm x
? net stop x
r:stream netstat -c
? neutron port-update x
d nft flush ruleset
c nginx -s reload
r nginx -t
d nice -n 19 rm -rf /x
d nmcli con delete eth0
c nmcli con up eth0
c nmcli dev disconnect eth0
r nmcli dev status
? node -e 'x'
c nodetool cleanup
d nodetool decommission
c nodetool drain
d nodetool removenode x
c nodetool repair
r nodetool status
? nohup ./migrate.sh &
c nomad alloc exec abc rm -rf /data
r:stream nomad alloc logs -f abc
c nomad alloc restart abc
c nomad deployment promote abc
c nomad job run web.nomad
c nomad job scale web 4
r nomad job status web
c nomad job stop -purge web
c nomad job stop web
c nomad node drain -enable abc
r nomad node status
r nomad operator raft list-peers
d nomad operator raft remove-peer -peer-id=x
r nomad status
d nomad system gc
? nova delete x
? nova evacuate x
? nova list
c npm ci
c npm run migrate
d npm uninstall x
? npx prisma migrate deploy
d nsenter -t 1 -m -u -i -n reboot
c ntpdate pool.ntp.org
r ntpq -p
d nvme format /dev/nvme0n1
r nvme list
c oc adm certificate approve csr-1
c oc adm cordon node
d oc adm drain node --force
c oc adm must-gather
c oc adm policy add-scc-to-user privileged -z x
c oc adm policy remove-scc-from-user privileged -z x
d oc adm prune images --confirm
r oc adm upgrade
r:tty oc debug node/x
r oc debug node/x -- chroot /host crictl ps
d oc debug node/x -- chroot /host rm -rf /var/lib/x
c oc debug node/x -- chroot /host sh -c 'echo 3 > /proc/sys/vm/drop_caches'
c oc debug node/x -- chroot /host systemctl restart kubelet
d oc delete machine x -n openshift-machine-api
d oc delete pod debug -n foo
r oc extract secret/x --to=-
c oc extract secret/x --to=.
c oc get csr -o name | xargs oc adm certificate approve
d oc get pods -o name | grep Evicted | xargs oc delete
c oc image mirror a b
c oc import-image x
c oc login https://x
c oc process -f t.yaml | oc apply -f -
r oc project
c oc project foo
c oc rollout latest dc/x
d oc rsh -n x pod ceph osd purge 3 --yes-i-really-mean-it
c oc rsh -n x pod ceph osd set noout
r oc rsh -n x pod ceph status
c oc set volume dc/x --add
c oc start-build x
? oc-mirror --config x docker://y
c ocm backplane login x
d ocm delete /api/x
r ocm get /api/x
r ocm list clusters
c ocm login --token x
c ocm patch /api/x
c ocm post /api/x
c openssl req -x509 -newkey rsa:4096 -keyout k.pem -out c.pem
r:tty openssl s_client -connect x:443
r openssl x509 -in c.pem -noout -dates
c openstack compute service set --disable x
d openstack server delete x
r openstack server list
? openstack server migrate x
? openstack server reboot x
c orchestrator-client -c graceful-master-takeover -i x
r orchestrator-client -c topology -i x
? osdctl cluster transfer-owner x
? otelcol --config x
d ovn-nbctl lr-del x
r ovn-nbctl show
r ovs-appctl bond/show
? ovs-appctl fdb/flush
d ovs-vsctl del-br br0
c ovs-vsctl set bridge br0 fail_mode=secure
r ovs-vsctl show
r pacman -Q
d pacman -R x
c parallel ssh {} sudo systemctl restart x ::: a b
c:tty passwd foo
c:tty patronictl edit-config
d patronictl failover
r patronictl list
r:stream patronictl list -W
? patronictl query -c "select 1"
d patronictl reinit a b
c patronictl switchover
c pct start 100
? pd incident ack -i x
c perf record -g
r:tty perf top
? perl -e 'unlink "x"'
r perl -ne 'print' x
c perl -pi -e 's/a/b/' x
? pfctl -d
r pfctl -sr
d pg_ctl kill TERM 123
c pg_ctl promote -D x
c pg_ctl restart -D x
r pg_ctl status
c pg_ctlcluster 14 main restart
r pg_dump x
c pg_dump x > y.sql
c pg_repack -t x
d pg_resetwal -f x
c pg_restore -d x y
c pgbackrest --stanza=x backup
d pgbackrest --stanza=x restore
r pgbackrest info
d pgbackrest stanza-delete
c pgbench -i
? php artisan cache:clear
r:once ping -c 3 host
r:stream ping host
c pip install x
d pkill -f foo
? podman play kube x.yaml
d podman pod rm x
d podman system reset
c postfix reload
? postqueue -f
? postqueue -p
d postsuper -d ALL
? praefect -config x dataloss
? pre-commit run
r promtool check config x
r promtool query instant http://x up
c promtool tsdb create-blocks-from openmetrics x
d ps aux | grep foo | awk '{print $2}' | xargs kill -9
r:tty psql
d psql "host=x dbname=y" -c 'truncate t'
r psql -c "\dt+"
? psql -c "\i x.sql"
d psql -c "select 1" -c "drop table x"
? psql -c "select 1; frobnicate"
c psql -c "select partman.run_maintenance()"
r psql -c "select pg_size_pretty(pg_database_size('x'))"
d psql -d app -c"DROP TABLE x"
d psql -h db -tAc "select pg_terminate_backend(pid) from pg_stat_activity"
d psql -h db <<< "delete from t"
? pssh -h hosts -i 'sudo systemctl restart x'
d pt-kill --busy-time 60 --kill
c pt-online-schema-change --execute x
d pulumi destroy --yes
r pulumi preview
r pulumi stack ls
d pulumi stack rm x
c pulumi up
c puppet agent --disable "x"
c puppet agent -t
r puppet agent -t --noop
r pushd /x
r pvecm status
c pvmove /dev/sdb
? pytest
? python manage.py flush --noinput
? python manage.py migrate
? python3 -c "import os; os.system('x')"
d python3 -c "import shutil; shutil.rmtree('/x')"
r python3 -c "print(1)"
? python3 -m http.server
r python3 -m json.tool x
d qm destroy 100
r qm list
c qm start 100
c qm stop 100
r rabbitmq-diagnostics status
c rabbitmqadmin declare queue name=x
d rabbitmqadmin purge queue name=x
d rabbitmqctl delete_queue x
d rabbitmqctl forget_cluster_node x
r rabbitmqctl list_queues name messages
d rabbitmqctl purge_queue x
c rabbitmqctl set_policy x
d rabbitmqctl stop_app
c racadm serveraction powercycle
c rados bench -p x 10 write
d rados purge pool --yes
c radosgw-admin period update --commit
r radosgw-admin sync status
c radosgw-admin user create --uid=x
d radosgw-admin user rm --uid=x
? radosgw-admin zone modify --rgw-zone=x
? rails runner 'User.delete_all'
? rake db:drop
d rbd rm pool/image
d rclone delete a
r rclone ls a
d rclone purge a
c rclone sync a b
d reboot
r:tty redis-cli
r redis-cli --cluster check x:6379
d redis-cli --cluster del-node x y
c redis-cli --cluster fix x:6379
r redis-cli --cluster info x:6379
c redis-cli --cluster rebalance x:6379
c redis-cli --cluster reshard x:6379
? redis-cli --eval x.lua
? redis-cli --pipe < x
d redis-cli --scan --pattern 'x*' | xargs redis-cli del
d redis-cli -h x FLUSHALL
d redis-cli -n 1 flushdb
d redis-cli -p 26379 sentinel failover mymaster
r redis-cli -p 26379 sentinel masters
d redis-cli KEYS 'x*' | xargs redis-cli DEL
c redis-cli SET a b
d redis-cli acl deluser x
c redis-cli acl setuser x
c redis-cli bgsave
d redis-cli client kill type normal
c redis-cli client pause 1000
d redis-cli cluster reset hard
c redis-cli config set maxmemory 1gb
d redis-cli debug sleep 10
c redis-cli eval "return redis.call('flushall')" 0
r redis-cli info replication
c redis-cli memory purge
r:stream redis-cli monitor
d redis-cli replicaof no one
d redis-cli script flush
c redis-cli xgroup create s g $
c renice -n 10 -p 1
r repmgr cluster show
d repmgr primary unregister
c repmgr standby promote
c repmgr standby switchover
c resolvectl dns eth0 1.1.1.1
c restic backup /x
d restic forget --prune
c restic restore latest --target /x
r restic snapshots
c restic unlock
c rke up
d rm -rf /var/log/x/*
c rndc flush
c rndc reload
r rndc status
c rosa create machinepool -c x
d rosa delete cluster -c x
r rosa list clusters
c rpm -ivh x.rpm
r rpm -qa
d rsync -av --delete a b
c rsync -av a b
r rsync -avn a b
? ruby -e 'puts 1'
? rundeck run -j x
d s3cmd del s3://x
r s3cmd ls
c salt '*' cmd.run 'rm -rf /x'
c salt '*' state.apply
r salt '*' test.ping
c salt 'x' service.restart nginx
c sar -o /tmp/sar 1 1
c sc stop x
c scp a host:/b
r:tty screen -S x
c sed -e 'w /tmp/x' y
c sed -i 's/a/b/' x
c sed -i.bak s/a/b/ x
c sed -n -i p x
r sed -n 1,5p x
? sentry upgrade
? sentry-cli releases new x
c service nginx restart
r service nginx status
r set -e
? sft ssh host
c:tty sftp host
? sh -x deploy.sh prod
d shutdown -r now
? sidekiqctl quiet x
c skopeo copy a b
d skopeo delete docker://x
r skopeo inspect docker://x
r smartctl -a /dev/sda
c smartctl -t short /dev/sda
c snap refresh
? sops -d x
? sops -e -i x
c sort -o x x
? source deploy.sh
r source ~/.bashrc
? spark-submit x
c split x
d sqlcmd -S host -Q "DROP DATABASE x"
? sqlite3 app.db ".restore x" 
d sqlite3 app.db "DELETE FROM t;"
r sqlite3 app.db "SELECT 1"
d ss -K dst 10.0.0.1
r:stream ssh -N -L 8080:localhost:80 bastion
r:once ssh -fN -L 8080:localhost:80 bastion
d ssh -i key user@host -- sudo reboot
d ssh -t host sudo shutdown -r now
r:tty ssh bastion
d ssh host "sudo rm -rf /x"
c ssh host 'sudo systemctl restart x'
? ssh host < script.sh
d ssh host <<< "rm -rf /x"
? ssh host bash -s < script.sh
r ssh host uptime
c ssh-keygen -R host
r ssh-keygen -lf x
c ssh-keygen -t ed25519
?:stream sshuttle -r bastion 10.0.0.0/8
? step ca renew a b
r:stream stern web
r:stream strace -p 1
c:stream strace -p 1 -o /tmp/trace
d su postgres -c 'dropdb x'
d sudo -H -u x rm -rf /y
d sudo -i rm -rf /x
d sudo -u postgres psql -c "DROP TABLE x"
d sudo bash -c 'rm -rf /x'
d sudo kill -9 $(pgrep foo)
c sudo su - postgres -c "pg_ctl restart"
d sudo su - postgres -c "psql -c 'DROP TABLE x'"
c sudo sv restart x
c supervisorctl restart all
d swapoff -a && swapon -a
c sysctl -w vm.swappiness=10
r sysctl vm.swappiness
c sysctl vm.swappiness=10
r systemctl --failed
c systemctl daemon-reload
c systemctl disable --now x
c:tty systemctl edit nginx
d systemctl kill -s HUP nginx
r systemctl list-units --failed
d systemctl poweroff
c systemctl restart nginx
r systemctl status nginx
c systemctl stop nginx.service
r:once tail -100 /var/log/x
r:stream tail -f /var/log/x
c tailscale down
r tailscale status
c tailscale up
r talosctl get members
r talosctl health
c talosctl reboot -n x
d talosctl reset -n x
c talosctl upgrade -n x
r tar tf x.tgz
c tar xf x.tgz
? taskset -pc 0 1
r tc -s qdisc show
c tc qdisc add dev eth0 root netem delay 100ms
d tc qdisc del dev eth0 root
r:once tcpdump -c 10 -i eth0
r:stream tcpdump -i eth0
r:stream tcpdump -i eth0 port 80
c:stream tcpdump -w x.pcap
r tctl get users
d tctl rm user/x
c tctl users add x
c tee x
r:tty telnet host 80
d terraform apply -destroy
c terraform apply -target=module.x
d terraform destroy -auto-approve
c terraform force-unlock 1234
c terraform import aws_instance.x i-1
r terraform plan -out=plan.tfplan
c terraform providers lock -platform=linux_amd64
r terraform state list
c terraform state mv a b
d terraform state rm aws_instance.x
d terraform workspace delete x
d terragrunt destroy --all
d terragrunt run-all destroy
d thanos tools bucket cleanup
r thanos tools bucket inspect
c thanos tools bucket mark --marker=no-compact-mark.json
? time ./migrate
r timedatectl
c timedatectl set-ntp true
? timeout 5 ./x
d tiup cluster destroy x
r tiup cluster display x
c tiup cluster restart x
c tkn pipeline start x
r tkn pipelinerun list
d tkn pr delete x
d:tty tmux kill-session -t x
r:tty tmux new -s x
r:tty top
r:once top -bn1
? tox
d truncate -s 0 /var/log/app.log
c tsh login
? tsh ssh root@host
r tsh status
c ufw disable
r ulimit -n 65536
d umount -l /mnt
c unbound-control flush_zone x
c unbound-control reload
r unbound-control stats
? unknown-tool --do-it
r unset A
r unzip -l x.zip
c update-ca-certificates
c useradd foo
d userdel foo
c vacuumdb --all
d valkey-cli flushall
? varnishadm "ban req.url ~ ."
r varnishadm backend.list
c varnishadm ban 'req.url ~ /'
r varnishlog -n x
d vault lease revoke -prefix aws/
d vault operator seal
c vault operator unseal
r vault read secret/foo
d vault secrets disable kv
r vault status
c vault token renew
c vault write auth/approle/role/x policies=y
c velero backup create x
d velero backup delete x
r velero backup describe x
r velero backup logs x
c velero restore create --from-backup x
r velero restore describe x
c vgchange -ay vg
c:tty vim x
d virsh destroy x
r virsh dominfo x
r virsh list --all
c virsh migrate x
c virsh reboot x
c virsh shutdown x
c virsh start x
d virsh undefine x
r:tty virtctl console vm1
c virtctl migrate vm1
c virtctl restart vm1
c virtctl stop vm1
c:tty visudo
r:stream vmstat 1
r:once vmstat 1 5
c vtctlclient Reshard x
d vtctldclient DeleteTablets x
r vtctldclient GetTablets
c vtctldclient PlannedReparentShard commerce/0
c vtysh -c 'clear ip bgp *'
c vtysh -c 'conf t' -c 'router bgp 1'
r vtysh -c 'show ip bgp summary'
c wal-g backup-fetch /x LATEST
r wal-g backup-list
c wal-g backup-push /x
d wal-g delete retain 5
c wall foo
d:stream watch 'kubectl delete pod x'
r:stream watch -n 5 df
?:stream watch -n1 ./x
r:stream watch kubectl get pods
c:stream watch systemctl restart x
d wg set wg0 peer x remove
r wg show
? wg-quick down wg0
d wget --method=DELETE http://x/api
r wget -qO- http://x
? wget -qO- https://x | sh
c wget http://x
c while read l; do kubectl label node $l a=b; done < nodes
d while read l; do rm "$l"; done < files
r:stream while true; do date; sleep 1; done
c xargs -I{} kubectl label {} a=b
d xargs -a files rm
? xtrabackup --copy-back
d yarn application -kill x
r yarn application -list
c yarn deploy
?:stream yes | ./fix.sh
c yq -i '.a = 1' x.yaml
d yum history undo 12
d yum remove x
c yum update -y
? zcat x.sql.gz | psql app
d zfs destroy tank/a@b
d zfs rollback tank/a@b
c zfs snapshot tank/a@b
d zkCli.sh -server x delete /y
r zkCli.sh -server x ls /
d zookeeper-shell localhost:2181 deleteall /x
r zookeeper-shell localhost:2181 ls /brokers/ids
c zookeeper-shell localhost:2181 set /x 1
c zpool clear tank
d zpool destroy tank
c zpool scrub tank
r zpool status
d gitlab-runner verify --delete
c ceph health mute OSD_DOWN
r:stream journalctl -fu kubelet
r:stream journalctl -xefu kubelet
r journalctl -ufluentd -n 5
c:tty docker attach x
r docker events --since 10m --until 0m
r ping -w 5 x
r:stream crictl logs -f x
r:stream az webapp log tail -n x
r:stream fly logs
r flyctl logs --no-tail
r:stream vault monitor
r:stream supervisorctl tail -f x
r:stream pm2 logs
r pm2 logs --nostream --lines 10
r:tty pm2 monit
r:tty celery -A app events
c:stream celery -A app worker
c:stream npm start
r:stream inotifywait -m /x
r:tty ncdu /
r:tty nc x 80
r nc -zv x 80
r echo Q | openssl s_client -connect x:443
r openssl s_client -connect x:443 </dev/null
`;
