import type { Risk, StepMode } from '../model.ts';
import { OPTION_RULES, type OptionRule } from './optionRules.ts';
import { MORE_OPTION_RULES } from './optionRulesMore.ts';
import { riskOfProgram } from './simplePrograms.ts';
import { VERB_RULES, type VerbRule } from './verbRules.ts';
import { MORE_VERB_RULES } from './verbRulesMore.ts';

interface CompiledVerbs {
  readonly valueOptions: ReadonlySet<string>;
  /** Verb text → risk; those that may stand anywhere apart. */
  readonly atStart: ReadonlyMap<string, Risk>;
  readonly anywhere: ReadonlyMap<string, Risk>;
}

const MAX_VERB_WORDS = 4;
const options = new Map<string, OptionRule[]>();
for (const rule of [...OPTION_RULES, ...MORE_OPTION_RULES])
  for (const program of rule.programs.split(' '))
    options.set(program, [...(options.get(program) ?? []), rule]);
const verbs = new Map<string, CompiledVerbs>();
for (const rule of [...VERB_RULES, ...MORE_VERB_RULES]) {
  const compiled = compile(rule);
  for (const program of rule.programs.split(' ')) verbs.set(program, compiled);
}

function compile(rule: VerbRule): CompiledVerbs {
  const atStart = new Map<string, Risk>();
  const anywhere = new Map<string, Risk>();
  for (const risk of ['read', 'change', 'destroy'] as const) {
    for (const verb of (rule[risk] ?? '').split(', ')) {
      if (verb.startsWith('*')) anywhere.set(verb.slice(1), risk);
      else if (verb !== '') atStart.set(verb, risk);
    }
  }
  return { valueOptions: new Set((rule.valueOptions ?? '').split(' ')), atStart, anywhere };
}

/** What the tables say about one program with its arguments. */
export function lookUp(
  program: string,
  args: readonly string[],
): { readonly risk: Risk | undefined; readonly mode: StepMode; readonly reason: string } {
  const text = args.join(' ');
  const fitting = (options.get(program) ?? []).filter(
    rule => rule.when.test(text) && !rule.unless?.test(text),
  );
  const byOption = fitting.find(rule => rule.risk !== undefined)?.risk;
  const byVerb = riskOfVerb(verbs.get(program), args);
  return {
    risk: byOption ?? byVerb?.risk ?? riskOfProgram(program),
    mode: fitting.find(rule => rule.mode !== undefined)?.mode ?? 'once',
    reason: byVerb ? `${program} ${byVerb.verb}` : program,
  };
}

function riskOfVerb(
  table: CompiledVerbs | undefined,
  args: readonly string[],
): { readonly verb: string; readonly risk: Risk } | undefined {
  if (table === undefined) return undefined;
  const words = positionals(args, table.valueOptions);
  for (let length = Math.min(MAX_VERB_WORDS, words.length); length > 0; length--) {
    const verb = words.slice(0, length).join(' ');
    const risk = table.atStart.get(verb);
    if (risk !== undefined) return { verb, risk };
  }
  const found = words.slice(0, 8).find(word => table.anywhere.has(word));
  const risk = table.anywhere.get(found ?? '');
  return found !== undefined && risk !== undefined ? { verb: found, risk } : undefined;
}

/** Words that are neither options nor the values of known ones. */
function positionals(args: readonly string[], valueOptions: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-')) found.push(word);
    else if (valueOptions.has(word)) i++;
  }
  return found;
}
