import clean from 'sanitize-html';
import { escapeText } from './html-entities.ts';
import { scanHtml } from './html-scan.ts';
import { absoluteUrl, htmlToText } from './html-text.ts';

/** What texts are made of. Nothing that runs, loads a document, takes input or is drawn over the page. */
const TAGS = (
  'a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del ' +
  'details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main map mark ' +
  'menu nav ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td ' +
  'tfoot th thead time tr tt u ul var wbr audio video track'
).split(' ');
/** Elements whose content is no text: gone with all that is in them. */
const SILENT = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'template',
  'xmp',
  'noembed',
  'noframes',
];
const ATTRIBUTES: clean.IOptions['allowedAttributes'] = {
  '*': ['title', 'lang', 'dir', 'align', 'abbr', 'datetime', 'cite'],
  a: ['href', 'hreflang', 'rel', 'name'],
  area: ['href', 'alt', 'shape', 'coords'],
  img: ['src', 'alt', 'width', 'height', 'srcset'],
  source: ['src', 'type', 'srcset', 'media'],
  audio: ['src', 'controls'],
  video: ['src', 'controls', 'poster', 'width', 'height'],
  track: ['src', 'kind', 'srclang', 'label'],
  ol: ['start', 'type', 'reversed'],
  li: ['value'],
  td: ['colspan', 'rowspan', 'valign'],
  th: ['colspan', 'rowspan', 'valign', 'scope'],
  col: ['span'],
  colgroup: ['span'],
};
const ADDRESSES = ['href', 'src', 'cite', 'poster'];
const MAX_CHARS = 2_000_000;
/** Deeper nesting shows nothing, and costs the reader time. */
const MAX_DEPTH = 100;

/** `mailto:` and `tel:` are for people to click; everything else must be an address of the web. */
function safeAddress(value: string, baseUrl: string): string | undefined {
  const trimmed = value.trim();
  if (/^(?:mailto|tel):[^\s<>"']{1,500}$/i.test(trimmed)) return trimmed;
  return absoluteUrl(trimmed, baseUrl);
}

function safeSourceSet(value: string, baseUrl: string): string {
  return value
    .split(/,\s+/)
    .flatMap((entry) => {
      const [address = '', size = ''] = entry.trim().split(/\s+/);
      const url = absoluteUrl(address, baseUrl);
      return url === undefined ? [] : [`${url} ${size}`.trim()];
    })
    .join(', ');
}

function resolveAddresses(attributes: clean.Attributes, baseUrl: string): clean.Attributes {
  const resolved: clean.Attributes = { ...attributes };
  for (const name of ADDRESSES) {
    const value = resolved[name];
    const address = value === undefined ? undefined : safeAddress(value, baseUrl);
    if (address === undefined) delete resolved[name];
    else resolved[name] = address;
  }
  if (resolved.srcset !== undefined) resolved.srcset = safeSourceSet(resolved.srcset, baseUrl);
  return resolved;
}

/** sanitize-html takes a time for each element that grows with the number of elements around it. */
const MAX_OPEN = 300;
/** Elements that have no end, or that end where the next one begins. */
const ENDLESS = new Set(
  'area base br col dd dt hr img input li link meta option p source td th tr track wbr'.split(' '),
);

function isTooDeep(html: string): boolean {
  let open = 0;
  let deepest = 0;
  scanHtml(html, {
    text: () => undefined,
    open: (name, tag) => {
      if (ENDLESS.has(name) || tag.endsWith('/')) return;
      open += 1;
      deepest = Math.max(deepest, open);
    },
    close: (name) => {
      if (!ENDLESS.has(name) && open > 0) open -= 1;
    },
  });
  return deepest > MAX_OPEN;
}

/** A comment without an end hides only itself, up to the next `>`. */
function withoutComments(html: string): string {
  let text = '';
  let at = 0;
  let isEndKnown = true;
  for (let start = html.indexOf('<!--'); start !== -1; start = html.indexOf('<!--', at)) {
    text += html.slice(at, start);
    const end: number = isEndKnown ? html.indexOf('-->', start + 2) : -1;
    isEndKnown = end !== -1;
    const close: number = end === -1 ? html.indexOf('>', start) : end + 2;
    at = close === -1 ? html.length : close + 1;
  }
  return text + html.slice(at);
}

/**
 * HTML from outside, safe to show: elements of text, links and pictures alone, addresses absolute and of the web,
 * links that do not vouch for their target. The text of what is taken out stays, unless it was a script or a style.
 * At most 2,000,000 characters are read; of what nests hundreds deep only the text stays.
 */
export function sanitizeHtml(html: string, baseUrl: string): string {
  const source = withoutComments(html.slice(0, MAX_CHARS));
  if (isTooDeep(source)) return escapeText(htmlToText(source)).replaceAll('\n', '<br>');
  return clean(source, {
    allowedTags: TAGS,
    nonTextTags: SILENT,
    allowedAttributes: ATTRIBUTES,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    nestingLimit: MAX_DEPTH,
    transformTags: {
      a: (tagName, attributes) => ({
        tagName,
        attribs: { ...resolveAddresses(attributes, baseUrl), rel: 'nofollow noopener noreferrer' },
      }),
      '*': (tagName, attributes) => ({ tagName, attribs: resolveAddresses(attributes, baseUrl) }),
    },
  });
}
