import type { VerbRule } from './verbRules.ts';

/** Databases, backups, mail, networks and machines: programs found on the host itself. */
export const HOST_VERB_RULES: readonly VerbRule[] = [
  {
    programs: 'mysqladmin',
    valueOptions: '-u -h -P -S --user --host --port --socket -i --sleep -c --count',
    read: 'status, processlist, extended-status, ping, variables, version, proc, stat, debug, ext, var',
    change:
      'flush-hosts, flush-logs, flush-privileges, flush-status, flush-tables, flush-threads, refresh, reload, create, password, start-slave, stop-slave, start-replica, stop-replica',
    destroy: 'shutdown, drop, kill',
  },
  {
    programs: 'repmgr pgbackrest barman wal-g pg_autoctl pg_probackup',
    valueOptions: '-f --config-file --config --stanza -c --pgdata -d',
    read: 'cluster show, cluster matrix, cluster crosscheck, cluster event, node status, node check, service status, daemon status, info, check, verify, version, list-backup, list-backups, list-server, list-servers, list-files, show-backup, show-server, show-servers, status, replication-status, backup-list, wal-show, wal-verify, show, show state, show settings, show uri, show events, help, diagnose',
    change:
      'standby switchover, standby promote, standby clone, standby register, standby follow, primary register, node rejoin, node service, service pause, service unpause, daemon pause, daemon unpause, backup, start, stop, stanza-create, stanza-upgrade, switch-wal, switch-xlog, cron, receive-wal, backup-push, backup-fetch, wal-push, wal-fetch, recover, catchup-push, perform switchover, perform promotion, enable, disable, archive-push, archive-get, keep',
    destroy:
      'primary unregister, standby unregister, witness unregister, expire, restore, stanza-delete, delete, delete-backup, delete everything, perform failover, drop, cluster cleanup, del-backup',
  },
  {
    programs: 'restic borg duplicity litestream',
    valueOptions: '-r --repo -p --password-file',
    read: 'snapshots, ls, list, stats, check, diff, find, cat, dump, info, key list, version, collection-status, list-current-files, verify, databases, generations, wal, mount',
    change:
      'backup, init, create, restore, extract, copy, tag, migrate, rebuild-index, repair, recover, key add, key passwd, umount, replicate, full, incremental, serve, export-tar, unlock, break-lock, compact, with-lock',
    destroy: 'forget, prune, delete, key remove, remove-older-than, remove-all-but-n-full, cleanup, recreate',
  },
  {
    programs: 'etcdutl',
    read: 'snapshot status, version, hashkv',
    change: 'snapshot restore, defrag, migrate, backup',
  },
  {
    programs: 'ipmitool',
    valueOptions: '-H -U -P -I -L -f',
    read: 'sdr, sel list, sel elist, sel info, sensor, fru, chassis status, power status, chassis power status, mc info, lan print, user list, bmc info, channel info, sol info',
    change:
      'power on, power cycle, power reset, chassis power on, chassis power cycle, chassis power reset, chassis bootdev, chassis identify, mc reset, bmc reset, user set, lan set, sol activate, raw, sol set',
    destroy: 'power off, power soft, chassis power off, chassis power soft, sel clear',
  },
  {
    programs: 'virsh xl xe qm pct pvecm pvesm pveum govc',
    valueOptions: '-c --connect -u',
    read: 'list, dominfo, domstate, domblklist, domiflist, domblkstat, domifaddr, dumpxml, nodeinfo, pool-list, pool-info, vol-list, vol-info, net-list, net-info, snapshot-list, snapshot-info, capabilities, version, vcpuinfo, dommemstat, status, config, pending, nodes, listsnapshot, ls, vm.info, find, host.info, datastore.info, datastore.ls, events, about, vm-list, info, vcpu-list, uptime, user list, pool list, acl list',
    change:
      'start, shutdown, reboot, suspend, resume, reset, stop, migrate, attach-disk, attach-device, attach-interface, detach-disk, detach-device, define, create, edit, console, save, restore, setmem, setvcpus, snapshot-create, snapshot-create-as, autostart, managedsave, blockcommit, set, resize, rescan, unlock, clone, snapshot, vm.power, vm.clone, vm.change, vm.migrate, snapshot.create, snapshot.revert, vm.create, pause, unpause, vm-start, vm-shutdown, vm-reboot, add, expected, move_disk, net-start, pool-start, pool-refresh, user add, pool add',
    destroy:
      'destroy, undefine, vol-delete, pool-delete, pool-destroy, net-destroy, net-undefine, snapshot-delete, snapshot-revert, rollback, delsnapshot, delnode, free, remove, vm.destroy, snapshot.remove, datastore.rm, object.destroy, vm-destroy, vdi-destroy, delete',
  },
  {
    programs: 'postfix postqueue postsuper postcat exim exim4 rndc unbound-control birdc birdcl varnishadm',
    valueOptions: '-s -S -T -c -p -k',
    read: 'check, status, -p, -j, show, stats, stats_noreset, list_local_zones, list_local_data, list_forwards, dump_cache, lookup, recursing, zonestatus, backend.list, ban.list, vcl.list, vcl.show, param.show, panic.show, storage.list, ping, banner, -bp, -bpc',
    change:
      'start, stop, reload, flush, -f, -i, reconfig, freeze, thaw, sync, flush_zone, flush_bogus, flush_negative, local_zone, forward_add, configure, disable, enable, restart, refresh, retransfer, notify, querylog, trace, ban, vcl.load, vcl.use, param.set, backend.set_health, set_option',
    destroy:
      'abort, -d, flush_requestlist, halt, vcl.discard, param.reset, panic.clear, delzone, local_zone_remove',
  },
  {
    programs: 'chronyc tailscale wg launchctl sc ykman',
    read: 'tracking, sources, sourcestats, activity, clients, ntpdata, serverstats, selectdata, status, ip, netcheck, whois, show, showconf, list, print, print-disabled, query, qc, info, version, oath accounts list, openpgp info, ping, bugreport',
    change:
      'makestep, burst, online, offline, add, set, syncconf, addconf, setconf, up, down, login, switch, serve, kickstart, load, start, stop, bootstrap, enable, disable, config, waitsync, refresh, ssh, cert, create',
    destroy: 'delete, logout, unload, remove, bootout, kill, reset, oath reset, openpgp reset, shutdown',
  },
  {
    programs: 'hdfs hadoop yarn mapred airflow spark-class',
    read: 'dfs -ls, dfsadmin -report, fsck, version, dags list, dags show, dags state, dags list-runs, tasks list, tasks state, tasks states-for-dag-run, connections list, connections get, variables list, variables get, pools list, info, config list, config get-value, jobs check, providers list, db check, roles list, users list',
    change:
      'dags trigger, dags pause, dags unpause, dags backfill, dags test, tasks run, tasks test, tasks clear, db upgrade, db migrate, db init, connections add, variables set, variables import, pools set, scheduler, webserver, users create, distcp',
    destroy:
      'dags delete, connections delete, variables delete, pools delete, db reset, db clean, users delete',
  },
  {
    programs: 'tiup',
    read: 'cluster display, cluster list, cluster check, cluster audit, list, status, version, cluster show-config',
    change:
      'cluster start, cluster stop, cluster restart, cluster reload, cluster upgrade, cluster scale-out, cluster deploy, cluster edit-config, cluster exec, cluster enable, cluster patch, cluster rename, install, update',
    destroy: 'cluster scale-in, cluster destroy, cluster clean, cluster prune, uninstall, clean',
  },
  {
    programs: 'skopeo crane oras',
    read: 'inspect, list-tags, standalone-verify, manifest, digest, ls, catalog, config, validate, manifest fetch, repo ls, repo tags, discover',
    change: 'copy, sync, login, logout, pull, push, tag, append, mutate, export, cp, attach',
    destroy: 'delete, manifest delete, blob delete',
  },
  {
    programs: 'mc minio-client s3cmd rclone s5cmd',
    valueOptions: '-c --config',
    read: 'ls, info, du, la, cat, head, stat, tree, lsd, lsl, lsf, lsjson, size, about, check, diff, find, admin info, admin service status, admin trace, admin user list, admin user info, admin policy list, admin policy info, admin heal --dry, alias list, version, config show, listremotes, md5sum, cryptcheck, ping, ready, support, admin prometheus, replicate status, replicate ls, ilm ls, getacl, getpolicy',
    change:
      'cp, mirror, mb, put, get, sync, copy, copyto, mkdir, alias set, admin service restart, admin service stop, admin heal, admin update, admin config set, admin user add, admin policy create, admin policy attach, replicate add, setacl, setpolicy, admin decommission start, admin rebalance start, admin user enable, admin user disable, config, tag, touch, mount, modify, anonymous set, ilm add, share, pipe, batch',
    destroy:
      'rm, rb, del, delete, purge, deletefile, move, moveto, mv, rmdir, rmdirs, cleanup, dedupe, admin user remove, admin policy remove, replicate rm, admin config reset, ilm rm, undo, bisync',
  },
  {
    programs: 'gitlab-runner buildkite-agent drone-server',
    read: 'list, status, verify, --version, help',
    change: 'restart, start, stop, register, run, install, exec, run-single, reset-token, annotate, artifact',
    destroy: 'unregister, uninstall',
  },
  {
    programs: 'mimirtool cortextool lokitool thanos amtool promtool',
    valueOptions: '--address --id --key --user --alertmanager.url --config.file',
    read: 'rules list, rules get, rules print, rules check, rules lint, rules diff, alertmanager get, alertmanager verify, analyze, config, bucket-validation, remote-read stats, version, tools bucket inspect, tools bucket ls, tools bucket web, query, alert query, alert, silence query, silence, check-config, config show, config routes, cluster show, cluster, check config, check rules, check metrics, check web-config, check healthy, check ready, check service-discovery, query instant, query range, query series, query labels, query analyze, debug, test rules, tsdb analyze, tsdb list, tsdb dump, template render',
    change:
      'rules load, rules sync, rules prepare, alertmanager load, alertmanager migrate-utf8, backfill, acl generate-header, alert add, silence add, silence import, silence update, tools bucket mark, tools bucket downsample, tools bucket rewrite, tools bucket replicate, tools bucket verify, tsdb create-blocks-from, push metrics, compact, receive, tsdb bench, rules migrate-utf8, promql format',
    destroy:
      'rules delete, rules delete-namespace, alertmanager delete, silence expire, tools bucket cleanup, tools bucket retention',
  },
];
