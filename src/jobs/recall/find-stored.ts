import { placeOf, postNumberOf } from '../../extract/address-place.ts';
import { canonicalUrl, sameAddressKey } from '../../lib/canonical-url.ts';
import type { Document } from '../../model/document.ts';
import type { DocumentId, SourceId } from '../../model/ids.ts';
import type { Database, Db } from '../../store/db.ts';
import {
  findByExternalId,
  findByPage,
  findByPostNumber,
  findByThread,
} from '../../store/document-address.ts';
import { getDocuments } from '../../store/documents.ts';
import { findAlike, findWords, holdsLetters, soughtLetters } from './find-by-words.ts';

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
  /** By their words only those found or changed since; all when left out. */
  since?: Date | null;
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
  const letters = soughtLetters(text);
  const byWords = letters === '' ? null : documents.find((one) => holdsLetters(one, letters));
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

/**
 * Documents with the same words: read word by word where it is known whose they are, or nothing else is known; nearly the same ones
 * anywhere, by their stories.
 */
async function byWords(db: Database, sought: Sought, text: string, now: Date): Promise<Document[]> {
  const { only, addresses, sources, since = null } = sought;
  const where = only !== null ? [only] : addresses.length > 0 ? sources : null;
  const exact = where?.length === 0 ? [] : await findWords(db, text, { sources: where, since });
  const alike = exact.length > 0 ? [] : await findAlike(db, text, now);
  return [...exact, ...alike].filter((one) => isWanted(one, sought));
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
export async function findStored(db: Database, sought: Sought, now: Date): Promise<Found> {
  const there = await atAddress(db, sought);
  if (there && there.hasWords !== false) return { stored: there, copy: null };
  if (sought.text === null || soughtLetters(sought.text) === '') return { stored: there, copy: null };
  const alike = await byWords(db, sought, sought.text, now);
  const own = alike.find((one) => isSameSite(one, sought));
  if (own) return { stored: { document: own, others: [], isElsewhere: true, hasWords: true }, copy: null };
  return { stored: there, copy: alike[0]?.id ?? null };
}
