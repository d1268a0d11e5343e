/**
 * Verdicts on code blocks of the development corpus, given by a person who read the files and before the rules
 * were run on them. Per file: `line:commands risk gaps`, where line is that of the opening fence, commands is how
 * many complete commands a reader would type (0 = nothing to run), risk is r(ead), c(hange), d(estroy) or ? (a
 * reader cannot tell), and gaps is how many places have to be filled.
 */
export const CORPUS_LABELS: Readonly<Record<string, string>> = {
  gl__certificates__chef_vault: '10:1c0 15:1r0 22:1c0 37:1c0',
  'gl__docs__bastions__gstg-bastions':
    '5:0 17:1?0 28:0 42:2r0 63:1r0 72:0 83:1?0 96:1r0 102:1?0 108:1c0 114:1c0 122:1r0',
  'gl__docs__bastions__ops-bastions': '5:0 19:2r0',
  'gl__docs__bastions__rm-bastion-access': '14:1r1 20:1r1 28:0 46:1r0 52:1r0',
  'gl__docs__ci-runners__ci_graphs': '172:1r0',
  'gl__docs__ci-runners__linux__manual-deployment':
    '61:1c0 67:1r0 79:1c0 88:0 105:1c0 124:1c0 147:1r0 162:7c0 185:4c0',
  'gl__docs__cloudflare__cloudflare-audit-log-rule-processing': '6:0',
  gl__docs__cloudflare__terraform: '51:0',
  gl__docs__consul__README: '69:0',
  gl__docs__elastic__README: '169:3c0',
  gl__docs__elastic__troubleshooting__elk_mapper_parsing_exception: '16:0',
  'gl__docs__gitaly__storage-servers': '20:3c0 42:1r0 46:1c0 51:3r0 57:1c0 62:1c0 82:1r0',
  'gl__docs__kube__k8s-pvc-resize':
    '31:2r0 59:1d0 64:1r0 73:2c0 79:1r0 111:4d0 124:1r0 132:2r0 138:1r0 150:1d0 157:2r0',
  gl__docs__logging__README: '213:0 314:0',
  gl__docs__monitoring__README: '159:0',
  'gl__docs__packaging__manage-package-signing-keys': '59:0 99:1r0',
  'gl__docs__patroni__pg-ha': '13:1r0 20:1c0 34:0 45:0 55:0 69:1r0 75:1r0 85:1r0',
  'gl__docs__patroni__postgresql-query-load-evaluation':
    '25:0 40:0 44:0 58:0 62:0 72:0 79:0 85:0 92:0 116:0 122:0',
  gl__docs__patroni__user_grants_permission:
    '26:0 31:0 36:0 42:0 47:0 55:0 71:0 75:0 79:0 85:0 90:0 97:0 103:0 112:0 128:0 143:0 162:0 170:0 175:0 183:0 190:0 195:0 203:0 208:0 227:1c0 231:0 248:0',
  'gl__docs__praefect__praefect-replication': '14:0 30:0',
  'gl__docs__registry__gitlab-registry': '59:3r0 89:1?0 95:0',
  gl__docs__sidekiq__sidekiq_stats_no_longer_showing:
    '13:1r0 19:0 25:0 36:1r0 46:1r0 52:0 58:1c0 66:1r0 72:0 86:1r0 95:1c0',
  gl__docs__tutorials__overview_life_of_a_git_request: '92:5c0 125:1r0 149:3r0 227:1r0 246:1r0',
  'gl__docs__uncategorized__disable-chef-runs-on-a-vm': '22:1?0 28:1?0 48:4c2',
  gl__docs__uncategorized__featureflags: '9:0',
  gl__docs__uncategorized__missing_repos: '13:0 29:1r0 40:0 52:2r0 61:0',
  'gl__docs__uncategorized__packagecloud-infrastructure': '113:2c0 129:0 143:7?0 163:1d0',
  gl__docs__vault__vault: '28:2?0 38:2?0 48:2?0 55:2?0 63:2r0 70:4c0 96:1r0 103:6d0',
  'gl__elastic__query-perf__README': '9:2r2 16:2?0',
  'os__alerts__cluster-etcd-operator__etcdDatabaseQuotaLowSpace': '25:1r0 31:1r0 37:1r0 46:0 52:0 72:1c0',
  'os__alerts__cluster-kube-controller-manager-operator__PodDisruptionBudgetAtLimit':
    '28:0 37:1r0 43:1r0 54:1r0',
  'os__alerts__cluster-logging-operator__CollectorNodeDown':
    '29:1r0 38:1r1 50:1r1 60:1r1 71:1r0 82:2r1 93:2r0 110:1d1 123:1r1 129:1r1 142:2r2 149:1r1 164:1r0 170:1r1',
  'os__alerts__machine-config-operator__MachineConfigControllerPoolAlert': '36:1r0 42:0 59:0',
  'os__alerts__machine-config-operator__SystemMemoryExceedsReservation': '31:0 85:0 101:0 127:3r1',
  'os__alerts__network-observability-operator__DNSNxDomain': '43:1c0 49:0 67:1c0 73:0',
  'os__alerts__openshift-container-storage-operator__CephFSStaleSubvolume': '30:1r0 38:1r0 49:1d3',
  'os__alerts__openshift-container-storage-operator__CephOSDFlapping': '37:2c0 44:1r0 51:2c0',
  'os__alerts__openshift-container-storage-operator__CephOSDNearFull': '30:1r0 39:1r0 46:1r0 57:5r0 88:1?1',
  'os__alerts__openshift-container-storage-operator__OdfPoolMirroringImageHealth': '19:1r2',
  'os__alerts__openshift-virtualization-operator__CDINotReady': '21:1r0 27:1r0 33:1r1 39:1r1',
  'os__alerts__openshift-virtualization-operator__ClusterVMPanicDetected': '27:0 33:0 42:1r2 51:2r1 58:2r3',
  'os__alerts__openshift-virtualization-operator__LowReadyVirtHandlerCount':
    '22:1r0 28:1r0 34:1r0 41:1r0 50:1r0 56:1r0',
  'os__alerts__openshift-virtualization-operator__OutdatedVirtualMachineInstanceWorkloads':
    '21:1r0 28:1r0 34:1r1 40:0 66:1c2 85:0 97:1c0',
  'os__alerts__openshift-virtualization-operator__PersistentVolumeFillingUp':
    '24:1r2 72:1r2 82:1c2 91:1r2 99:1d3',
  'os__alerts__openshift-virtualization-operator__SSPFailingToReconcile':
    '22:1r0 28:1r0 34:1r0 40:1r0 46:1r0 52:1r0',
  'os__alerts__openshift-virtualization-operator__SSPHighRateRejectedVms': '17:1r0 24:1r0 30:0',
  'os__alerts__openshift-virtualization-operator__VMCannotBeEvicted': '18:1r0 25:1r0 32:1r1 38:0',
  'os__alerts__openshift-virtualization-operator__VirtControllerRESTErrorsBurst':
    '28:1r0 34:1r0 41:1r1 50:1d1',
  'os__alerts__openshift-virtualization-operator__VirtOperatorRESTErrorsHigh':
    '33:1r0 39:1r0 46:1r1 52:1r1 61:1d2',
  po__content__runbooks__alertmanager__AlertmanagerClusterDown: '21:1r0',
  po__content__runbooks__kubernetes__KubeNodeReadinessFlapping: '21:0 30:1r0',
  po__content__runbooks__kubernetes__KubeNodeUnreachable: '21:0 30:1r0',
  po__content__runbooks__kubernetes__KubePersistentVolumeFillingUp: '69:1r2 79:1c2 89:1r2 97:1d3',
  po__content__runbooks__kubernetes__KubeProxyDown: '30:1r0 36:1r0 45:1c0 55:1d0',
  po__content__runbooks__kubernetes__KubeletTooManyPods: '34:1r1',
  po__content__runbooks__prometheus__PrometheusTargetSyncFailure: '24:2r1',
};
