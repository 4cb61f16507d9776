/** What a pass over markup meets, in order. */
export interface HtmlHandler {
  /** Character data, entities still encoded. */
  text(raw: string): void;
  open(name: string, tag: string): void;
  close(name: string): void;
}

const NAME = /[a-zA-Z][^\s/>]{0,60}/y;
/** Elements whose content is no markup and nothing to read. */
const RAW = new Set(['script', 'style', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'title']);

/** End of a tag that starts at `from`: the `>` outside quoted values. A quote counts only after `=`. */
function tagEnd(html: string, from: number): number {
  let at = from;
  for (;;) {
    const end = html.indexOf('>', at);
    if (end === -1) return html.length;
    const quote = /=\s*(["'])[^"']*$/.exec(html.slice(Math.max(at, end - 4000), end))?.[1];
    const closing = quote === undefined ? -1 : html.slice(end, end + 4000).indexOf(quote);
    if (closing === -1) return end;
    at = end + closing + 1;
  }
}

/** Names (and ends of sections) whose end is known not to come any more: looked for once, so that time stays in proportion to length. */
type Unclosed = Set<string>;

/** A comment without an end hides only itself; a section or declaration hides the rest. */
function unclosedEnd(html: string, at: number, start: number): number {
  const close = start === 4 ? html.indexOf('>', at) : -1;
  return close === -1 ? html.length : close + 1;
}

/** Where a comment, declaration or CDATA section that starts at `at` ends; its text, if it is CDATA. */
function skipDeclaration(html: string, at: number, unclosed: Unclosed): { end: number; text: string } {
  const [start, stop] = html.startsWith('<!--', at)
    ? [4, '-->']
    : html.startsWith('<![CDATA[', at)
      ? [9, ']]>']
      : [2, '>'];
  const found = unclosed.has(stop) ? -1 : html.indexOf(stop, at + start);
  if (found === -1) unclosed.add(stop);
  const end = found === -1 ? unclosedEnd(html, at, start) : found + stop.length;
  return { end, text: start === 9 ? html.slice(at + 9, found === -1 ? end : found) : '' };
}

/** Where raw content ends. Without an end tag a script hides the rest; other elements hide nothing. */
function skipRaw(html: string, from: number, name: string, unclosed: Unclosed): number {
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = from;
  const found = unclosed.has(name) ? undefined : closing.exec(html)?.index;
  if (found !== undefined) return found;
  unclosed.add(name);
  return name === 'script' || name === 'style' ? html.length : from;
}

/** Reads the tag at `at` and returns where the text goes on, or -1 when it is no tag. */
function readTag(html: string, at: number, handler: HtmlHandler, unclosed: Unclosed): number {
  const isClosing = html[at + 1] === '/';
  NAME.lastIndex = at + (isClosing ? 2 : 1);
  const name = NAME.exec(html)?.[0].toLowerCase();
  if (name === undefined) return -1;
  const end = tagEnd(html, NAME.lastIndex);
  if (isClosing) handler.close(name);
  else handler.open(name, html.slice(at, end));
  const next = Math.min(html.length, end + 1);
  return RAW.has(name) && !isClosing ? skipRaw(html, next, name, unclosed) : next;
}

/**
 * One pass over HTML, without a tree: time grows with the length alone, and nesting costs nothing.
 * Markup that is no markup is handed over as text, with `<` written as `&lt;`.
 */
export function scanHtml(html: string, handler: HtmlHandler): void {
  const unclosed: Unclosed = new Set();
  let at = 0;
  while (at < html.length) {
    const start = html.indexOf('<', at);
    if (start === -1) {
      handler.text(html.slice(at));
      return;
    }
    if (start > at) handler.text(html.slice(at, start));
    const mark = html[start + 1];
    if (mark === '!' || mark === '?') {
      const { end, text } = skipDeclaration(html, start, unclosed);
      if (text) handler.text(text.replaceAll('<', '&lt;'));
      at = end;
      continue;
    }
    const next = readTag(html, start, handler, unclosed);
    if (next === -1) handler.text('&lt;');
    at = next === -1 ? start + 1 : next;
  }
}
