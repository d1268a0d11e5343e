import { ENGLISH_PROGRAMS, PROGRAMS, SUBCOMMANDS } from './programs.ts';

const NEVER =
  /^(?:\/(?:chatops|pd|incident|slack|pagerduty|remind|invite|gitlab)\b|![a-z]+\s|[A-Za-z]:\\|PS(?: [A-Za-z]:\\[^>]*| ?\/[^>]*)?> ?|index=\S+ |(?:GET|POST|PUT|PATCH|DELETE|HEAD) [/_a-z]|(?:Get|Set|New|Remove|Start|Stop|Restart|Test|Invoke|Import|Install|Add|Select|Where|Write)-[A-Z]\w+|(?:UUID|LABEL)=\S+\s+\/|(?:t|ts|time|level|lvl|msg|err|error|logger|caller|component)=\S.* (?:level|lvl|msg|err|error|caller|logger|component|ts)=|\w+=\w{3}\s+\d+\s+\d+:\d+|level=\w+ )/;
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=(?![#>=~])(?:$|\S|\s*$)/;
const PATH_WORD =
  /^(?:\.{1,2}\/[\w.]|~\/[\w.]|(?:bin|script|scripts|sbin)\/[\w.-]+|\$\{?\w+\}?\/[\w.-]|\/(?:usr|bin|sbin|opt|etc|home|var|srv|root|tmp|snap|Applications)\/[\w.])/;
const SUFFIXES = /^[a-z][\w.-]*(?:ctl|-cli|-console|-admin|\.sh|\.py|\.rb|\.pl)$/;
const KEYWORD =
  /^(?:for\s+\w+\s+in\b|for\s*\(\(|while\s+(?:true|read|:|!|\[|\S+.*[;|])|until\s+\S+.*(?:;|$)|if\s+(?:\[|!|test|\w+ .*;|[a-z]+ -)|case\s+\S+\s+in\b|select\s+\w+\s+in\b|function\s+\w+|\w+\s*\(\)\s*\{|\[\[?\s|\{\s)/;
/** Words of English that nothing but a command puts together like this. */
const CALL = /^(?:service [\w.@-]+ (?:start|stop|restart|status|reload|force-reload)|\. [./~$][\w./$~{}-]*)$/;
const RUNNERS = new Set(['sudo', 'nohup', 'time', 'exec', 'command', 'doas']);

/** True when the line is a shell command beyond doubt: a known program used like one, an assignment, a path. */
export function isSureCommand(line: string): boolean {
  const text = line.trim().replace(/\s+#\s[^"'`]*$/, '');
  if (text === '' || NEVER.test(text)) return false;
  if (text.startsWith('(')) return isSureCommand(text.slice(1));
  if (KEYWORD.test(text)) return !/[.?!]$/.test(text);
  if (ASSIGNMENT.test(text)) return isAssignment(text);
  if (CALL.test(text)) return true;
  const [first = '', ...rest] = text.split(/\s+/);
  if (first === 'watch' && isSureCommand(rest.join(' '))) return true;
  const name = first.replace(/[;&|]+$/, '');
  if (RUNNERS.has(name))
    return rest.length > 0 && (isSureCommand(rest.join(' ')) || /^-|^[a-z][\w./-]*$/.test(rest[0] ?? ''));
  if (PATH_WORD.test(first)) return isPathCommand(text, rest);
  if (SUFFIXES.test(name)) return !isProse(text, rest);
  if (!PROGRAMS.has(name) || isWordUse(text, first)) return false;
  return ENGLISH_PROGRAMS.has(name) ? isShapedLikeCommand(text, rest) : !isProse(text, rest);
}

/** A first word that could be a program nobody listed: accepted where the author says "shell". */
export function looksLikeCommand(line: string): boolean {
  const text = line.trim();
  const [word = '', ...rest] = text.split(/\s+/);
  const first = word.replace(/;$/, '');
  if (/^(?:: *)?> *[/~.$][\w./${}-]+$|^\\[a-z]+ |^"\$\{?\w+\}?(?:\/[\w.-]+)*"(?: |$)/.test(text)) return true;
  if (NEVER.test(text) || !/^[A-Za-z_.~/$<{][\w.~/${}<>@+:-]*$/.test(first)) return false;
  if (/[:,]$/.test(first) || /^[A-Z][a-z]+$/.test(first) || /^\w+\(/.test(first)) return false;
  if (/^(?:=|:=|=>|->|is|are|was|will|has|have)$/.test(rest[0] ?? '')) return false;
  return !isProse(text, rest) && !isListOfWords(text);
}

/**
 * A program nobody listed, called so that it cannot be read as anything else: an option, or a line that goes on.
 * Stronger than `looksLikeCommand`, for blocks that do not say what they are.
 */
export function isUnmistakableCall(line: string): boolean {
  const text = line.trim();
  if (!/^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*\s/.test(text) || !looksLikeCommand(text)) return false;
  if (/:\s|,\s|[.!?]$|^\S+\s+(?:[=:|(+*/%<>!&^?]|-\s|\d)|\s{3,}\S/.test(text) || STOP_WORDS.test(text))
    return false;
  return /\s(?:--[a-z][\w-]+(?:[\s=]|$)|-[a-zA-Z](?:\s+\S|$))/.test(text) || /\S\s+\\$/.test(line.trimEnd());
}

const STOP_WORDS =
  /^(?:the|this|that|these|those|a|an|in|on|at|to|for|from|with|without|by|if|when|while|where|how|why|what|it|its|we|you|they|and|or|but|not|no|as|is|are|be|has|have|usage|example|note|option|options|default|server|listen|location|upstream|backend|frontend|bind|acl|resource|module|variable|provider|output|data|locals|select|update|insert|delete|alter|create|with|sum|rate|avg|max|min|count|index|store|job|stage)\s/;

/** The program word of a prompted line: after `$ ` an unknown word is still the author's command. */
export function isKnownProgram(line: string): boolean {
  const first = line.trim().split(/\s+/)[0] ?? '';
  return PROGRAMS.has(first) || PATH_WORD.test(first) || SUFFIXES.test(first) || ASSIGNMENT.test(line.trim());
}

function isAssignment(text: string): boolean {
  const value = /^[^=]*=(.*)$/s.exec(text)?.[1] ?? '';
  const afterValue = /^(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s"'$`]+)\s+(.*)$/s.exec(value)?.[1];
  if (afterValue === undefined) return true;
  return /^(?:#|[;&|])/.test(afterValue) || isSureCommand(afterValue) || looksLikeCommand(afterValue);
}

const RUN_PLACES =
  /^(?:\.{1,2}\/|~\/[\w.-]*bin\/|(?:bin|scripts?|sbin)\/|\$|\/(?:usr\/)?(?:local\/)?s?bin\/|\/opt\/.*\/|\/etc\/(?:rc\.d|init\.d)\/)|\.(?:sh|py|rb|pl|bash)$/;

function isPathCommand(text: string, rest: readonly string[]): boolean {
  // A path alone is a place to look at, unless it is one of a program.
  if (rest.length === 0 && !RUN_PLACES.test(text)) return false;
  return (
    !/^\S+:/.test(text) &&
    !/^\S+,/.test(text) &&
    !/^(?:is|are|was|will|=)$/.test(rest[0] ?? '') &&
    !isProse(text, rest)
  );
}

function isWordUse(text: string, first: string): boolean {
  if (/[:=(,]$/.test(first)) return true;
  return (
    /^\S+\s*(?:[:=(]\s|:$|=>|is\b|are\b|was\b|will\b|has\b|can\b|should\b)/.test(text) &&
    !/^\S+\s+\(/.test(text)
  );
}

function isShapedLikeCommand(text: string, rest: readonly string[]): boolean {
  if (isProse(text, rest)) return false;
  if (SUBCOMMANDS.get(text.split(' ', 1)[0] ?? '')?.has(rest[0] ?? '')) return true;
  if (rest.length <= 1)
    return (
      rest.length === 1 ||
      /^(?:top|date|w|who|id|free|history|exit|ls|reset|clear|last|env|users|sync|mount|git|docker)$/.test(
        text,
      )
    );
  return /(?:^|\s)-{1,2}[\w?]|[/$|<>"'=*`{]|\s&&\s|\.\w+(?:\s|$)|\w[-_:]\w|\w\d/.test(
    text.slice(text.indexOf(' ')),
  );
}

/** `wrong fs type, bad option, bad superblock`: commas between words, which no command has outside quotes. */
function isListOfWords(text: string): boolean {
  return /^[a-z]+(?: [\w-]+)+, [a-z]/.test(text) && !/["'|]/.test(text);
}

/** A sentence: ends like one, or is several plain words with an article or preposition among them. */
function isProse(text: string, rest: readonly string[]): boolean {
  if (/(?:^|\s)-{1,2}[A-Za-z]|[|$<>{}=`]|&&|["'].*["']/.test(text)) return false;
  if (/[a-z][.?!:]$/.test(text) && rest.length >= 3) return true;
  return (
    rest.length >= 3 &&
    rest.filter(word =>
      /^(?:the|an?|to|of|is|are|and|in|this|that|with|for|from|on|if|you|your|it|be|or|not|we|should|will)$/i.test(
        word,
      ),
    ).length >= 2
  );
}
