import { dateKey, localTime } from '../../lib/zone.ts';
import type { Talk } from '../../model/talk.ts';
import type { Topic } from '../../model/topic.ts';
import type { Db } from '../../store/db.ts';
import type { DigestRecipient } from '../../store/digests.ts';
import { listTopics } from '../../store/topics.ts';
import type { DigestData, DigestNews } from './data.ts';

/** What people say about a topic, by when its mentions were found. Handed in: rooms above know how it is told. */
export type TalkOf = (
  db: Db,
  topic: Pick<Topic, 'id' | 'name'>,
  period: DigestData['period'],
) => Promise<Talk>;

const MOST_NEWS = 5;

/** Of fewer mentions nothing can be told; topics with none are not looked at. */
export const LEAST_MENTIONS = 20;

/** Phrases that are new in the talk about the recipient's topics, those of most people first. `totals`: mentions by topic key. */
export async function collectNews(
  db: Db,
  recipient: Pick<DigestRecipient, 'zone'>,
  period: DigestData['period'],
  dashboardUrl: string,
  { totals, talkOf }: { totals: ReadonlyMap<string, number>; talkOf: TalkOf },
): Promise<DigestNews[]> {
  const news: (DigestNews & { voices: number })[] = [];
  const day = (at: Date) => dateKey(localTime(at, recipient.zone));
  for (const topic of await listTopics(db)) {
    if ((totals.get(topic.key) ?? 0) < LEAST_MENTIONS) continue;
    const { fresh } = await talkOf(db, topic, period);
    for (const { phrase, query, mentions, mentionsBefore, share, shareBefore, tones, voices } of fresh ??
      []) {
      const days = { from: day(period.from), to: day(period.to) };
      const search = new URLSearchParams({ topic: topic.key, q: query, ...days });
      const before = mentionsBefore === 0 ? null : shareBefore;
      const link = `${dashboardUrl}/mentions?${search}`;
      news.push({ topic: topic.name, phrase, mentions, share, shareBefore: before, tones, link, voices });
    }
  }
  return news
    .sort((one, other) => other.voices - one.voices)
    .slice(0, MOST_NEWS)
    .map(({ voices: _, ...row }) => row);
}
