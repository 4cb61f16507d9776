import { oneLine } from '../../src/act/digest/excerpt.ts';
import { withoutPrivate } from '../../src/lib/private/mask.ts';
import { readSearchQuery } from '../../src/query/saved.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import type { OpenLink } from '../../src/store/public-links.ts';
import { listTopics } from '../../src/store/topics.ts';
import type { DashboardDeps } from '../deps.ts';
import { readSearchForm, toFilters } from '../search-form.ts';

const ENTRIES = 50;
const TITLE = 120;
const EXCERPT = 1000;

/** A post as a feed tells of it: what stands in public, with contacts and numbers masked; never whose customer wrote it. */
export interface FeedEntry {
  /** Stays the same. */
  id: string;
  title: string;
  text: string;
  /** null: the post has no address that can be followed. */
  url: string | null;
  time: Date;
  author: string | null;
  source: string;
  topics: string[];
}

export interface Feed {
  /** Of the saved search. */
  name: string;
  /** Of the same search on the dashboard. */
  home: string;
  language: string;
  /** Newest first. */
  entries: FeedEntry[];
}

function entryOf(card: Card, publicUrl: string): FeedEntry {
  const text = oneLine(withoutPrivate(card.text), EXCERPT);
  const title = oneLine(withoutPrivate(card.title ?? card.text), TITLE);
  return {
    id: `${publicUrl}/mentions/${card.id}`,
    title: title === '' ? card.sourceName : title,
    text,
    url: /^https?:\/\//i.test(card.url) && URL.canParse(card.url) ? card.url : null,
    time: card.time,
    author: card.author === null ? null : oneLine(card.author, TITLE),
    source: oneLine(card.sourceName, TITLE),
    topics: card.mentions.map(({ topicName }) => oneLine(topicName, TITLE)),
  };
}

/** As the mentions page reads its address: one name comes alone or several times. */
function queryOf(address: string): Record<string, string | string[]> {
  const params = new URL(address, 'http://molva.invalid').searchParams;
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** The newest posts that a saved search finds; none where its query cannot be read any more. */
export async function readFeed(
  { db, search, publicUrl }: Pick<DashboardDeps, 'db' | 'search' | 'publicUrl'>,
  { owner, view }: OpenLink & { view: NonNullable<OpenLink['view']> },
): Promise<Feed> {
  const form = readSearchForm(queryOf(view.address));
  const read = readSearchQuery(form.q, await listTopics(db));
  const asked = { filters: toFilters(form, owner.zone), zone: owner.zone, limit: ENTRIES, offset: 0 };
  const ids = 'issues' in read ? [] : (await search.search({ ...asked, query: read.query })).ids;
  const cards = await getCards(db, ids);
  return {
    name: oneLine(view.name, TITLE),
    home: `${publicUrl}${view.address}`,
    language: owner.language,
    entries: cards.map((card) => entryOf(card, publicUrl)),
  };
}
