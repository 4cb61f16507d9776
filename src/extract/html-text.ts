import { decodeEntities } from './html-entities.ts';
import { type HtmlHandler, scanHtml } from './html-scan.ts';

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

const UNTIDY = /\s\s|[^\S ]/;

interface TextSink extends HtmlHandler {
  parts: string[];
  size: number;
  /** What parts the next words from those before. */
  gap: '' | ' ' | '\n';
  hidden: string | undefined;
  depth: number;
  separate(name: string): void;
}

/** Gathers words as they come, tidy from the start: tidying a long text afterwards costs more than reading it. */
function createTextSink(): TextSink {
  return {
    parts: [],
    size: 0,
    gap: '',
    hidden: undefined,
    depth: 0,
    text(raw) {
      if (this.hidden !== undefined || this.size > MAX_TEXT_CHARS) return;
      const words = raw.trim();
      if (this.gap === '' && raw[0] !== words[0]) this.gap = ' ';
      if (words === '') return;
      if (this.gap !== '' && this.parts.length > 0) this.parts.push(this.gap);
      this.parts.push(UNTIDY.test(words) ? words.replace(/\s+/g, ' ') : words);
      this.size += words.length;
      this.gap = raw.at(-1) === words.at(-1) ? '' : ' ';
    },
    separate(name) {
      if (this.hidden !== undefined) return;
      if (BLOCKS.has(name)) this.gap = '\n';
      else if (this.gap === '' && CELLS.has(name)) this.gap = ' ';
    },
    open(name, tag) {
      if (this.hidden === name) this.depth += 1;
      this.separate(name);
      if (this.hidden !== undefined || !HIDDEN.has(name) || tag.endsWith('/')) return;
      this.hidden = name;
      this.depth = 1;
    },
    close(name) {
      if (this.hidden === name) this.depth -= 1;
      if (this.depth === 0) this.hidden = undefined;
      this.separate(name);
    },
  };
}

/**
 * Readable text of a piece of HTML: block elements and `<br>` become `\n`, scripts and styles are dropped,
 * entities decoded. At most 1,000,000 characters. Never throws; time grows with the length alone.
 */
export function htmlToText(html: string): string {
  const sink = createTextSink();
  scanHtml(html, sink);
  const text = sink.parts.join('').slice(0, MAX_TEXT_CHARS);
  return text.includes('&') ? tidyLines(decodeEntities(text)) : text;
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

function parseUrl(href: string, baseUrl: string): URL | undefined {
  if (URL.canParse(href, baseUrl)) return new URL(href, baseUrl);
  return URL.canParse(href) ? new URL(href) : undefined;
}

/** An http(s) address made absolute, or undefined. */
export function absoluteUrl(href: string, baseUrl: string): string | undefined {
  const trimmed = href.trim();
  const url = trimmed === '' ? undefined : parseUrl(trimmed, baseUrl);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : undefined;
}
