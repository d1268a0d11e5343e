import type { Probe } from '../../ports.ts';

/** What a probe saw may quote a body, an error or a command's output: it is masked before anything keeps or shows it. */
export function redactingProbe(probe: Probe, redact: (text: string) => string): Probe {
  return {
    kind: probe.kind,
    async check(target, signal) {
      const outcome = await probe.check(target, signal);
      const facts =
        outcome.facts &&
        Object.fromEntries(Object.entries(outcome.facts).map(([name, value]) => [name, redact(value)]));
      return { ...outcome, seen: redact(outcome.seen), ...(facts === undefined ? {} : { facts }) };
    },
  };
}
