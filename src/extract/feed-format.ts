export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json' | 'html' | 'unknown';

/** The first elements decide; a declaration, comments and a document type may come before. */
const HEAD_CHARS = 64 * 1024;
const ROOTS: readonly [RegExp, FeedFormat][] = [
  [/^(?:[\w-]+:)?(?:rss|channel|item)$/i, 'rss'],
  [/^(?:[\w-]+:)?rdf$/i, 'rdf'],
  [/^(?:[\w-]+:)?(?:feed|entry)$/i, 'atom'],
  [/^(?:html|head|body)$/i, 'html'],
];

/** A declaration and the root, as nearly every feed begins. */
const PLAIN_START = /^(?:<\?xml[^<>]*\?>)?\s*<([A-Za-z][\w:.-]*)/;

function rootName(head: string): string {
  const plain = PLAIN_START.exec(head)?.[1];
  if (plain !== undefined) return plain;
  const bare = head.replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(/<[!?][^<>]*>/g, '');
  return /<([A-Za-z][\w:.-]*)/.exec(bare)?.[1] ?? '';
}

/** What kind of feed the text is, by its own look; the content type only breaks ties. */
export function feedFormat(text: string, contentType: string): FeedFormat {
  const head = text.slice(0, HEAD_CHARS).trimStart();
  if (head.startsWith('{')) return 'json';
  const root = rootName(head);
  const known = ROOTS.find(([pattern]) => pattern.test(root))?.[1];
  if (known !== undefined) return known;
  if (/<!doctype\s+html/i.test(head) || contentType === 'text/html') return 'html';
  return 'unknown';
}
