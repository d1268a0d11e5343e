import type { Step } from './model.ts';

const MAX_WORDS = 3;

/** Steps that share a title within a section get the first words of their command appended. */
export function toUniqueTitles(steps: readonly Step[]): readonly Step[] {
  const counts = new Map<string, number>();
  const keys = steps.map(keyOf);
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return steps.map((step, i) => {
    if (step.kind !== 'command' || (counts.get(keys[i] ?? '') ?? 0) < 2) return step;
    const words = step.command.split(/\s+/).slice(0, MAX_WORDS).join(' ');
    return step.command.startsWith(step.title) ? step : { ...step, title: `${step.title}: ${words}` };
  });
}

function keyOf(step: Step): string {
  return `${step.headingPath.join('\u0000')}\u0001${step.title}`;
}
