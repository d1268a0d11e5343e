import type { Risk } from '../model.ts';

/** Programs whose risk does not depend on what follows (options that change it stand in `optionRules.ts`). */
const BY_RISK: Readonly<Record<Exclude<Risk, 'unknown'>, string>> = {
  read: `
    : true false test [ [[ echo printf ls cat head tail less more grep egrep fgrep zgrep rg ag ack zcat zless wc
    cut tr sort uniq diff cmp comm paste column fold fmt nl od hexdump xxd strings file stat readlink realpath
    basename dirname pwd cd pushd popd dirs printenv export unset alias read declare local readonly typeset
    let shift seq expr bc date cal sleep wait yes whoami id groups who w last lastlog users uname uptime free vmstat
    iostat mpstat sar pidstat top htop atop iotop ps pgrep jobs type which whereis command hash man help history
    md5sum sha1sum sha256sum sha512sum cksum base64 base32 lsblk blkid findmnt lsof fuser dmesg journalctl lsmod
    lspci lsusb lscpu lsmem dmidecode getconf getent ldd nm objdump readelf loginctl df du sensors slabtop
    numastat turbostat ping ping6 traceroute tracepath mtr dig nslookup host drill whois ss netstat nc
    ncat netcat telnet tcpdump tshark ngrep nmap arping ipcalc openssl jq yq xq gron xmllint fx mlr awk gawk
    mawk sed perl pg_isready pg_lsclusters pg_controldata pg_waldump pg_dumpall pg_dump logcli tree ncdu
    fd locate tput tac rev shuf factor env set shopt ulimit hostname watch xargs find iconv clear exit return break
    continue trap getopts mapfile readarray lsscsi lsinitrd lsns who cpupower ausearch getfacl lsattr sestatus
    getenforce stern kail kubectx-list memcached-tool k9s lazygit tig redis-stat pgrep pstree nproc arch
    mongostat mongotop etcd-dump-db ipvsadm conntrack socklist dpkg-query rpmquery needrestart
    stackprof jstack jps jstat py-spy rbspy strace ltrace perf bpftrace flamegraph.pl stackcollapse-perf.pl
    pt-query-digest grpcurl s3ls sha256 cksum lvs pvs vgs lvdisplay pvdisplay vgdisplay smartctl
    mailq ntpq nfsstat varnishlog varnishstat xfs_info lshw hostid tracert pathping memcstat uuidgen pwgen rabbitmq-diag view bat exa numactl script screen tmux ssh-add ssh-agent ssh-keyscan tty stty pbcopy pbpaste open xdg-open`,
  change: `
    cp mv mkdir ln touch chmod chown chgrp tee install rsync scp sftp ftp tar gzip gunzip zip unzip bzip2 bunzip2 xz
    unxz zstd split csplit mktemp mkfifo vi vim nvim nano emacs ed visudo crontab at batch useradd usermod
    groupadd groupmod passwd chage mount swapon modprobe insmod update-rc.d chkconfig ldconfig logger
    logrotate ntpdate sync hwclock resize2fs xfs_growfs tune2fs e2label lvextend lvresize lvcreate pvcreate
    pvresize vgcreate vgextend mkswap wget ab hey wrk siege vegeta k6 locust jmeter stress stress-ng fio pgbench
    iperf iperf3 redis-benchmark createdb createuser vacuumdb reindexdb pg_basebackup pg_ctl pg_ctlcluster
    pg_repack pg_rewind pg_upgrade gcore wall vgchange pvmove lvchange lvconvert vgreduce racadm kadmin pg_restore mysqldump renice ionice taskset tc setenforce restorecon
    setfacl chattr update-alternatives update-grub grub-mkconfig dracut update-initramfs certbot make-cert
    gpg-connect-agent gpgconf update-ca-certificates ansible-playbook ansible-galaxy chef-client chef-solo
    puppet salt-call salt packer vagrant pm2 runit sv brew port snap pip pip3 pipx npm yarn pnpm gem cargo
    docker-machine ssh-copy-id ssh-keygen sendmail mail swaks patch fallocate fsfreeze fstrim rookify
    bundler celery gitlab-backup patron haproxyctl gcsfuse s3fs sshfs fsck e2fsck xfs_repair
    pt-online-schema-change mongodump mongorestore elasticdump curator open-iscsi cordon uncordon`,
  destroy: `
    rm rmdir shred truncate dd mkfs mkfs.ext4 mkfs.xfs mkfs.ext3 wipefs userdel groupdel dropdb dropuser lvremove
    pvremove vgremove shutdown reboot halt poweroff kill pkill killall xkill ipcrm swapoff umount rmmod
    pg_resetwal sgdisk fdisk parted gdisk iptables-restore postsuper pt-kill mkfs.btrfs blkdiscard nwipe`,
};

const RISK_OF = new Map<string, Risk>();
for (const risk of ['read', 'change', 'destroy'] as const)
  for (const program of BY_RISK[risk].trim().split(/\s+/)) RISK_OF.set(program, risk);

export function riskOfProgram(program: string): Risk | undefined {
  return RISK_OF.get(program);
}
