const token = /\\.|\[(?:\\.|[^\]\\])*\]|[*+?]\??|\{[^}]*\}|[\s\S]/gsu;
/** Groups, alternatives and the rarer escapes: what they require is not worth the risk of getting it wrong. */
const tooRich = /[|()]|\[\^?\]|\[\[|\\[^dwsbDWSB.\\[\]{}*+?^$/-]/;

/**
 * The longest text that every match of the regular expression must contain; undefined where none is certain. Looking for
 * it first spares the slower engine nearly all lines.
 */
export function requiredText(pattern: string): string | undefined {
  if (tooRich.test(pattern)) return undefined;
  let best = '';
  let run: string[] = [];
  const endRun = () => {
    const text = run.join('');
    if (text.length > best.length) best = text;
    run = [];
  };
  for (const [part] of pattern.matchAll(token)) {
    if (/^[*?{]/.test(part)) {
      run.pop();
      endRun();
    } else if (/^[+.^$[]/.test(part) || /^\\\w/.test(part)) endRun();
    else run.push(part.startsWith('\\') ? part.slice(1) : part);
  }
  endRun();
  return best.length >= 2 ? best : undefined;
}
