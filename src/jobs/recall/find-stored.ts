import { placeOf, postNumberOf } from '../../extract/address-place.ts';
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
const MOST_HITS = 20;
/** Of a stored text, to look for words in. */
const LOOKED_AT = 50_000;
/** No document has this number: none is left out. */
const NOBODY = 0 as DocumentId;

function wholeText({ title, text, fullText }: Document): string {
  const parts = [title ?? '', text, fullText ?? ''];
  return bareLetters(parts.map((part) => part.slice(0, LOOKED_AT)).join(' '));
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

/** Documents in which these words stand in this order; else those that are nearly the same, the most alike first. */
async function byWords(db: Database, sought: Sought, text: string): Promise<Document[]> {
  const letters = bareLetters(text).slice(0, MOST_LETTERS);
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const hits = await findByWords(db, words.slice(0, FIRST_WORDS).join(' '), sought.only, MOST_HITS);
  const exact = (await getDocuments(db, hits)).filter((one) => isWanted(one, sought) && holds(one, letters));
  return exact.length > 0 ? exact : findAlike(db, sought, text);
}

async function findAlike(db: Database, sought: Sought, text: string): Promise<Document[]> {
  const signature = signatureOf(text);
  if (!signature) return [];
  const candidates = await db.transaction((tx) => findResembling(tx, NOBODY, signature.bands, new Date(0)));
  const close = candidates
    .map(({ documentId, minima }) => ({ documentId, score: resemblance(signature.minima, minima) }))
    .filter(({ score }) => score >= signature.threshold)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_HITS);
  const documents = new Map(
    (
      await getDocuments(
        db,
        close.map(({ documentId }) => documentId),
      )
    ).map((one) => [one.id, one]),
  );
  return close
    .flatMap(({ documentId }) => documents.get(documentId) ?? [])
    .filter((one) => isWanted(one, sought));
}

/** Copies go round: the text of another site is no proof that this one was collected. */
function isSameSite(document: Document, { addresses }: Sought): boolean {
  const own = placeOf(document.url)?.host;
  return addresses.length === 0 || addresses.some((address) => placeOf(address)?.host === own);
}

export interface Found {
  /** null: not stored. */
  stored: Stored | null;
  /** The same text from another site, where the post itself is not stored. */
  copy: DocumentId | null;
}

/** The document that an address or a text stands for. */
export async function findStored(db: Database, sought: Sought): Promise<Found> {
  const there = await atAddress(db, sought);
  if (there && there.hasWords !== false) return { stored: there, copy: null };
  if (sought.text === null || bareLetters(sought.text) === '') return { stored: there, copy: null };
  const alike = await byWords(db, sought, sought.text);
  const own = alike.find((one) => isSameSite(one, sought));
  if (own) return { stored: { document: own, others: [], isElsewhere: true, hasWords: true }, copy: null };
  return { stored: there, copy: alike[0]?.id ?? null };
}
