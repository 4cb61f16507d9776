import { findIdentifiers } from '../match/identifiers.ts';
import type { Author, Document } from '../model/document.ts';
import type { TaggedText, TagResources } from '../model/ports.ts';
import type { LanguageTag } from '../model/tag.ts';
import type { Facts } from '../query/facts.ts';
import type { StoredFacts, StoredText } from '../store/stored-texts.ts';
import { language } from '../understand/taggers/language.ts';
import { type Told, toldOf } from './told-of.ts';

type Known = Pick<
  Document,
  'url' | 'links' | 'signs' | 'kind' | 'text' | 'publishedAt' | 'foundAt' | 'parentExternalId'
>;

/** What is known of a document besides what stands in it. */
interface Surroundings {
  told: Told;
  source: { key: string; name: string } | undefined;
  language: string | null;
  /** Written by an account of the company's own. */
  isOfficial: boolean;
  later?: { has: readonly string[]; is: readonly string[] };
}

const NOTHING_LATER = { has: [], is: [] };

/** What topics can ask of a document at the moment it arrives. What takes work is found out when it is asked. */
export function arrivalFacts(
  document: Known,
  { source, language, isOfficial, told, later = NOTHING_LATER }: Surroundings,
): Facts {
  const { signs } = document;
  return {
    site: URL.canParse(document.url) ? new URL(document.url).hostname : null,
    url: document.url,
    link: document.links,
    source: source ? [source.key, source.name] : [],
    kind: document.kind,
    lang: language,
    published: document.publishedAt,
    found: document.foundAt,
    reach: signs.reach ?? null,
    followers: signs.followers ?? null,
    is: those([
      document.parentExternalId !== null && 'reply',
      signs.isRepost && 'repost',
      isOfficial && 'official',
      ...later.is,
    ]),
    get intent() {
      return told.postKind?.kind ?? null;
    },
    get sure() {
      const { postKind } = told;
      // Probabilities have three digits: 0.57 times 100 would be a little less than 57.
      return postKind && Math.floor(Math.round(postKind.confidence * 1000) / 10);
    },
    get hasFault() {
      return told.hasFault;
    },
    get has() {
      const kinds = findIdentifiers(document.text).map(({ kind }): string => kind);
      const has = [document.links.length > 0 && 'link', signs.hasImage && 'image', ...later.has];
      return [...kinds, ...those(has)];
    },
  };
}

/** The signs that are there: of `condition && 'name'`, the names. */
export function those(signs: readonly (string | false | undefined)[]): string[] {
  return signs.filter((sign) => typeof sign === 'string');
}

/** The same of a document that was stored some time ago: what it was asked when it arrived. */
export function storedFacts(row: StoredText & StoredFacts, resources: TagResources): Facts {
  const { title, text, kind, declaredLanguage } = row;
  const source = { key: row.sourceKey, name: row.sourceName };
  const isOwn = isOfficial(accountOf(row), resources);
  const facts = arrivalFacts(row, {
    source,
    language: row.language,
    isOfficial: isOwn,
    told: toldOf(row, isOwn, resources, row.postKind),
  });
  if (row.language !== null) return facts;
  // Telling it takes longer than all the rest, and few queries ask for it.
  return Object.defineProperty(facts, 'lang', {
    get: () => languageOf({ title, text, kind, declaredLanguage }, resources),
  });
}

/** Of nobody, no. */
export function isOfficial(
  author: Pick<Author, 'site' | 'handle' | 'profileUrl'> | null | undefined,
  resources: TagResources,
): boolean {
  return Boolean(author && resources.isOfficial?.(author));
}

/** Who wrote a stored document; null when nobody is named. */
export function accountOf({ authorSite, handle, profileUrl }: StoredFacts) {
  return authorSite === null || handle === null ? null : { site: authorSite, handle, profileUrl };
}

/** Who is named as the author of a text at an address: accounts of the address's own site. */
export function accountAt(address: string | null, handle: string | null) {
  if (address === null || handle === null || !URL.canParse(address)) return null;
  return { site: new URL(address).hostname, handle, profileUrl: null };
}

/** Code of the language that the tagger tells; null when there is none. */
export function languageOf(document: TaggedText['document'], resources: TagResources): string | null {
  const [tag] = language.tag({ document, tags: [], targets: [] }, resources);
  return (tag?.value as LanguageTag | undefined)?.code ?? null;
}
