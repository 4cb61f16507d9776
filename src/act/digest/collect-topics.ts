import { withoutPrivate } from '../../lib/private/mask.ts';
import type { Db } from '../../store/db.ts';
import {
  countWindows,
  type TopicFact,
  type TopMentionFact,
  topMentionFacts,
  watchingSince,
} from '../../store/digest-facts.ts';
import type { ActionLinks } from './action-link.ts';
import type { DigestData, DigestMention, DigestTopic } from './data.ts';
import { type TopicUsual, timesBefore, topicUsual } from './usual.ts';

/** Makes the links under a post; null where a text goes without them. */
export type LinksOf = (post: Pick<TopMentionFact, 'mentionId' | 'revision'>) => ActionLinks | null;

function toMention(fact: TopMentionFact, linksOf: LinksOf): DigestMention {
  const { title, text, url, site, author, sentiment } = fact;
  return {
    title: title === null ? null : withoutPrivate(title),
    excerpt: withoutPrivate(text),
    url,
    site: site ?? '',
    author,
    sentiment,
    actions: linksOf(fact),
  };
}

/** What such a time usually brings: answers for each of these keys of topics. */
export async function usualOfTopics(
  db: Db,
  keys: readonly string[],
  period: { from: Date; to: Date },
  zone: string,
): Promise<(key: string) => TopicUsual> {
  const times = timesBefore(period, zone, await watchingSince(db));
  const counts = await countWindows(db, [...keys], times);
  return (key) => topicUsual(key, counts, times.length);
}

/** What each topic brought, against what is usual on the same weekdays. */
export async function collectTopics(
  db: Db,
  facts: readonly TopicFact[],
  {
    period,
    zone,
    linksOf,
    most,
  }: {
    period: DigestData['period'];
    zone: string;
    linksOf: LinksOf;
    /** Posts of each topic. */ most: number;
  },
): Promise<DigestTopic[]> {
  const usualOf = await usualOfTopics(
    db,
    facts.map(({ key }) => key),
    period,
    zone,
  );
  const topics: DigestTopic[] = [];
  for (const { key, name, total, negative, neutral, positive, unsure } of facts) {
    const top = total * most === 0 ? [] : await topMentionFacts(db, key, period.from, period.to, most);
    topics.push({
      name,
      total,
      negative,
      neutral,
      positive,
      unsure,
      usual: usualOf(key),
      top: top.map((fact) => toMention(fact, linksOf)),
    });
  }
  return topics;
}
