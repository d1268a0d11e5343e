import type { Risk, StepMode } from '../model.ts';
import { OPTION_RULES, type OptionRule } from './optionRules.ts';
import { MORE_OPTION_RULES } from './optionRulesMore.ts';
import { NET_OPTION_RULES } from './optionRulesNet.ts';
import { TOOL_OPTION_RULES } from './optionRulesTools.ts';
import { riskOfProgram } from './simplePrograms.ts';
import { VERB_RULES, type VerbRule } from './verbRules.ts';
import { HOST_VERB_RULES } from './verbRulesHosts.ts';
import { MORE_VERB_RULES } from './verbRulesMore.ts';
import { TOOL_VERB_RULES } from './verbRulesTools.ts';

interface CompiledVerbs {
  readonly valueOptions: ReadonlySet<string>;
  /** Verb text → risk; those that may stand anywhere apart. */
  readonly atStart: ReadonlyMap<string, Risk>;
  readonly anywhere: ReadonlyMap<string, Risk>;
}

const MAX_VERB_WORDS = 4;
const options = new Map<string, OptionRule[]>();
for (const rule of [...NET_OPTION_RULES, ...TOOL_OPTION_RULES, ...OPTION_RULES, ...MORE_OPTION_RULES])
  for (const program of rule.programs.split(' '))
    options.set(program, [...(options.get(program) ?? []), rule]);
const verbs = new Map<string, CompiledVerbs>();
for (const rule of [...VERB_RULES, ...MORE_VERB_RULES, ...TOOL_VERB_RULES, ...HOST_VERB_RULES]) {
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
  return riskAnywhere(table.anywhere, words.slice(0, 8));
}

/** Words that name a thing when a verb that looks follows them: `velero restore describe`. */
const NOUNS = /^(?:restore|snapshot|deploy|import|export|upgrade|clone|rotate|start|submit|put|cron)$/;

/**
 * The first verb decides, but never downwards: in `az search service delete` the word that looks is a thing's name,
 * so a later verb that does more wins.
 */
function riskAnywhere(
  table: ReadonlyMap<string, Risk>,
  words: readonly string[],
): { readonly verb: string; readonly risk: Risk } | undefined {
  const hits = words.flatMap((verb, at) => {
    const risk = table.get(verb);
    return risk === undefined ? [] : [{ verb, risk, at }];
  });
  const [first, second] = hits;
  if (first === undefined) return undefined;
  if (first.risk === 'change' && NOUNS.test(first.verb) && second?.at === first.at + 1) return second;
  if (first.risk !== 'read') return first;
  return hits.find(hit => hit.risk === 'destroy') ?? hits.find(hit => hit.risk === 'change') ?? first;
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
