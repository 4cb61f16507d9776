import { postNumberOf } from '../../extract/address-place.ts';
import { bareLetters } from '../../lib/bare-letters.ts';
import { canonicalUrl, sameAddressKey } from '../../lib/canonical-url.ts';
import type { Document } from '../../model/document.ts';
import type { DocumentId, SourceId } from '../../model/ids.ts';
import type { Database, Db } from '../../store/db.ts';
import {
  findByExternalId,
  findByPage,
  findByPostNumber,
  findByThread,
  findByWords,
} from '../../store/document-address.ts';
import { getDocuments } from '../../store/documents.ts';
import { findResembling } from '../../store/stories.ts';
import { resemblance, signatureOf } from '../../understand/near-duplicates.ts';

/** What is stored of a post that is looked for. */
export interface Stored {
  document: Document;
  /** Other posts of the same page, when the address does not say which is meant. */
  others: Document[];
  /** It was found by its words, under another address. */
  isElsewhere: boolean;
  /** Do the pasted words stand in it? null when none were pasted. */
  hasWords: boolean | null;
}

/** Where and what to look for. */
export interface Sought {
  /** Addresses under which it may be known. */
  addresses: readonly string[];
  /** Its words: pasted, or read off the page. */
  text: string | null;
  /** Sources to whose place the addresses belong. */
  sources: readonly SourceId[];
  /** Only documents of this source. */
  only: SourceId | null;
}

/** Words that are looked for in the index, and letters of them that must stand together. */
const FIRST_WORDS = 10;
const MOST_LETTERS = 200;
const MOST_HITS = 50;
/** No document has this number: none is left out. */
const NOBODY = 0 as DocumentId;

function wholeText({ title, text, fullText }: Document): string {
  return bareLetters(`${title ?? ''} ${text} ${fullText ?? ''}`);
}

function holds(document: Document, letters: string): boolean {
  return wholeText(document).includes(letters);
}

async function idsAt(db: Db, address: string, sources: readonly SourceId[]): Promise<DocumentId[]> {
  const onPage = await findByPage(db, address);
  const forms = [address, canonicalUrl(address), address.replace(/#.*$/s, '')];
  const byId = sources.length === 0 ? [] : await findByExternalId(db, sources, forms);
  const number = postNumberOf(address);
  const numbered =
    sources.length === 0 || number === undefined ? [] : await findByPostNumber(db, sources, number);
  const found = [...byId, ...onPage, ...numbered];
  return found.length > 0 || sources.length === 0 ? found : findByThread(db, sources, address);
}

/** Which of a page's posts an address means; null when it does not say. */
function named(documents: readonly Document[], addresses: readonly string[]): Document | null {
  const keys = new Set(addresses.map(sameAddressKey));
  for (const address of addresses) {
    const number = postNumberOf(address);
    const byNumber = documents.find(
      ({ externalId, url }) =>
        number !== undefined && (externalId.endsWith(`/${number}`) || postNumberOf(url) === number),
    );
    if (byNumber) return byNumber;
  }
  const exact = documents.filter(
    ({ url, externalId }) => keys.has(sameAddressKey(url)) || addresses.includes(externalId),
  );
  return exact.length === 1 ? (exact[0] ?? null) : null;
}

function choose(documents: readonly Document[], { addresses, text }: Sought): Stored | null {
  const [first] = documents;
  if (!first) return null;
  const letters = text === null ? '' : bareLetters(text).slice(0, MOST_LETTERS);
  const byWords = letters === '' ? null : documents.find((one) => holds(one, letters));
  const byName = named(documents, addresses);
  const document = byWords ?? byName ?? first;
  const others = byWords || byName ? [] : documents.filter((one) => one !== document);
  const hasWords = letters === '' ? null : byWords !== null && byWords !== undefined;
  return { document, others, isElsewhere: false, hasWords };
}

function isWanted({ sourceId }: Document, { only }: Sought): boolean {
  return only === null || sourceId === only;
}

async function atAddress(db: Db, sought: Sought): Promise<Stored | null> {
  const ids: DocumentId[] = [];
  for (const address of sought.addresses) ids.push(...(await idsAt(db, address, sought.sources)));
  const documents = (await getDocuments(db, [...new Set(ids)])).filter((one) => isWanted(one, sought));
  return choose(documents, sought);
}

/** Documents with the same words: in this order, or as near-duplicates. */
async function byWords(db: Database, sought: Sought, text: string): Promise<Stored | null> {
  const letters = bareLetters(text).slice(0, MOST_LETTERS);
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const hits = await findByWords(db, words.slice(0, FIRST_WORDS).join(' '), sought.only, MOST_HITS);
  const exact = (await getDocuments(db, hits)).find((one) => isWanted(one, sought) && holds(one, letters));
  if (exact) return { document: exact, others: [], isElsewhere: true, hasWords: true };
  const alike = await findAlike(db, sought, text);
  return alike && { document: alike, others: [], isElsewhere: true, hasWords: true };
}

async function findAlike(db: Database, sought: Sought, text: string): Promise<Document | null> {
  const signature = signatureOf(text);
  if (!signature) return null;
  const candidates = await db.transaction((tx) => findResembling(tx, NOBODY, signature.bands, new Date(0)));
  const close = candidates
    .map(({ documentId, minima }) => ({ documentId, score: resemblance(signature.minima, minima) }))
    .filter(({ score }) => score >= signature.threshold)
    .sort((a, b) => b.score - a.score);
  const documents = await getDocuments(
    db,
    close.map(({ documentId }) => documentId),
  );
  const order = new Map(close.map(({ documentId }, at) => [documentId, at]));
  documents.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return documents.find((one) => isWanted(one, sought)) ?? null;
}

/** Is the text of another site no proof that ours was collected? Copies go round: only the same site counts, where one is known. */
function isSameSite(document: Document, { addresses }: Sought): boolean {
  const hosts = addresses.map((address) => new URL(address).host.replace(/^(?:www|m)\./, ''));
  const own = URL.canParse(document.url) ? new URL(document.url).host.replace(/^(?:www|m)\./, '') : '';
  return hosts.length === 0 || hosts.includes(own);
}

/** The document that an address or a text stands for; null when it is not stored. */
export async function findStored(db: Database, sought: Sought): Promise<Stored | null> {
  const there = await atAddress(db, sought);
  if (there && there.hasWords !== false) return there;
  if (sought.text === null || bareLetters(sought.text) === '') return there;
  const elsewhere = await byWords(db, sought, sought.text);
  return elsewhere && isSameSite(elsewhere.document, sought) ? elsewhere : there;
}
