import { findIdentifiers } from '../match/identifiers.ts';
import type { Document } from '../model/document.ts';
import type { Facts } from '../query/facts.ts';

/** What topics can ask of a document at the moment it arrives. What takes work is found out when it is asked. */
export function arrivalFacts(
  document: Document,
  source: { key: string; name: string } | undefined,
  language: string | null,
): Facts {
  return {
    site: URL.canParse(document.url) ? new URL(document.url).hostname : null,
    url: document.url,
    link: document.links,
    source: source ? [source.key, source.name] : [],
    kind: document.kind,
    lang: language,
    published: document.publishedAt,
    found: document.foundAt,
    is: document.parentExternalId === null ? [] : ['reply'],
    get has() {
      const kinds = findIdentifiers(document.text).map(({ kind }): string => kind);
      return document.links.length > 0 ? [...kinds, 'link'] : kinds;
    },
  };
}
