const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** First words that make a line a command. Data, meant to grow. */
const CORE = words(`
  ls cat cp mv rm mkdir rmdir ln touch chmod chown chgrp dd df du stat tee tail head grep egrep fgrep zgrep zcat
  zless sed awk gawk cut tr wc xargs find sort uniq diff cmp comm paste split csplit tac rev nl od hexdump xxd
  strings file readlink realpath basename dirname pwd cd pushd popd echo printf env printenv export unset set
  source alias unalias eval exec exit read test true false time timeout sleep date cal whoami id groups who w
  last lastlog users hostname hostnamectl uname uptime free vmstat iostat mpstat sar pidstat top htop atop iotop
  ps pgrep pkill kill killall nice renice nohup jobs fg bg wait trap ulimit umask history type which whereis
  command hash man less more vi vim nvim nano emacs ed visudo crontab at batch watch yes seq shuf bc expr factor
  md5sum sha1sum sha256sum sha512sum cksum base64 base32 tar gzip gunzip zip unzip bzip2 bunzip2 xz unxz zstd
  rsync scp sftp ssh ssh-keygen ssh-add ssh-agent ssh-copy-id mosh screen tmux script sudo su doas chroot unshare
  nsenter useradd usermod userdel groupadd groupmod groupdel passwd chage login mount umount lsblk blkid fdisk
  gdisk sgdisk parted partprobe mkfs mkfs.ext4 mkfs.xfs fsck e2fsck resize2fs xfs_growfs xfs_repair tune2fs
  mdadm smartctl hdparm nvme swapon swapoff mkswap lvs pvs vgs lvcreate lvextend lvresize lvremove pvcreate
  pvresize vgcreate vgextend multipath iscsiadm losetup fallocate truncate sync shred findmnt lsof fuser strace
  ltrace gdb perf bpftrace tcpdump tshark ngrep dmesg journalctl systemctl service systemd-analyze
  systemd-cgtop systemd-cgls loginctl timedatectl localectl update-rc.d chkconfig initctl rc-service rc-update
  sysctl modprobe lsmod insmod rmmod depmod lspci lsusb lscpu lsmem dmidecode hwclock getconf getent ldd ldconfig
  nm objdump readelf shutdown reboot halt poweroff init telinit logger logrotate chronyc ntpq ntpdate tee
  sensors turbostat cpupower numactl numastat taskset ionice slabtop blktrace fio stress stress-ng ipcs ipcrm
  toolbox pkexec restorecon semanage setenforce getenforce ausearch auditctl chattr lsattr setfacl getfacl
  iconv column fold fmt pr tput stty reset clear banner let shift shopt bind dirs disown suspend mapfile
`);
const NETWORK = words(`
  curl wget http https httpie ping ping6 traceroute tracepath mtr dig nslookup host drill whois ip ifconfig route
  arp ss netstat nc ncat netcat socat telnet ftp lftp nmap iptables ip6tables iptables-save nft ufw firewall-cmd
  ipset conntrack ethtool iw iwconfig nmcli brctl bridge tc openssl certbot keytool step cfssl ab hey wrk siege
  vegeta k6 jmeter grpcurl websocat iperf iperf3 arping ipcalc ipvsadm haproxy nginx apachectl apache2ctl httpd
  varnishadm varnishstat varnishlog socklist swaks sendmail mail mailq postqueue postsuper postfix exim
  hatop squid unbound-control rndc named-checkconf wg wg-quick openvpn ipsec birdc vtysh tailscale cloudflared
  speedtest resolvectl networkctl ovs-vsctl ovs-ofctl ovs-appctl ovn-nbctl ovn-sbctl ovn-appctl ovnkube-trace
`);
const DATA = words(`
  psql pg_isready pg_dump pg_dumpall pg_restore pg_ctl pg_ctlcluster pg_lsclusters pg_basebackup pg_controldata
  pg_rewind pg_repack pg_resetwal pg_upgrade pg_waldump pgbench pgbouncer createdb dropdb createuser dropuser
  vacuumdb reindexdb wal-g wal-e wal-e.sh barman pgbackrest repmgr patronictl mysql mysqladmin mysqldump mysqlsh
  mysqlcheck mysqlbinlog mariadb xtrabackup pt-query-digest pt-online-schema-change redis-cli redis-server
  redis-benchmark redis-sentinel mongo mongosh mongodump mongorestore mongostat mongotop sqlite3 cqlsh nodetool
  cassandra influx influxd etcdctl etcdutl etcd-dump-db consul vault nomad boundary packer zookeeper-shell
  zkcli.sh kafka-topics kafka-topics.sh kafka-consumer-groups kafka-consumer-groups.sh kafkacat kcat
  rabbitmqctl rabbitmqadmin rabbitmq-diagnostics rabbitmq-plugins nats clickhouse clickhouse-client trino presto
  hive spark-submit hdfs hadoop yarn-site snowsql bq elasticdump curator es_rollover memcached-tool sqlcmd bcp
  cockroach tiup tidb-ctl rbd ceph rados radosgw-admin cephadm ceph-volume rook crushtool osdmaptool gluster
  zpool zfs drbdadm linstor mc minio s3cmd rclone restic borg duplicity litestream
`);
const CLOUD = words(`
  docker docker-compose docker-machine dockerd podman podman-compose buildah skopeo crictl ctr nerdctl runc
  containerd kubectl oc k k9s kubectx kubens kubeadm kubelet helm helmfile kustomize kind k3s k3d minikube stern
  kubeseal argocd argo flux velero istioctl linkerd cilium hubble calicoctl tkn odo crc must-gather omc omg
  openshift-install virtctl subctl rosa ocm osdctl hcp hypershift operator-sdk opm kn eksctl aws aws-vault
  awslocal sam cdk gcloud gsutil az azcopy doctl linode-cli hcloud ibmcloud oci heroku fly flyctl vercel netlify
  terraform tf tofu terragrunt tfenv pulumi ansible ansible-playbook ansible-vault ansible-galaxy ansible-pull
  salt salt-call salt-key puppet facter hiera eyaml knife chef-client chef-server-ctl chef chef-apply
  chef-solo berks kitchen ohai vagrant virsh virt-install qemu-img qemu-system-x86_64 esxcli govc openstack nova
  neutron glance cinder swift juju maas snap snapctl lxc lxd multipass cloud-init ostree rpm-ostree bootc
  crio coreos-installer butane ignition promtool amtool thanos logcli lokitool mimirtool grafana-cli
  cortextool alertmanager prometheus otelcol jaeger newrelic datadog-agent dd-agent sentry sentry-cli pd
  tsh teleport tctl sft gh glab hub jira circleci buildkite-agent drone jenkins-cli fastlane gitlab-runner
  gitlab-ctl gitlab-rails gitlab-rake gitlab-psql gitlab-redis-cli gitlab-backup gitaly praefect glsh pgb-console
  jsonnet jb tk tanka cue dhall opa conftest checkov tflint trivy grype syft cosign snyk sops age gopass op bw
`);
const DEVELOPMENT = words(`
  git git-lfs svn hg make cmake ninja meson gcc g++ clang go gofmt cargo rustc rustup node npm npx yarn pnpm bun
  deno tsc python python2 python3 pip pip3 pipx pipenv poetry uv conda virtualenv ruby gem bundle bundler rake
  rails irb pry perl cpan php composer artisan java javac jar jstack jmap jcmd jps jstat jhsdb mvn gradle
  gradlew sbt scala kotlin dotnet nuget mono lua luarocks erl elixir mix iex R julia swift xcodebuild protoc buf
  bazel buck pants jq yq xq gron fx xmllint xsltproc pandoc pup csvkit mlr envsubst m4 gettext rg ag ack fd fzf
  bat exa tree ncdu tig lazygit asdf mise direnv nvm rbenv pyenv sdk pre-commit shellcheck shfmt bash sh zsh
  ksh dash fish csh tcsh pwsh powershell gpg gpg2 gpg-agent gpgconf gpg-connect-agent pass keybase ykman
  yubico-piv-tool pinentry apt apt-get apt-cache apt-mark apt-key aptitude dpkg dpkg-reconfigure add-apt-repository
  yum dnf rpm rpmbuild zypper pacman yay apk brew port snap flatpak nix nix-env nix-shell nixos-rebuild guix
  emerge pkg update-alternatives update-grub grub-mkconfig dracut update-initramfs mkinitcpio open xdg-open
  pbcopy pbpaste launchctl defaults diskutil scutil dscl softwareupdate networksetup say osascript sw_vers
  stackprof rbspy py-spy pprof flamegraph.pl stackcollapse-perf.pl async-profiler jfr vmtouch pt-kill
  celery gunicorn uwsgi supervisorctl pm2 forever monit runit sv s6-svc svstat god sidekiq sidekiqctl puma resque
  locust artillery newman httpx responder pkill tox pytest rspec jest mocha go-wrk bundle-audit
`);

