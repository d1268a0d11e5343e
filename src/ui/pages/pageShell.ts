export interface PageShell {
  readonly cspSource: string;
  readonly nonce: string;
  /** BCP 47 tag of the language the page is written in. */
  readonly language: string;
  readonly title: string;
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
  /** Small facts the script reads from `document.body.dataset`. */
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * The hash of no text at all. The UI toolkit asks what the browser can do by adding one empty style element; refused,
 * it warns on the console and draws focus rings after clicks too. Any style with text stays forbidden.
 */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** The HTML of a page: everything but its own script, styles, fonts and pictures is forbidden. */
export function toPageHtml(shell: PageShell): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${shell.nonce}'`,
    `style-src ${shell.cspSource} ${emptyStyle}`,
    `font-src ${shell.cspSource}`,
    `img-src ${shell.cspSource}`,
  ].join('; ');
  const styles = shell.styleUris.map(uri => `<link rel="stylesheet" href="${escaped(uri)}">`).join('\n');
  const data = Object.entries(shell.data ?? {})
    .map(([name, value]) => ` data-${escaped(name)}="${escaped(value)}"`)
    .join('');
  return `<!doctype html>
<html lang="${escaped(shell.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(shell.title)}</title>
${styles}
</head>
<body${data}>
<div id="page"></div>
<script nonce="${escaped(shell.nonce)}" src="${escaped(shell.scriptUri)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
