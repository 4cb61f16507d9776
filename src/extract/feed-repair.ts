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

/** Ten megabytes of HTML written as entities have a million. Each one takes a hundred bytes to mend and to read. */
const MAX_AMPERSANDS = 1_500_000;

/** Is this hardly anything but ampersands? Memory and time for them are not worth a feed. */
export function isAmpersandHeap(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('&'); at !== -1 && count <= MAX_AMPERSANDS; at = text.indexOf('&', at + 1))
    count += 1;
  return count > MAX_AMPERSANDS;
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
/** Mended by hand, a feed may have a few unclosed ones; the XML readers take a time for each that grows with the document. */
const MAX_UNCLOSED = 50;
/** A thousand entries have some 60,000. The readers hold the process up for seconds over millions. */
const MAX_TAGS = 300_000;
/** Even a tag that carries a picture's address has a few thousand characters. */
const MAX_TAG_CHARS = 100_000;

/** Is this XML only in name: a heap of tags, unclosed, swollen, or more than any feed has? */
export function isTagHeap(text: string): boolean {
  let tags = 0;
  let unclosed = 0;
  let openAt = -1;
  for (const { 0: mark, index } of text.replace(OPAQUE, '').matchAll(/[<>]/g)) {
    if (openAt !== -1 && index - openAt > MAX_TAG_CHARS) return true;
    if (mark === '<') {
      tags += 1;
      if (openAt !== -1) unclosed += 1;
    }
    if (tags > MAX_TAGS || unclosed > MAX_UNCLOSED) return true;
    openAt = mark === '<' ? index : -1;
  }
  return false;
}
