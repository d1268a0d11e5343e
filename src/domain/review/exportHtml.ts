import MarkdownIt from 'markdown-it';

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #8888; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
code, pre { font-family: ui-monospace, monospace; }
pre { overflow: auto; padding: 0.6rem; border: 1px solid #8888; }
svg { max-width: 100%; height: auto; }
`.trim();

export interface HtmlExport {
  /** The review's Markdown. */
  readonly markdown: string;
  /** Impact chart of ours (`toImpactChart`), shown under the title. */
  readonly chartSvg: string | undefined;
  /** Language tag of the text, e.g. `en`. */
  readonly language: string;
}

/**
 * One HTML file that shows the review anywhere: no script, no request, nothing from outside. HTML in the Markdown is
 * shown as text, pictures become links, and only web and mail links stay links.
 */
export function toHtmlFile({ markdown, chartSvg, language }: HtmlExport): string {
  const text = markdown.replace(/^\uFEFF/, '');
  const title = /^#\s+(.*)$/m.exec(text)?.[1]?.trim() ?? 'Post-incident review';
  const body = render(text);
  const chart = chartSvg === undefined ? '' : `<figure>\n${chartSvg}</figure>\n`;
  const headEnd = body.indexOf('</h1>');
  const at = headEnd < 0 ? 0 : headEnd + '</h1>'.length;
  return [
    '<!DOCTYPE html>',
    `<html lang="${escapeHtml(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(plain(title))}</title>`,
    `<style>\n${style}\n</style>`,
    '</head>',
    '<body>',
    `${body.slice(0, at)}\n${chart}${body.slice(at)}`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function render(text: string): string {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  markdown.validateLink = url => /^(?:https?:|mailto:|#)/i.test(url.trim());
  // A picture would be a request, and a trace of who reads the review.
  markdown.renderer.rules['image'] = (tokens, index) => {
    const token = tokens[index];
    const source = String(token?.attrGet('src') ?? '');
    const label = token?.content === undefined || token.content === '' ? source : token.content;
    return `<a href="${escapeHtml(source)}">${escapeHtml(label)}</a>`;
  };
  const html = markdown.render(text);
  return html
    .replace(/&lt;br\s*\/?&gt;/g, '<br>')
    .replace(/<li>\[( |x|X)\] /g, (_, mark: string) => `<li>${mark === ' ' ? '☐' : '☑'} `);
}

function plain(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
