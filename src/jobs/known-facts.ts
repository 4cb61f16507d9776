import type { DocumentId } from '../model/ids.ts';
import type { TagResources } from '../model/ports.ts';
import { COMPLAINT_LEVELS, type ComplaintLevel } from '../model/tag.ts';
import type { QueryableDocument } from '../query/document.ts';
import type { Facts } from '../query/facts.ts';
import type { Db } from '../store/db.ts';
import { type KnownMention, type KnownText, readKnownTexts, readTextsById } from '../store/known-facts.ts';
import { accountOf, arrivalFacts, isOfficial, languageOf, those } from './document-facts.ts';
import { namesFault } from './told-of.ts';

export interface KnownDocument extends QueryableDocument {
  id: DocumentId;
}

/** Whose hour and zone conditions on days mean, and towards which topic tone is asked when a query names none. */
export type Reader = Pick<Facts, 'now' | 'zone' | 'subject'>;

/** The words of stored documents, by number; those that are gone are left out. */
export async function wordsOfDocuments(
  db: Db,
  ids: readonly DocumentId[],
): Promise<Map<DocumentId, KnownDocument>> {
  const rows = await readTextsById(db, ids);
  return new Map(rows.map(({ id, title, text }) => [id, { id, title, text }]));
}

/** With everything that is known of them by now. */
export async function knownDocuments(
  db: Db,
  resources: TagResources,
  ids: readonly DocumentId[],
  reader: Reader,
): Promise<Map<DocumentId, KnownDocument>> {
  const rows = await readKnownTexts(db, ids);
  return new Map(rows.map((row) => [row.id, toDocument(row, row.mentions, resources, reader)]));
}

function toDocument(
  row: KnownText,
  mentions: readonly KnownMention[],
  resources: TagResources,
  reader: Reader,
): KnownDocument {
  const { id, title, text, handle, authorName } = row;
  const facts = arrivalFacts(row, {
    source: { key: row.sourceKey, name: row.sourceName },
    language: row.language ?? languageOf(row, resources),
    isOfficial: isOfficial(accountOf(row), resources),
    told: {
      postKind: row.postKind,
      get hasFault() {
        return namesFault(row, resources);
      },
    },
    later: laterSigns(row, mentions),
  });
  // Added, not spread: what takes work is found out only when it is asked.
  Object.assign(facts, reader, laterFacts(row, mentions));
  return { id, title, text, authorHandle: handle, authorName, facts };
}

function laterFacts(row: KnownText, mentions: readonly KnownMention[]): Facts {
  return {
    replies: row.replies,
    story: row.storyId === null ? [] : [String(row.storyId)],
    topic: mentions.map(({ topic }) => topic),
    complaint: strongestOf(mentions.map(({ level }) => level)) ?? row.level,
    towards: new Map(
      mentions.map(({ topic, tone, isComplaint, level }) => [topic, { tone, isComplaint, level }]),
    ),
    tag: mentions.flatMap(({ tags }) => tags),
    status: mentions.map(({ status }) => status),
    assigned: mentions.flatMap(({ assigned }) => assigned ?? []),
    customer: row.customers.map(({ number }) => number),
    tier: row.customers.flatMap(({ tier }) => tier ?? []),
    segment: row.customers.flatMap(({ segments }) => segments),
  };
}

function strongestOf(levels: readonly ComplaintLevel[]): ComplaintLevel | undefined {
  return COMPLAINT_LEVELS.find((level) => levels.includes(level));
}

const DONE = new Set(['answered', 'closed', 'not_us']);

function laterSigns(row: KnownText, mentions: readonly KnownMention[]): { has: string[]; is: string[] } {
  const isKnown = row.customers.length > 0;
  const has = [isKnown && 'customer', mentions.some(({ hasCase }) => hasCase) && 'case'];
  const is = [
    isKnown && 'matched',
    row.revision > 1 && 'edited',
    row.deletedAt !== null && 'deleted',
    // The first of a story is no copy.
    row.storyFirst !== null && row.storyFirst !== row.id && 'duplicate',
    mentions.some(({ status }) => !DONE.has(status)) && 'unanswered',
  ];
  return { has: those(has), is: those(is) };
}