export const PROGRAMS: ReadonlySet<string> = new Set([
  ...CORE,
  ...NETWORK,
  ...DATA,
  ...CLOUD,
  ...DEVELOPMENT,
]);

/** Programs whose names are English words too: a line needs more than the word to be a command. */
export const ENGLISH_PROGRAMS: ReadonlySet<string> = new Set(
  words(`
  find make watch read test set time service host open more file history sort join split cut head tail less last
  look who w date at exit kill install link type help top touch wait yes uniq free users groups mail script batch
  column command hash reset clear screen route mount which step hey http script true false say go node let shift
  init print source import delete stat dig paste id last port pass chef kitchen salt puppet vault consul nomad
  drone flux argo hub snap swift glance helm kind gem rake perl patch cancel complete echo export alias diff
  watch fuser trap expand pr fold fmt nice age op pd responder forever god monit resque puma sentry
  alertmanager prometheus nginx haproxy jaeger teleport hive nova neutron cinder curator rook ip ping sync tree
  ed bc ab k tk mix bat pup ack eval exec env bind suspend stress step cue boundary packer gluster pgbouncer
  praefect gitaly sidekiq minio thanos cilium hubble memcached postfix squid varnish elasticsearch redis docker
  git kubelet containerd crio etcd ceph bridge named screen sdk jenkins buck pants fish port defaults`),
);

const call = (program: string, text: string): readonly [string, ReadonlySet<string>] => [
  program,
  new Set(words(text)),
];

/** What makes a program with an English name a program: `docker restart redis` has no other mark of a command. */
export const SUBCOMMANDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  call(
    'docker',
    `ps images logs exec run start stop restart kill rm rmi inspect stats top pull push build compose system volume
    network container image node service stack swarm info version login cp save load tag update events rename attach`,
  ),
  call(
    'git',
    `status log diff pull push fetch checkout revert reset merge rebase stash clone branch tag show commit add bisect
    cherry-pick describe remote switch restore clean blame`,
  ),
  call('helm', 'list ls status history rollback upgrade install uninstall get repo template search show'),
  call('vault', 'status read write kv login token operator secrets policy lease auth audit'),
  call('consul', 'members kv catalog operator monitor info leave join reload maint'),
  call('nomad', 'status job node alloc server operator system eval deployment'),
  call('ceph', 'status health osd pg mon df auth fs mgr versions tell orch'),
  call('ip', 'addr address a route r link neigh netns rule'),
  call('go', 'run build test env version install mod'),
  call('gem', 'list install update env'),
  call('snap', 'list install remove refresh info'),
  call('puppet', 'agent apply resource facts'),
]);
