import { decodeEntities } from './html-entities.ts';
import { scanHtml } from './html-scan.ts';

/** Elements that start and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br center dd details dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary table tbody ' +
    'tfoot thead tr ul'
  ).split(' '),
);
const CELLS = new Set(['td', 'th']);
/** Elements whose content is never read; script, style and their like are left out by the scanner. */
const HIDDEN = new Set(['template', 'svg', 'math', 'noscript', 'audio', 'video', 'canvas']);

const MAX_TEXT_CHARS = 1_000_000;

function tidyLines(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/**
 * Readable text of a piece of HTML: block elements and `<br>` become `\n`, scripts and styles are dropped,
 * entities decoded. At most 1,000,000 characters. Never throws; time grows with the length alone.
 */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  let size = 0;
  let hidden: { name: string; depth: number } | undefined;
  const put = (part: string) => {
    if (hidden !== undefined || size > MAX_TEXT_CHARS) return;
    parts.push(part);
    size += part.length;
  };
  const separate = (name: string) => {
    if (BLOCKS.has(name)) put('\n');
    else if (CELLS.has(name)) put(' ');
  };
  scanHtml(html, {
    text: (raw) => put(raw.replace(/\s+/g, ' ')),
    open: (name, tag) => {
      if (hidden?.name === name) hidden.depth += 1;
      separate(name);
      if (hidden === undefined && HIDDEN.has(name) && !tag.endsWith('/')) hidden = { name, depth: 1 };
    },
    close: (name) => {
      if (hidden?.name === name) hidden.depth -= 1;
      if (hidden?.depth === 0) hidden = undefined;
      separate(name);
    },
  });
  return tidyLines(decodeEntities(parts.join('').slice(0, MAX_TEXT_CHARS)));
}

const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const SRC = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const MAX_LINKS = 200;

function addressIn(tag: string, pattern: RegExp, baseUrl: string): string | undefined {
  const [, double, single, bare] = pattern.exec(tag.slice(0, 4000)) ?? [];
  const href = decodeEntities(double ?? single ?? bare ?? '').trim();
  return href.startsWith('#') ? undefined : absoluteUrl(href, baseUrl);
}

/** Absolute http(s) addresses of the links in a piece of HTML, each once, at most 200; and of its first picture. */
export function htmlAddresses(html: string, baseUrl: string): { links: string[]; image: string | undefined } {
  const links = new Set<string>();
  let image: string | undefined;
  if (html.includes('<')) {
    scanHtml(html, {
      text: () => undefined,
      close: () => undefined,
      open: (name, tag) => {
        if (name === 'img') image ??= addressIn(tag, SRC, baseUrl);
        if (name !== 'a' || links.size >= MAX_LINKS) return;
        const url = addressIn(tag, HREF, baseUrl);
        if (url !== undefined) links.add(url);
      },
    });
  }
  return { links: [...links], image };
}

/** The links of `htmlAddresses`. */
export function htmlLinks(html: string, baseUrl: string): string[] {
  return htmlAddresses(html, baseUrl).links;
}

/** An http(s) address made absolute, or undefined. */
export function absoluteUrl(href: string, baseUrl: string): string | undefined {
  const trimmed = href.trim();
  if (trimmed === '') return undefined;
  if (!URL.canParse(trimmed, URL.canParse(baseUrl) ? baseUrl : undefined)) return undefined;
  const url = new URL(trimmed, URL.canParse(baseUrl) ? baseUrl : undefined);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}
