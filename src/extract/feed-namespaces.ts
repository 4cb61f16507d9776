/** The vocabulary of a feed itself, whatever the version: its elements carry no prefix with us. */
const RSS =
  /^https?:\/\/(?:www\.)?(?:purl\.org\/(?:rss\/1\.0\/?$|net\/rss1\.[01]#)|my\.netscape\.com\/|channel\.netscape\.com\/|my\.theinfo\.org\/|backend\.userland\.com\/rss|blogs\.law\.harvard\.edu\/tech\/rss|cyber\.law\.harvard\.edu\/rss)/;
const ATOM =
  /^https?:\/\/(?:www\.w3\.org\/2005\/atom|purl\.org\/atom\/|example\.com\/newformat|purl\.org\/atom-blog)/;

/** Prefixes as we write them, by the beginning of the namespace's lower-case address. */
const VOCABULARIES: readonly [RegExp, string][] = [
  [RSS, 'rss'],
  [ATOM, 'atom'],
  [/^https?:\/\/purl\.org\/dc\/terms/, 'dcterms'],
  [/^https?:\/\/purl\.org\/dc\//, 'dc'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content/, 'content'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/syndication/, 'sy'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/slash/, 'slash'],
  [/^https?:\/\/purl\.org\/syndication\/thread/, 'thr'],
  [/^https?:\/\/wellformedweb\.org\/commentapi/, 'wfw'],
  [
    /^https?:\/\/(?:search\.yahoo\.com\/mrss|tools\.search\.yahoo\.com\/mrss|video\.search\.yahoo\.com\/mrss)/,
    'media',
  ],
  [/^https?:\/\/(?:www\.)?(?:itunes\.com|example\.com)\/dtds\/podcast/, 'itunes'],
  [/^https?:\/\/www\.google\.com\/schemas\/play-podcasts/, 'googleplay'],
  [/^https?:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns/, 'rdf'],
  [/^https?:\/\/www\.w3\.org\/1999\/xhtml/, 'xhtml'],
  [/^https?:\/\/www\.w3\.org\/2000\/svg/, 'svg'],
  [/^https?:\/\/www\.w3\.org\/1998\/math\/mathml/, 'math'],
  [/^https?:\/\/xmlns\.com\/foaf/, 'foaf'],
  [/^https?:\/\/news\.yandex\.ru/, 'yandex'],
  [/^https?:\/\/turbo\.yandex\.ru/, 'turbo'],
  [/^https?:\/\/(?:rssnamespace\.org\/feedburner|www\.feedburner\.com)/, 'feedburner'],
  [/^https?:\/\/backend\.userland\.com\/creativecommons/, 'cc'],
];
const OURS = new Set([...VOCABULARIES.map(([, prefix]) => prefix), 'xml']);

/** Prefix as written (empty for the default) to prefix as we write it. A scope inherits by copying. */
export type Scope = ReadonlyMap<string, string>;

/** `home` is the vocabulary of the document, whose elements are named without a prefix. */
export type Home = 'rss' | 'atom';

/** Without a declaration a prefix means what it usually means. */
export const NO_SCOPE: Scope = new Map([['', '']]);

function prefixOf(address: string, written: string, home: Home): string {
  const found = VOCABULARIES.find(([pattern]) => pattern.test(address.trim().toLowerCase()))?.[1];
  if (found === home) return '';
  if (found !== undefined) return found;
  // A vocabulary nobody knows, under a prefix that we know, is none of ours; by default it is a feed's own fancy.
  return OURS.has(written) ? `${written}?` : written;
}

const DECLARATION = /\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

/** The scope within an element whose start tag holds `attributes`. */
export function scopeWithin(outer: Scope, attributes: string, home: Home): Scope {
  const scope = new Map(outer);
  for (const [, prefix = '', double, single] of attributes.slice(0, 20_000).matchAll(DECLARATION)) {
    const written = prefix.toLowerCase();
    scope.set(written, prefixOf(double ?? single ?? '', written, home));
  }
  return scope;
}

/** The name of an element as we write it: lower case, `dc:date`, no prefix for the feed's own vocabulary. */
export function elementName(written: string, scope: Scope, home: Home): string {
  const name = written.toLowerCase();
  const colon = name.indexOf(':');
  const prefix = colon === -1 ? '' : name.slice(0, colon);
  const ours = scope.get(prefix) ?? (prefix === home ? '' : prefix);
  return ours === '' ? name.slice(colon + 1) : `${ours}:${name.slice(colon + 1)}`;
}
