/**
 * Programs whose first words decide. Verbs are separated by commas and match the start of the command's
 * positional words; a leading `*` lets them stand anywhere. `otherwise` is used where no verb matches.
 */
export interface VerbRule {
  readonly programs: string;
  /** Options that take the next word, so that it is not mistaken for a verb. */
  readonly valueOptions?: string;
  readonly read?: string;
  readonly change?: string;
  readonly destroy?: string;
}

const CONTAINER_READ =
  'ps, logs, inspect, stats, images, image ls, image list, image inspect, image history, top, port, version, info, search, events, diff, history, system df, system info, system events, volume ls, volume list, volume inspect, network ls, network list, network inspect, container ls, container list, container logs, container inspect, container stats, container top, context ls, context list, context show, context inspect, config, config ls, node ls, node ps, service ls, service ps, service logs, service inspect, stack ls, stack ps, stack services, manifest inspect, wait, help, ls, list, pods, pod ps, pod inspect, imagefsinfo, inspecti, inspectp, statsp, healthcheck';
const KUBE_READ =
  'get, describe, logs, log, top, explain, events, diff, auth can-i, auth whoami, config view, config get-contexts, config current-context, config get-clusters, rollout status, rollout history, cluster-info, version, api-resources, api-versions, wait, whoami, status, projects, project -q, options, completion, port-forward, krew list, adm top, adm inspect, adm node-logs, adm release info, adm upgrade status, image info, plugin list, kustomize, debug, rsh, exec, attach, get-all, help';
const KUBE_CHANGE =
  'apply, create, edit, patch, scale, rollout, label, annotate, cordon, uncordon, taint, set, expose, autoscale, run, cp, rsync, adm cordon, adm uncordon, adm taint, adm policy, adm certificate, adm upgrade, adm must-gather, adm pod-network, adm manage-node, adm, certificate, project, new-project, new-app, login, logout, config, process, tag, import-image, start-build, cancel-build, policy, secrets, secret, extract, replace --dry, auth reconcile, convert, extract, link, proxy, registry, image, volume, start, stop, restart, pause, unpause, migrate, adm migrate';

