import type { ContainerRef, ProbeSpec } from '../health/model.ts';

/** What a probe looks at, as short text: the title when none is given, and the stable part of its id. */
export function toTargetText(spec: ProbeSpec): string {
  switch (spec.kind) {
    case 'http':
      return spec.method === undefined || spec.method === 'GET' ? spec.url : `${spec.method} ${spec.url}`;
    case 'tcp':
    case 'tls':
    case 'redis':
    case 'postgres':
      return `${spec.kind} ${toHostText(spec.host)}:${spec.port}`;
    case 'dns':
      return `dns ${spec.recordType} ${spec.name}`;
    case 'container':
      return `container ${toContainerText(spec.container)}`;
    case 'engine':
      return 'container engine';
    case 'host':
      return spec.path === undefined ? 'this machine' : `this machine ${spec.path}`;
    case 'command':
      return spec.command;
    case 'prometheus':
      return `prometheus ${spec.query}`;
    case 'kubernetes':
      return `${spec.workload} in ${spec.namespace}`;
    case 'metrics':
      return `metrics ${spec.url}`;
  }
}

/** Stays the same across reloads and however the file is reordered, as long as the target does. */
export function toTargetId(serviceId: string, spec: ProbeSpec, taken: ReadonlySet<string>): string {
  const base = `${serviceId}/${spec.kind}:${toTargetText(spec)}`;
  let id = base;
  for (let count = 2; taken.has(id); count++) id = `${base}#${count}`;
  return id;
}

export function toContainerText(ref: ContainerRef): string {
  return ref.by === 'name' ? ref.name : `${ref.project}/${ref.service}/${ref.number}`;
}

/** IPv6 addresses need brackets in front of a port. */
export function toHostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
