import type { VerbRule } from './verbRules.ts';

/** Schedulers, meshes, deployment and machine tools of one vendor each. */
export const TOOL_VERB_RULES: readonly VerbRule[] = [
  {
    programs: 'ctr',
    valueOptions: '-n --namespace -a --address --timeout --connect-timeout',
    read: 'images ls, images list, images check, image ls, i ls, containers ls, containers list, containers info, container ls, c ls, tasks ls, tasks list, tasks ps, tasks metrics, task ls, t ls, version, namespaces ls, ns ls, content ls, snapshots ls, plugins ls, events',
    change:
      'images pull, images push, images import, images export, images tag, image pull, image import, run, tasks start, tasks exec, tasks pause, tasks resume, containers create, images mount, images label',
    destroy:
      'images rm, images remove, image rm, images prune, i rm, containers rm, containers delete, container rm, c rm, tasks kill, tasks rm, tasks delete, task kill, t kill, t rm, snapshots rm, content rm, namespaces rm, leases rm',
  },
  {
    programs: 'cockroach',
    read: 'node status, node ls, version, debug zip, debug tsdump, nodelocal list, auth-session list, statement-diag list, userfile list, help',
    change:
      'init, start, start-single-node, node drain, node decommission, node recommission, cert, import, nodelocal upload, userfile upload, workload, gen, demo, quit, mt, auth-session login',
    destroy: 'debug recover, userfile delete, debug reset-quorum, statement-diag delete',
  },
  {
    programs: 'nomad',
    valueOptions: '-address -region -namespace -token',
    read: 'status, job status, job history, job inspect, job plan, job deployments, job allocs, job validate, plan, node status, server members, alloc status, alloc logs, alloc fs, alloc checks, deployment status, deployment list, eval status, eval list, agent-info, operator raft list-peers, operator autopilot get-config, operator autopilot health, version, ui, volume status, namespace list, namespace status, quota status, acl policy list, acl token self, var get, var list, logs, fs, inspect, validate, monitor, service list, service info',
    change:
      'job run, run, job stop, stop, job dispatch, job revert, job promote, job scale, job restart, job periodic force, job eval, job start, node drain, node eligibility, node meta, alloc restart, alloc signal, alloc stop, alloc exec, exec, deployment promote, deployment fail, deployment pause, deployment resume, deployment unblock, server join, operator autopilot set-config, operator snapshot save, operator raft transfer-leadership, operator scheduler set-config, namespace apply, acl, volume create, volume register, var put, system reconcile summaries, operator keygen',
    destroy:
      'job stop -purge, system gc, operator raft remove-peer, operator snapshot restore, server force-leave, namespace delete, volume delete, volume deregister, volume detach, var purge, eval delete, acl token delete, acl policy delete, *delete, *purge',
  },
  {
    programs: 'pulumi',
    read: 'preview, stack ls, stack output, stack history, stack graph, whoami, config get, logs, about, version, plugin ls, stack',
    change:
      'up, update, refresh, import, config set, config, stack init, stack select, stack import, stack tag, cancel, login, new, watch, state',
    destroy: 'destroy, stack rm, state delete, config rm, down',
  },
  {
    programs: 'flux',
    valueOptions: '-n --namespace --context --kubeconfig --timeout',
    read: 'get, check, events, logs, tree, trace, diff, stats, version, export, envsubst, build',
    change: 'reconcile, suspend, resume, create, bootstrap, install, pull, push, tag, migrate',
    destroy: 'delete, uninstall',
  },
  {
    programs: 'istioctl linkerd cilium hubble',
    valueOptions: '-n --namespace -i --istioNamespace --context --kubeconfig',
    read: 'proxy-status, proxy-config, ps, pc, analyze, validate, version, x describe, experimental describe, describe, admin log, verify-install, check, stat, top, tap, edges, routes, diagnostics, profile, status, connectivity test, config view, bpf, endpoint list, endpoint get, service list, policy get, monitor, observe, list, identity list, node list, metrics list, authz, viz, dashboard, bug-report, sysdump',
    change:
      'install, upgrade, inject, kube-inject, tag set, enable, config set, hubble enable, clustermesh, uninject, identity',
    destroy: 'uninstall, tag remove, disable, *delete',
  },
  {
    programs: 'argocd',
    valueOptions: '--server --auth-token --grpc-web-root-path --config',
    read: 'app get, app list, app diff, app history, app logs, app manifests, app resources, app wait, cluster list, cluster get, repo list, repo get, proj list, proj get, account list, account get, account can-i, version, context, cert list, admin settings validate',
    change:
      'app sync, app set, app create, app rollback, app actions, app patch, app unset, app edit, cluster add, cluster rotate-auth, repo add, proj create, proj set, login, logout, relogin, account update-password, account generate-token, app add-source, appset create, cluster set',
    destroy:
      'app delete, app delete-resource, app terminate-op, cluster rm, repo rm, proj delete, appset delete, *delete, *rm',
  },
  {
    programs: 'tkn argo kn',
    valueOptions: '-n --namespace --context',
    read: '*list, *ls, *describe, *logs, *get, version, *status, lint, node, wait, watch',
    change:
      '*start, *create, *update, *cancel, *submit, *retry, *resubmit, *resume, *suspend, *stop, *terminate, *set, *import, *apply, *cron',
    destroy: '*delete, *rm, *remove',
  },
  {
    programs: 'velero',
    valueOptions: '-n --namespace --kubeconfig --kubecontext',
    read: 'backup get, backup describe, backup logs, restore get, restore describe, restore logs, schedule get, schedule describe, get, describe, version, client config get, debug, plugin get, repo get, backup-location get, snapshot-location get, datamover get',
    change:
      'backup create, create, restore create, backup download, schedule create, schedule pause, schedule unpause, install, plugin add, plugin set, backup-location create, backup-location set, snapshot-location create, client config set',
    destroy:
      'backup delete, restore delete, schedule delete, delete, uninstall, plugin remove, backup-location delete',
  },
  {
    programs: 'helmfile',
    valueOptions: '-f --file -e --environment -l --selector -n --namespace',
    read: 'diff, list, template, status, lint, build, version, show-dag, print-env, write-values',
    change: 'apply, sync, charts, deps, repos, fetch, test, init, cache',
    destroy: 'destroy, delete',
  },
  { programs: 'kustomize', read: 'build, version, cfg, localize', change: 'edit, create, fix' },
  {
    programs: 'kops kubeadm talosctl k0s rke rke2 clusterctl kind minikube k3d microk8s crc',
    valueOptions:
      '-n --nodes -e --endpoints --talosconfig --name --state -p --profile --kubeconfig -n --namespace',
    read: 'get, validate, version, certs check-expiration, token list, config images list, config print, config view, alpha certs check-expiration, health, services, service, logs, dmesg, containers, processes, stats, memory, mounts, disks, etcd members, etcd status, etcd alarm list, time, list, read, usage, netstat, interfaces, addresses, routes, dashboard, describe, describe cluster, status, ip, profile list, addons list, node list, ssh, service list, cluster list, image ls, inspect, kubectl get',
    change:
      'update, upgrade, rolling-update, create, edit, replace, export, init, join, certs renew, alpha certs renew, token create, config, etcd defrag, etcd snapshot, etcd alarm disarm, etcd forfeit-leadership, reboot, apply-config, patch, bootstrap, rotate-ca, kubeconfig, copy, cp, start, stop, pause, unpause, addons, enable, disable, tunnel, mount, image, load, up, generate, move, node, cluster, image load, restart, set, toolbox',
    destroy:
      'delete, reset, shutdown, etcd remove-member, etcd leave, token delete, remove, rm, wipe, node remove, cluster delete, *delete, *reset',
  },
  {
    programs: 'heroku',
    valueOptions: '-a --app -r --remote -t --team',
    read: 'logs, ps, releases, config, config:get, apps, apps:info, info, addons, addons:info, pg, pg:info, pg:ps, pg:diagnose, pg:backups, pg:locks, pg:blocking, pg:outliers, pg:bloat, domains, certs, certs:info, status, auth:whoami, whoami, redis:info, builds, builds:output, access, features, regions, maintenance, drains, version, help',
    change:
      'restart, ps:restart, ps:scale, scale, ps:resize, ps:type, config:set, config:edit, releases:rollback, rollback, run, maintenance:on, maintenance:off, pg:promote, pg:psql, pg:backups:capture, pg:backups:restore, pg:maintenance:run, pg:kill, pg:copy, pg:upgrade, git:remote, login, addons:create, addons:attach, certs:update, domains:add, ps:exec, redis:cli, features:enable, deploy',
    destroy:
      'apps:destroy, ps:stop, ps:kill, pg:reset, pg:killall, pg:unfollow, config:unset, addons:destroy, addons:detach, domains:remove, certs:remove, drains:remove, redis:maxmemory',
  },
  {
    programs: 'cf bosh om fly-concourse',
    valueOptions: '-d --deployment -e --environment',
    read: 'apps, app, logs, services, service, events, env, routes, domains, orgs, spaces, buildpacks, marketplace, curl, version, quotas, health-check, vms, instances, is, deployments, ds, tasks, task, releases, stemcells, cloud-config, runtime-config, manifest, errands, variables, configs, env-vars, snapshots, locks, cloud-check --report, staged-products, deployed-products, target-list',
    change:
      'push, restart, restage, start, stop, scale, set-env, unset-env, target, t, login, auth, map-route, bind-service, create-service, update-service, create-route, run-task, restart-app-instance, ssh, set-health-check, enable-ssh, rollback, deploy, recreate, run-errand, upload-release, upload-stemcell, update-config, update-cloud-config, update-resurrection, cck, cloud-check, scp, attach-disk, create-snapshot, cancel-task, create-env',
    destroy:
      'delete, unmap-route, unbind-service, delete-service, delete-route, delete-org, delete-space, purge-service-instance, delete-deployment, delete-vm, clean-up, delete-release, delete-disk, orphan-disk, delete-env, ignore, *delete',
  },
  {
    programs: 'kubectx kubens',
    read: '-c, --current',
    destroy: '-d',
  },
];
