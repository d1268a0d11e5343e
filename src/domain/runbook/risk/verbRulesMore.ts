import type { VerbRule } from './verbRules.ts';

const CLOUD_READ =
  '*list, *describe, *get, *show, *info, *get-value, *read, *tail, *status, *help, *version, *search, *get-iam-policy, *lookup, *view, *diff, *logs, *history, *whoami, *access, *validate, *ls, *list-upgrades';
const CLOUD_CHANGE =
  '*create, *update, *set, *add, *start, *stop, *restart, *resize, *scp, *enable, *disable, *deploy, *import, *export, *attach, *login, *apply, *patch, *move, *upgrade, *rolling-action, *clone, *snapshot, *submit, *promote-replica, *failover, *restore, *activate, *edit, *add-metadata, *add-tags, *set-named-ports, *setup, *upload-iam-policy, *set-iam-policy, *add-iam-policy-binding, *hibernate, *resume, *post, *rotate, *put, *get-credentials';
const CLOUD_DESTROY =
  '*delete, *remove, *detach, *reset, *terminate, *purge, *rm, *destroy, *revoke, *abandon-instances, *delete-instances, *remove-iam-policy-binding, *deregister, *remove-metadata, *drop, *uninstall';

/** More programs of the same shape as `VERB_RULES`. */
export const MORE_VERB_RULES: readonly VerbRule[] = [
  {
    programs:
      'gcloud az doctl rosa ocm osdctl hcloud fly flyctl linode-cli ibmcloud openstack eksctl hcp osd calicoctl tctl tsh gh glab sentry-cli subctl odo',
    read: CLOUD_READ,
    change: CLOUD_CHANGE,
    destroy: CLOUD_DESTROY,
  },
  {
    programs: 'odf',
    valueOptions: '-n --namespace',
    read: '*ls, *list, *get, *status, *show, *health',
    change: '*set, *restart, *add, *enable, *disable',
    destroy: '*delete, *rm, *remove, *purge, *recover',
  },
  {
    programs: 'gsutil',
    valueOptions: '-o -u -h',
    read: 'ls, cat, du, stat, version, hash, acl get, iam get, lifecycle get, versioning get, ver',
    change:
      'cp, rsync, mb, mv, acl, iam, lifecycle, versioning, web, signurl, compose, setmeta, rewrite, defacl, label, cors',
    destroy: 'rm, rb',
  },
  {
    programs: 'bq',
    read: 'ls, show, head, query, wait, version, help, info, get-iam-policy',
    change: 'load, mk, cp, update, extract, insert, mkdef, init, cancel',
    destroy: 'rm, truncate',
  },
  {
    programs: 'knife',
    read: 'status, search, node show, node list, role show, role list, environment show, environment list, cookbook list, cookbook show, data bag show, data bag list, data_bag show, client list, client show, user list, user show, vault show, vault list, ssl check, ssl fetch, diff, list, show, tag list, digitalocean droplet list, exec --help, download',
    change:
      'node edit, node run_list, node run, node from, node environment, role edit, role from, environment edit, environment from, cookbook upload, upload, data bag edit, data bag from, data bag create, vault create, vault update, vault edit, vault refresh, vault rotate, vault add, bootstrap, client create, client reregister, user create, tag create, spork, edit, create, ssh, exec, node create, node policy',
    destroy:
      'node delete, client delete, client bulk, role delete, environment delete, cookbook delete, cookbook bulk, data bag delete, vault delete, vault remove, user delete, delete, tag delete, node bulk',
  },
  {
    programs:
      'apt apt-get aptitude yum dnf zypper apk pacman rpm dpkg apt-cache apt-mark pkg rpm-ostree ostree bootc',
    read: 'list, search, show, policy, info, showpkg, depends, rdepends, repolist, check-update, history, provides, whatprovides, status, madison, showhold, db diff, log, help, changelog, module list, updateinfo, query',
    change:
      'install, update, upgrade, dist-upgrade, full-upgrade, build-dep, download, source, hold, unhold, mark, reinstall, makecache, clean, autoclean, add, deploy, rebase, rollback, override, initramfs, kargs, apply-live, cleanup, admin, switch, module, config-manager, groupinstall, localinstall, downgrade, localedef, distro-sync, reload',
    destroy: 'remove, purge, autoremove, erase, del, uninstall',
  },
  {
    programs: 'patronictl',
    valueOptions: '-c --config-file -d',
    read: 'list, topology, history, show-config, version, dsn',
    change: 'reload, restart, pause, resume, edit-config, switchover, flush, scaffold, configure',
    destroy: 'failover, reinit, remove, demote-cluster',
  },
  {
    programs: 'rabbitmqctl rabbitmq-diagnostics rabbitmqadmin rabbitmq-plugins',
    valueOptions: '-n -p --vhost -H -u -P',
    read: 'status, list_queues, list_connections, list_channels, list_consumers, list_exchanges, list_bindings, list_users, list_vhosts, list_permissions, list_policies, list_parameters, cluster_status, node_health_check, environment, report, ping, check_running, check_local_alarms, check_port_connectivity, alarms, memory_breakdown, list, show, observer, is_running, help',
    change:
      'start_app, set_policy, set_permissions, set_user_tags, add_user, add_vhost, change_password, sync_queue, set_vm_memory_high_watermark, set_parameter, join_cluster, enable, disable, declare, publish, import, enable_feature_flag, await_startup, rotate_logs, trace_on, trace_off',
    destroy:
      'stop, stop_app, reset, force_reset, purge_queue, delete_queue, delete_user, delete_vhost, forget_cluster_node, close_connection, close_all_connections, clear_policy, clear_permissions, force_boot, delete, purge, close, eval',
  },
  {
    programs: 'nodetool',
    read: 'status, info, ring, tpstats, cfstats, tablestats, compactionstats, netstats, describecluster, gossipinfo, version, proxyhistograms, tablehistograms, getendpoints, gettraceprobability, statusgossip, statusbinary',
    change:
      'repair, flush, compact, cleanup, snapshot, drain, disablegossip, enablegossip, disablebinary, enablebinary, rebuild, scrub, upgradesstables, settraceprobability, setcompactionthroughput, stop, refresh, reload',
    destroy: 'decommission, removenode, assassinate, clearsnapshot, move, truncatehints',
  },
  {
    programs: 'sv supervisorctl gitlab-ctl monit service rc-service initctl pm2 brew-services',
    read: '*status, tail, avail, pid, summary, show-config, service-list, check-config, --status-all, list, logs, describe, get-redis-master, diff-config, patroni members, pgb-console',
    change:
      '*start, *stop, *restart, *reload, reconfigure, update, add, reread, monitor, unmonitor, hup, once, int, usr1, usr2, deploy-page, *force-reload, *condrestart, promote, backup-etc, patroni, pg-upgrade, enable, disable, save, startup, scale',
    destroy: 'shutdown, remove, clear, kill, term, cleanse, uninstall, remove-accounts, delete, quit, flush',
  },
  {
    programs:
      'timedatectl hostnamectl localectl resolvectl networkctl nmcli firewall-cmd ufw semanage auditctl zpool zfs mdadm multipath ethtool swapctl iscsiadm',
    read: 'status, show, list, query, dns, domain, statistics, lldp, connection show, con show, device status, device show, dev, general, get, iostat, history, events, list-timezones, timesync-status, numbered, boolean -l, port -l, fcontext -l, show-timesync, monitor',
    change:
      'set-time, set-timezone, set-ntp, set-hostname, set-locale, flush-caches, reset-statistics, connection, con, device, radio, networking, enable, disable, allow, deny, reload, limit, set, create, mount, scrub, import, export, snapshot, clone, add, replace, online, offline, clear, send, receive, up, down, reconfigure, renew, boolean, port, fcontext',
    destroy: 'destroy, rollback, delete, reset, labelclear, remove, detach, flush',
  },
  {
    programs: 'ansible-vault eyaml sops gpg gpg2 gopass pass op age',
    read: 'view, decrypt -d, show, list, ls, find, grep, item list, item get, read, whoami, account list',
    change:
      'edit, encrypt, decrypt, create, rekey, insert, generate, edit, init, git, mv, cp, otp, sync, signin, item create, item edit, add, recipients, updatekeys, rotate, exec-env',
    destroy: 'rm, delete, item delete, remove',
  },
];
