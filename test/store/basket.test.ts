import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentId } from '../../src/model/ids.ts';
import { NO_FILTERS } from '../../src/model/search.ts';
import {
  countAllSlots,
  countAuthors,
  countKinds,
  countPlaces,
  countSlots,
  countSources,
  countTiers,
  countWhere,
  firstPostAt,
  listMentionKinds,
} from '../../src/store/analytics.ts';
import { getCards, unmatchedComplaintCards } from '../../src/store/cards.ts';
import { countNegativePosts } from '../../src/store/customer-facts.ts';
import {
  countEvents,
  listEvents,
  negativeDocuments,
  voiceByMonth,
} from '../../src/store/customer-timeline.ts';
import { searchCustomers } from '../../src/store/customers.ts';
import type { Database } from '../../src/store/db.ts';
import {
  countWindows,
  topicFacts,
  topMentionFacts,
  unmatchedComplaintFacts,
} from '../../src/store/digest-facts.ts';
import { getDocument } from '../../src/store/documents.ts';
import { takeBehind } from '../../src/store/index-queue.ts';
import { readKnownTexts } from '../../src/store/known-facts.ts';
import { countMentionDays } from '../../src/store/mention-days.ts';
import { complaintsWithoutCase, countTones } from '../../src/store/mentions.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { countStrata } from '../../src/store/scorecard-samples.ts';
import { countFiltered } from '../../src/store/search-filters.ts';
import { readTalkTexts, sampleMentions } from '../../src/store/talk.ts';
import { findTopicByKey } from '../../src/store/topics.ts';
import {
  addDocument,
  addLink,
  addMention,
  addSources,
  addTopic,
  later,
  NOW,
  replaceTags,
  TEST_VAULT,
} from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';

const FROM = later(-1000);
const TO = later(1000);

/** How many mentions, or documents with one, each reader of the store tells of. */
async function told(db: Database, document: DocumentId, customer: never): Promise<Record<string, number>> {
  const tones = await countTones(db);
  const [topic] = await topicFacts(db, null, FROM, TO);
  const [index] = await takeBehind(db, 10);
  const [known] = await readKnownTexts(db, [document]);
  const [listed] = await searchCustomers(db, { text: '', hashes: [] }, 10, 0);
  const own = { first: customer, last: customer };
  const topicId = (await findTopicByKey(db, 'romashka'))!.id;
  const span = { topicId, from: FROM, to: TO };
  const kinds = (await listMentionKinds(db)).map(({ id }) => id);
  const each = new Map(kinds.map((id) => [id, id]));
  const posts = { from: FROM, to: TO, kinds };
  return {
    'posts by hours': (await countSlots(db, posts, each, false)).length,
    'posts by quarters of hours': (await countSlots(db, posts, each, true)).length,
    'kinds of posts': (await countKinds(db, posts, false)).length,
    'all posts by hours': (await countAllSlots(db, posts, false)).length,
    'posts of sources': (await countWhere(db, posts, kinds)).sources.length,
    'posts of sources alone': (await countSources(db, posts)).size,
    'posts of languages': (await countWhere(db, { ...posts, kinds: null }, kinds)).languages.length,
    'posts of authors': (await countAuthors(db, posts, kinds, 5)).length,
    'posts of tiers': (await countTiers(db, posts)).length,
    'places in posts': (await countPlaces(db, posts, 5)).length,
    'the first post': (await firstPostAt(db)) === null ? 0 : 1,
    tones: tones.reduce((sum, { count }) => sum + count, 0),
    'topic in the digest': topic!.total,
    'what is usual': (await countWindows(db, null, [{ from: FROM, to: TO }]))[0]?.total ?? 0,
    'top mentions': (await topMentionFacts(db, 'romashka', FROM, TO, 5)).length,
    'complaints in the digest': (await unmatchedComplaintFacts(db, null, FROM, TO, 5)).length,
    'complaints without a case': (await complaintsWithoutCase(db, 5)).length,
    'complaints of today': (await unmatchedComplaintCards(db, FROM, 5)).length,
    'mentions of the customer': listed!.mentions,
    'negative posts of the customer': (await countNegativePosts(db, own, FROM)).length,
    'what was said against us': (await negativeDocuments(db, customer, FROM, 5)).length,
    'timeline of the customer': (await listEvents(db, customer, { kind: null, limit: 5, offset: 0 })).length,
    'kinds in the timeline': (await countEvents(db, customer)).mention,
    'voice of the customer': (await voiceByMonth(db, customer, FROM)).length,
    'card in a list': (await getCards(db, [document]))[0]!.mentions.length,
    'index record': index!.mentions.length,
    'facts of queries': known!.mentions.length,
    'talk by the time of publishing': (await sampleMentions(db, { ...span, by: 'said' }, 5)).total,
    'talk by the time of finding': (await sampleMentions(db, { ...span, by: 'found' }, 5)).ids.length,
    'names in talk': (await readTalkTexts(db, topicId, [document]))[0]!.spans.length,
    'mentions of a day': (await countMentionDays(db, { from: FROM, to: TO, zone: 'UTC', topics: [] })).length,
    'what is drawn for the scorecard': (await countStrata(db, { from: FROM, to: TO })).length,
    'search by mentions': await countFiltered(db, NO_FILTERS),
    'search by topic': await countFiltered(db, { ...NO_FILTERS, mentionsOnly: false, topics: ['romashka'] }),
  };
}

describe.each(DRIVERS)('a mention in the basket on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());

  it('is told of by nobody but the basket and its own page, and is there again when it is restored', async () => {
    const [source] = await addSources(db, 'forum');
    const author = { site: 'f', handle: 'anna' };
    const document = await addDocument(db, source!, '1', { author });
    const place = { kind: 'place', name: 'Омск', spans: [] };
    await replaceTags(db, document, [
      { kind: 'entities', target: '', version: '1', value: [place], spans: [] },
    ]);
    const mention = await addMention(db, document, await addTopic(db, 'romashka'));
    const record = { externalId: 'c', name: 'Anna', city: null, tier: null, identifiers: [], purchases: [] };
    const { id: customerId } = await saveCustomer(db, TEST_VAULT, record, NOW);
    const authorId = (await getDocument(db, document))!.authorId!;
    const link = { state: 'linked' as const, score: 1, evidence: [], decidedBy: 'matcher', decidedAt: NOW };
    await addLink(db, { authorId, customerId, ...link });
    const all = await told(db, document, customerId as never);
    expect(Object.entries(all).filter(([, count]) => count !== 1)).toEqual([]);

    await db.query('update mentions set basket_at = $2 where id = $1', [mention, NOW]);
    const none = await told(db, document, customerId as never);
    expect(Object.entries(none).filter(([, count]) => count !== 0)).toEqual([]);
    const [whole] = await getCards(db, [document], { withBasket: true });
    expect(whole!.mentions).toMatchObject([{ id: mention, isInBasket: true }]);

    await db.query('update mentions set basket_at = null where id = $1', [mention]);
    expect(await told(db, document, customerId as never)).toEqual(all);
  });
});
