import { decodeEntities } from './html-text.ts';

const CDATA_OR_AMPERSAND =
  /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|&(#\d{1,7};|#x[\da-f]{1,6};|[a-z][a-z\d]{1,31};)?/gi;
const OF_XML = new Set(['amp;', 'lt;', 'gt;', 'quot;', 'apos;']);
const KNOWN = new Map<string, string>();

/** HTML's named entities are unknown to XML: the character itself is not. What is no entity is an ampersand. */
function characterOf(entity: string): string {
  const known = KNOWN.get(entity);
  if (known !== undefined) return known;
  const decoded = decodeEntities(`&${entity}`);
  const text = decoded.startsWith('&') ? `&amp;${entity}` : decoded;
  if (KNOWN.size < 3000) KNOWN.set(entity, text);
  return text;
}

function repairAmpersand(whole: string, entity: string | undefined): string {
  if (whole.startsWith('<')) return whole;
  if (entity === undefined) return '&amp;';
  return entity.startsWith('#') || OF_XML.has(entity) ? whole : characterOf(entity);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const JUNK_BEFORE = /^[^<{]{1,1000}(?=[<{])/;

const ENDS: readonly [RegExp, string, string][] = [
  [/<rss[\s>]/i, '</item>', '</channel></rss>'],
  [/<feed[\s>]/i, '</entry>', '</feed>'],
  [/<rdf:RDF[\s>]/i, '</item>', '</rdf:RDF>'],
];

/** A feed that was cut off in the middle of an entry, without that entry. */
function closeCutOff(text: string): string {
  const [, entryEnd, end] = ENDS.find(([start]) => start.test(text.slice(0, 10_000))) ?? [];
  if (end === undefined || entryEnd === undefined || /<\/(rss|feed|rdf:RDF)\s*>/i.test(text.slice(-1000)))
    return text;
  const last = text.lastIndexOf(entryEnd);
  return last === -1 ? text : text.slice(0, last + entryEnd.length) + end;
}

/**
 * Takes out what XML forbids but feeds contain: control characters, something before the first `<`, bare
 * ampersands, entities of HTML, a last entry that was cut off. CDATA sections and JSON stay as they are.
 */
export function repairFeed(text: string): string {
  const clean = text.replace(FORBIDDEN, '').replace(JUNK_BEFORE, '');
  return clean.startsWith('{') ? clean : closeCutOff(clean).replace(CDATA_OR_AMPERSAND, repairAmpersand);
}

const OPAQUE = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)/g;
const UNCLOSED_TAG = /<[^<>]*(?=<)/g;
/** Mended by hand, a feed may have a few; the XML readers take a time for each that grows with the document. */
const MAX_UNCLOSED = 50;

/** Is this XML only in name: a heap of tags that never close? */
export function isTagHeap(text: string): boolean {
  return (text.replace(OPAQUE, '').match(UNCLOSED_TAG)?.length ?? 0) > MAX_UNCLOSED;
}
