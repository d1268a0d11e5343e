import type { ReviewFacts } from './facts.ts';
import { placeholderName } from './placeholders.ts';

/** Where a placeholder stands; `before` is the line's text up to it. */
export interface PlaceholderPlace {
  readonly placeholder: string;
  readonly label: string | undefined;
  readonly section: string;
  readonly before: string;
}

interface Rule {
  /** The placeholder's own words. */
  readonly hole: RegExp;
  /** When given, the label must fit as well: `{Name}` is the commander only beside "Incident Commander". */
  readonly label?: RegExp;
  readonly value: (facts: ReviewFacts, place: PlaceholderPlace) => string | undefined;
}

const notThisDate = /due|review|meeting|next|follow|update|author|created|target/i;
const commanderLabel = /commander|^ic$|incident lead/i;

const rules: readonly Rule[] = [
  { hole: /^(?:incident )?title$|^incident name$/, value: facts => facts.title },
  { hole: /^(?:incident )?(?:id|reference)$|^incident(?: number)?$/, value: facts => facts.id },
  {
    hole: /^(?:incident |start )?date$|^yyyy mm dd$/,
    value: (facts, { label }) => (notThisDate.test(label ?? '') ? undefined : facts.date),
  },
  { hole: /^(?:impact |incident )?start(?:ed)?(?: time| at)?$|^time started$/, value: facts => facts.start },
  {
    hole: /^(?:impact |incident )?(?:end(?:ed)?|resolved|resolution)(?: time| at)$|^end$|^time resolved$/,
    value: facts => facts.end,
  },
  { hole: /^total(?: duration| time| incident time)?$|^(?:incident )?duration$/, value: toTotal },
  { hole: /^(?:severity )?level$|^severity$|^sev$|^sev level$/, value: toSeverity },
  { hole: /^(?:names?|person|people|who|user)$/, label: commanderLabel, value: facts => facts.commanders },
  {
    hole: /^(?:incident )?commander(?:s|s?'? names?)?$|^ic(?: name)?$|^incident lead$/,
    value: f => f.commanders,
  },
  {
    hole: /^(?:affected |impacted )?(?:services?|systems?|components?)(?: names?| affected)?$/,
    value: f => f.services,
  },
  { hole: /^detect(?:ed|ion)(?: time| at)$/, value: facts => facts.detected },
  { hole: /^acknowledged(?: time| at)?$/, value: facts => facts.acknowledged },
  { hole: /^mitigat(?:ed|ion)(?: time| at)$/, value: facts => facts.mitigated },
  { hole: /^(?:mean )?time to detect(?:ion)?$|^m?ttd$/, value: facts => facts.timeToDetect },
  { hole: /^(?:mean )?time to ack(?:nowledge)?$|^m?tta$/, value: facts => facts.timeToAcknowledge },
  { hole: /^(?:mean )?time to mitigat(?:e|ion)$|^m?ttm$/, value: facts => facts.timeToMitigate },
  {
    hole: /^(?:mean )?time to (?:resolve|resolution|recover(?:y)?)$|^m?ttr$/,
    value: facts => facts.timeToResolve,
  },
];

/** The fact behind a placeholder, as plain text; undefined means that it stays as written. */
export function lookUp(facts: ReviewFacts, place: PlaceholderPlace): string | undefined {
  const name = placeholderName(place.placeholder);
  const rule = rules.find(({ hole, label }) => hole.test(name) && (label?.test(place.label ?? '') ?? true));
  return rule?.value(facts, place);
}

/** Is this the place that tells what brought the service back? */
export function isResolutionPlace({ placeholder, label, section }: PlaceholderPlace): boolean {
  const name = placeholderName(placeholder);
  if (/\b(?:time|date|at|who|name|person|long.?term|prevent)\b/.test(name)) return false;
  const where = label ?? section;
  return /^(?:\d+[.)]?\s*)?(?:resolution|remediation|fix|how (?:it|this) was (?:fixed|resolved))\b/i.test(
    where,
  );
}

function toTotal(facts: ReviewFacts, { before }: PlaceholderPlace): string | undefined {
  const { start, end, total } = facts;
  // `{Duration}` alone stands for the whole span; behind start and end it is the total.
  const isAlone = !before.includes('(') && /:\W*$/.test(before);
  return isAlone && start !== undefined && end !== undefined && total !== undefined
    ? `${start} - ${end} (${total})`
    : total;
}

function toSeverity(facts: ReviewFacts, { before }: PlaceholderPlace): string {
  const prefix = /^(.*?)\d+$/.exec(facts.severity)?.[1] ?? '';
  const isPrefixed = prefix !== '' && before.toLowerCase().endsWith(prefix.toLowerCase());
  return `${isPrefixed ? facts.severity.slice(prefix.length) : facts.severity}${facts.severityHistory}`;
}
