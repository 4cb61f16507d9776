import { withoutPrivate } from '../../lib/private/mask.ts';
import type { Db } from '../../store/db.ts';
import {
  openCaseFacts,
  type TopicFact,
  topicFacts,
  topMentionFacts,
  unmatchedComplaintFacts,
  watchingSince,
} from '../../store/digest-facts.ts';
import type { DigestRecipient } from '../../store/digests.ts';
import { listSources } from '../../store/sources.ts';
import { describeSourceError } from '../source-words.ts';
import { collectNews, type TalkOf } from './collect-news.ts';
import type { DigestComplaint, DigestData, DigestDuty, DigestSourceError, DigestTopic } from './data.ts';

const MAX_DUTIES = 50;
const TOP_MENTIONS = 3;

async function collectDuties(
  db: Db,
  recipient: DigestRecipient,
  dashboardUrl: string,
): Promise<DigestDuty[]> {
  const facts = await openCaseFacts(db, recipient.topics, MAX_DUTIES);
  return facts.map(({ id, text, ...fact }) => ({
    ...fact,
    excerpt: withoutPrivate(text),
    link: `${dashboardUrl}/cases/${id}`,
  }));
}

async function collectComplaints(
  db: Db,
  recipient: DigestRecipient,
  period: DigestData['period'],
  dashboardUrl: string,
): Promise<DigestComplaint[]> {
  const facts = await unmatchedComplaintFacts(db, recipient.topics, period.from, period.to, MAX_DUTIES);
  return facts.map(({ documentId, text, ...fact }) => ({
    ...fact,
    excerpt: withoutPrivate(text),
    link: `${dashboardUrl}/mentions/${documentId}`,
  }));
}

async function collectTopics(
  db: Db,
  facts: readonly TopicFact[],
  period: DigestData['period'],
): Promise<DigestTopic[]> {
  const since = await watchingSince(db);
  const watchedBefore = since !== null && since < period.from;
  return Promise.all(
    facts.map(async ({ key, previous, ...fact }) => {
      const top = await topMentionFacts(db, key, period.from, period.to, TOP_MENTIONS);
      return {
        ...fact,
        previousTotal: watchedBefore ? previous : null,
        top: top.map((m) => ({
          ...m,
          site: m.site ?? '',
          title: m.title === null ? null : withoutPrivate(m.title),
          excerpt: withoutPrivate(m.text),
        })),
      };
    }),
  );
}

async function collectSourceErrors(db: Db, recipient: DigestRecipient): Promise<DigestSourceError[]> {
  const sources = await listSources(db);
  return sources.flatMap(({ name, enabled, lastError }) =>
    enabled && lastError ? [{ name, message: describeSourceError(lastError, recipient.language) }] : [],
  );
}

/** Reads what one recipient's digest says about `period`. */
export async function collectDigest(
  db: Db,
  recipient: DigestRecipient,
  period: DigestData['period'],
  dashboardUrl: string,
  talkOf: TalkOf,
): Promise<DigestData> {
  const facts = await topicFacts(db, recipient.topics, period.from, period.to);
  const totals = new Map(facts.map(({ key, total }) => [key, total]));
  return {
    recipient: { email: recipient.email, language: recipient.language, zone: recipient.zone },
    period,
    dashboardUrl,
    unsubscribeUrl: `${dashboardUrl}/unsubscribe/${recipient.unsubscribeToken}`,
    duties: await collectDuties(db, recipient, dashboardUrl),
    complaints: await collectComplaints(db, recipient, period, dashboardUrl),
    topics: await collectTopics(db, facts, period),
    news: await collectNews(db, recipient, period, dashboardUrl, { totals, talkOf }),
    sourceErrors: await collectSourceErrors(db, recipient),
  };
}
