import { withoutPrivate } from '../../lib/private/mask.ts';
import type { Db } from '../../store/db.ts';
import { countDuties, openCaseFacts, topicFacts, unmatchedComplaintFacts } from '../../store/digest-facts.ts';
import type { DigestRecipient } from '../../store/digests.ts';
import { countOpenReviews } from '../../store/reviews.ts';
import { listSources } from '../../store/sources.ts';
import { asSeenBy } from '../../store/teams.ts';
import type { Sign } from '../alerts/take-link.ts';
import { describeSourceError } from '../source-words.ts';
import { createActionLinks } from './action-link.ts';
import { collectNews, type TalkOf } from './collect-news.ts';
import { collectStories } from './collect-stories.ts';
import { collectTopics, type LinksOf } from './collect-topics.ts';
import type { DigestComplaint, DigestData, DigestDuty, DigestSourceError } from './data.ts';

const MAX_DUTIES = 50;
const TOP_MENTIONS = 3;
/** What is due within a day is told before the others. */
export const SOON_MS = 86_400_000;

/** What a digest is made with. */
export interface DigestEdges {
  dashboardUrl: string;
  talkOf: TalkOf;
  sign: Sign;
}

interface Wish {
  recipient: DigestRecipient;
  period: DigestData['period'];
  dashboardUrl: string;
  linksOf: LinksOf;
}

async function collectDuties(db: Db, { recipient, dashboardUrl, linksOf }: Wish): Promise<DigestDuty[]> {
  const facts = await openCaseFacts(db, recipient.topics, MAX_DUTIES);
  return facts.map(({ id, text, mentionId, revision, ...fact }) => ({
    ...fact,
    excerpt: withoutPrivate(text),
    link: `${dashboardUrl}/cases/${id}`,
    actions: linksOf({ mentionId, revision }),
  }));
}

async function collectComplaints(
  db: Db,
  { recipient, period, dashboardUrl, linksOf }: Wish,
): Promise<DigestComplaint[]> {
  const facts = await unmatchedComplaintFacts(db, recipient.topics, period.from, period.to, MAX_DUTIES);
  return facts.map(({ documentId, mentionId, revision, text, ...fact }) => ({
    ...fact,
    excerpt: withoutPrivate(text),
    link: `${dashboardUrl}/mentions/${documentId}`,
    actions: linksOf({ mentionId, revision }),
  }));
}

async function collectSourceErrors(db: Db, recipient: DigestRecipient): Promise<DigestSourceError[]> {
  const sources = await listSources(db);
  return sources.flatMap(({ name, enabled, lastError }) =>
    enabled && lastError ? [{ name, message: describeSourceError(lastError, recipient.language) }] : [],
  );
}

/** Reads what one recipient's digest says about `period`: no more than he may see. */
export function collectDigest(
  db: Db,
  recipient: DigestRecipient,
  period: DigestData['period'],
  edges: DigestEdges,
): Promise<DigestData> {
  return asSeenBy(db, recipient.email, () => collect(db, recipient, period, edges));
}

async function collect(
  db: Db,
  recipient: DigestRecipient,
  period: DigestData['period'],
  { dashboardUrl, talkOf, sign }: DigestEdges,
): Promise<DigestData> {
  const linksOf = createActionLinks(sign, dashboardUrl, { recipient: recipient.id, at: period.to });
  const wish = { recipient, period, dashboardUrl, linksOf };
  const { topics, zone } = recipient;
  const facts = await topicFacts(db, topics, period.from, period.to);
  const totals = new Map(facts.map(({ key, total }) => [key, total]));
  const soon = new Date(period.to.getTime() + SOON_MS);
  return {
    recipient: { email: recipient.email, language: recipient.language, zone },
    period: { from: period.from, to: period.to },
    dashboardUrl,
    unsubscribeUrl: `${dashboardUrl}/unsubscribe/${recipient.unsubscribeToken}`,
    duties: await collectDuties(db, wish),
    dutyCounts: await countDuties(db, topics, period.to, soon),
    reviews: await countOpenReviews(db),
    complaints: await collectComplaints(db, wish),
    topics: await collectTopics(db, facts, { period, zone, linksOf, most: TOP_MENTIONS }),
    stories: await collectStories(db, topics, period, dashboardUrl),
    news: await collectNews(db, recipient, period, dashboardUrl, { totals, talkOf }),
    sourceErrors: await collectSourceErrors(db, recipient),
  };
}