export const VERB_RULES: readonly VerbRule[] = [
  {
    programs: 'docker podman nerdctl crictl',
    valueOptions: '-H --host -c --context --config -l --log-level -n --namespace --runtime-endpoint -r',
    read: CONTAINER_READ,
    change:
      'start, stop, restart, pause, unpause, run, exec, create, pull, push, build, buildx, tag, commit, cp, rename, update, login, logout, save, load, import, export, network create, network connect, network disconnect, volume create, compose, swarm, service, stack deploy, node update, image pull, image build, image tag, image push, container start, container stop, container restart, container exec, container run, secret create, config create, plugin install, attach, runp, stopp, images pull',
    destroy:
      'rm, rmi, kill, system prune, image prune, image rm, image remove, container prune, container rm, container remove, container kill, volume rm, volume remove, volume prune, network rm, network remove, network prune, builder prune, stack rm, service rm, swarm leave, secret rm, config rm, rmp, plugin rm, buildx prune, system reset, context rm, tasks kill, containers rm, pod rm',
  },
  {
    programs: 'docker-compose podman-compose',
    valueOptions: '-f --file -p --project-name --profile --env-file --project-directory --ansi --parallel',
    read: 'ps, logs, config, images, top, port, events, version, ls, stats, help, wait',
    change:
      'up, down, start, stop, restart, pause, unpause, build, pull, push, create, run, exec, scale, cp, attach, watch',
    destroy: 'rm, kill',
  },
  {
    programs: 'kubectl oc kubecolor k microk8s.kubectl',
    valueOptions:
      '-n --namespace --context --kubeconfig --cluster --user --as --as-group -s --server --token --request-timeout --certificate-authority --config -v --loglevel -c --container -l --selector -o --output',
    read: KUBE_READ,
    change: KUBE_CHANGE,
    destroy: 'delete, drain, replace, adm drain, adm prune, certificate deny, adm certificate deny, *delete',
  },
  {
    programs: 'virtctl',
    valueOptions: '-n --namespace --kubeconfig --context',
    read: 'console, vnc, ssh, version, guestosinfo, fslist, userlist, port-forward, help',
    change:
      'start, stop, restart, migrate, migrate-cancel, pause, unpause, addvolume, image-upload, expose, scp, create, vmexport, soft-reboot, memory-dump',
    destroy: 'removevolume, *delete',
  },
  {
    programs: 'helm',
    valueOptions: '-n --namespace --kube-context --kubeconfig -f --values --set --version',
    read: 'list, ls, status, history, get, show, inspect, search, template, lint, version, env, diff, repo list, dependency list, verify, help',
    change:
      'install, upgrade, rollback, repo, dependency, pull, push, package, plugin, test, create, registry',
    destroy: 'uninstall, delete, del, un',
  },
  {
    programs: 'systemctl loginctl machinectl',
    read: 'status, is-active, is-enabled, is-failed, show, cat, list-units, list-unit-files, list-timers, list-sockets, list-dependencies, list-jobs, list-machines, get-default, help, show-environment, session-status, user-status, list-sessions, list-users',
    change:
      'start, stop, restart, reload, try-restart, reload-or-restart, enable, disable, mask, unmask, daemon-reload, daemon-reexec, reset-failed, set-property, edit, set-default, isolate, link, preset, set-environment, import-environment, add-wants, freeze, thaw',
    destroy:
      'kill, reboot, poweroff, halt, rescue, emergency, suspend, hibernate, kexec, terminate-session, kill-session',
  },
  {
    programs: 'git',
    valueOptions: '-C -c --git-dir --work-tree',
    read: 'log, status, diff, show, blame, describe, rev-parse, ls-files, ls-remote, ls-tree, cat-file, shortlog, reflog, grep, config --get, config --list, config -l, remote -v, remote show, remote get-url, remote, branch, tag, stash list, stash show, version, help, for-each-ref, rev-list, count-objects, fsck, show-ref, name-rev, merge-base, whatchanged, bisect log, worktree list, submodule status, check-ignore, symbolic-ref',
    change:
      'add, commit, push, pull, fetch, clone, checkout, switch, merge, rebase, cherry-pick, revert, stash, init, submodule, remote, config, tag, branch, mv, apply, am, bisect, worktree, restore, gc, repack, pack-refs, lfs, notes, reset, update-index, update-ref, archive, format-patch, bundle, maintenance',
    destroy: 'clean, rm, filter-branch, filter-repo, prune, update-ref -d',
  },
  {
    programs: 'terraform tf tofu terragrunt',
    valueOptions: '',
    read: 'plan, show, output, validate, state list, state show, state pull, providers, version, graph, console, workspace list, workspace show, fmt -check, get, help',
    change:
      'apply, init, import, refresh, taint, untaint, state mv, state push, workspace select, workspace new, fmt, login, force-unlock, upgrade, run-all apply, providers lock, providers mirror',
    destroy: 'destroy, state rm, workspace delete, run-all destroy, state replace-provider',
  },
  {
    programs: 'consul',
    read: 'members, info, monitor, operator raft list-peers, operator autopilot state, operator autopilot get-config, kv get, kv export, catalog, version, rtt, debug, validate, config read, config list, acl token read, acl token list, acl policy list, acl policy read, snapshot inspect, event -list, watch, intention list, intention check, services list, help',
    change:
      'kv put, kv import, reload, maint, join, lock, event, exec, snapshot save, services register, config write, acl, intention create, connect, login, logout, operator autopilot set-config, operator raft transfer-leader, keygen, keyring, agent, tls',
    destroy:
      'kv delete, leave, force-leave, snapshot restore, operator raft remove-peer, services deregister, config delete, *delete',
  },
  {
    programs: 'vault',
    read: 'status, read, list, kv get, kv list, kv metadata get, token lookup, token capabilities, version, audit list, auth list, secrets list, policy list, policy read, operator raft list-peers, operator members, operator key-status, operator raft autopilot, path-help, print, lease lookup, server --help, namespace list, debug, monitor, help',
    change:
      'write, kv put, kv patch, login, unwrap, token create, token renew, operator unseal, operator init, operator step-down, operator rotate, operator rekey, operator generate-root, operator raft join, operator raft snapshot save, auth enable, secrets enable, secrets tune, auth tune, policy write, policy fmt, lease renew, agent, ssh, audit enable, server, plugin, kv undelete, kv rollback',
    destroy:
      'delete, kv delete, kv destroy, kv metadata delete, operator seal, operator raft remove-peer, operator raft snapshot restore, auth disable, secrets disable, secrets move, policy delete, token revoke, lease revoke, audit disable, *delete',
  },
  {
    programs: 'etcdctl',
    valueOptions: '--endpoints --cacert --cert --key --user -w --write-out --command-timeout',
    read: 'get, member list, endpoint, alarm list, cluster-health, ls, version, watch, check, snapshot status, user list, user get, role list, role get, auth status, help',
    change:
      'put, set, mk, mkdir, defrag, compact, compaction, snapshot save, member add, member update, member promote, move-leader, make-mirror, alarm disarm, lease, lock, elect, user, role, auth, backup',
    destroy: 'del, rm, rmdir, member remove, snapshot restore, user delete, role delete, auth disable',
  },
  {
    programs: 'ceph',
    read: 'status, health, df, osd tree, osd df, osd status, osd stat, osd perf, osd dump, osd ls, osd find, osd metadata, osd pool ls, osd pool stats, osd pool get, osd pool autoscale-status, osd crush dump, osd crush tree, osd crush rule ls, osd crush rule dump, osd blocked-by, osd utilization, osd ok-to-stop, osd safe-to-destroy, osd count-metadata, osd blacklist ls, osd blocklist ls, osd numa-status, osd crush weight-set ls, osd info, osd lspools, osd erasure-code-profile ls, osd erasure-code-profile get, pg stat, pg dump, pg dump_stuck, pg ls, pg ls-by-osd, pg ls-by-pool, pg map, pg debug, mon stat, mon dump, mon_status, quorum_status, mgr stat, mgr dump, mgr services, mgr module ls, mds stat, mds metadata, fs status, fs ls, fs dump, fs get, fs subvolume ls, fs subvolume info, fs subvolumegroup ls, fs subvolume snapshot ls, auth ls, auth list, auth get, auth get-key, config get, config dump, config show, config log, config ls, config-key ls, config-key get, config-key dump, crash ls, crash info, crash stat, crash ls-new, versions, version, features, report, node ls, orch ls, orch ps, orch status, orch host ls, orch device ls, balancer status, device ls, log last, time-sync-status, service dump, service status, progress',
    change:
      'progress clear, telemetry, mgr set, config reset, osd set, osd unset, osd in, osd out, osd down, osd reweight, osd reweight-by-utilization, osd crush, osd pool set, osd pool create, osd pool application, osd pool rename, osd set-full-ratio, osd set-nearfull-ratio, osd set-backfillfull-ratio, osd primary-affinity, osd scrub, osd deep-scrub, osd repair, osd require-osd-release, osd unset-group, osd set-group, osd blocklist add, osd blacklist add, pg repair, pg scrub, pg deep-scrub, pg force-recovery, pg force-backfill, config set, config assimilate-conf, config-key set, mgr module enable, mgr module disable, mgr fail, mds fail, fs set, fs subvolume create, fs subvolumegroup create, auth add, auth get-or-create, auth caps, crash archive, crash archive-all, orch apply, orch restart, orch start, orch stop, orch daemon, orch upgrade, orch host add, balancer on, balancer off, balancer mode, mon add, mon enable-msgr2, quorum, health mute, health unmute, device monitoring, dashboard, osd new, osd unblock, balancer eval, injectargs',
    destroy:
      'osd rm, osd purge, osd destroy, osd lost, osd pool delete, osd pool rm, osd crush remove, osd crush rm, pg mark_unfound_lost, osd force-create-pg, auth del, auth rm, config rm, config-key rm, config-key del, fs rm, fs fail, fs subvolume rm, fs subvolumegroup rm, fs subvolume snapshot rm, mon remove, mon rm, crash rm, crash prune, orch rm, orch host rm, *delete, *rm, *remove, *purge',
  },
  {
    programs: 'rbd rados radosgw-admin cephfs-shell',
    valueOptions: '-p --pool -n --name --namespace',
    read: 'ls, list, info, status, du, showmapped, df, stat, lspools, snap ls, snap list, children, mirror image status, mirror pool status, mirror pool info, mirror snapshot schedule ls, mirror snapshot schedule list, mirror snapshot schedule status, lock ls, trash ls, perf, bucket list, bucket stats, bucket limit check, user list, user info, usage show, metadata list, metadata show, zone get, zonegroup get, period get, sync status, quota, listxattr, list-inconsistent-obj, list-inconsistent-pg, gc list, lc list, watch, image-meta list, feature, device list, get',
    change:
      'create, map, unmap, snap create, snap protect, snap unprotect, resize, clone, flatten, mirror, lock add, import, export, user create, user modify, bucket link, bucket reshard, quota set, quota enable, gc process, lc process, period update, mv, rename, copy, cp, put, bench, deep, feature enable, feature disable',
    destroy:
      'rm, remove, snap rm, snap remove, snap purge, snap rollback, trash rm, trash purge, lock rm, lock remove, user rm, bucket rm, purge, mirror image demote, mirror image resync, mirror pool disable, mirror image disable, *rm, *delete, *remove, *purge',
  },
  {
    programs: 'ip',
    valueOptions: '-n -netns',
    read: 'addr show, addr, a, address show, link show, link, route show, route get, route list, route, r, neigh show, neigh, n, rule show, rule list, rule, netns list, netns, -s, maddr, monitor, netns exec, l, xfrm state, xfrm policy, xfrm',
    change:
      'addr add, address add, link set, link add, route add, route replace, route change, rule add, neigh add, neigh replace, netns add, r add, a add',
    destroy:
      'addr del, addr delete, addr flush, address del, link del, link delete, route del, route delete, route flush, rule del, rule delete, neigh flush, neigh del, netns del, netns delete, r del, a del',
  },
];
