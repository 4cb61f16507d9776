import type { AlertFacts, SourceFact, TopicSeries } from '../../act/alerts/kind.ts';
import { CARRIER_HOURS } from '../../act/alerts/kind.ts';
import { DAY_MS, readSeries, type SeriesPost } from '../../act/alerts/series.ts';
import type { Alert } from '../../model/alert.ts';
import type { TopicId } from '../../model/ids.ts';
import type { Source } from '../../model/source.ts';
import type { Topic } from '../../model/topic.ts';
import { listCarried, listSaid, type SaidPost } from '../../store/alert-facts.ts';
import type { Database } from '../../store/db.ts';
import { listHealth } from '../../store/source-health.ts';
import { listSources, publishedSince } from '../../store/sources.ts';
import { type History, historyNow, isCollecting } from './history.ts';

const HOUR_MS = 3_600_000;
/** Of a day, or of an hour: more are not looked at one by one. */
export const MOST_POSTS = 200_000;
/** Longer silences are asked for the time of the last post. */
const UNUSUAL = 0.1;

/** Of an alert's topics those that are listened for. */
export function topicsOf(alert: Pick<Alert, 'topics'>, topics: readonly Topic[]): Topic[] {
  return topics.filter(
    ({ key, enabled }) => enabled && (alert.topics.length === 0 || alert.topics.includes(key)),
  );
}

export function seriesOf(
  topics: readonly TopicId[],
  said: readonly SaidPost[],
  history: History,
  of: { zone: string; covers: number; isCollecting: boolean },
): TopicSeries[] {
  const posts = new Map<TopicId, SeriesPost[]>(topics.map((topic) => [topic, []]));
  for (const post of said) posts.get(post.topicId)?.push(post);
  return [...posts].map(([topicId, own]) => ({
    topicId,
    isCollecting: of.isCollecting,
    reader: readSeries({
      topicId,
      hours: history.hoursOf(topicId),
      posts: own,
      zone: of.zone,
      covers: of.covers,
    }),
  }));
}

async function seriesNow(
  db: Database,
  alert: Alert,
  topics: readonly TopicId[],
  now: Date,
  covers: number,
): Promise<TopicSeries[]> {
  const history = await historyNow(db, topics, alert.zone, now);
  const said = await listSaid(db, topics, new Date(now.getTime() - covers), now, history.young, MOST_POSTS);
  const collecting = isCollecting(history.collected, now);
  return seriesOf(topics, said, history, { zone: alert.zone, covers, isCollecting: collecting });
}

function failingHours({ failures, lastError, lastSuccessAt }: Source, now: Date): number {
  if (failures === 0 || !lastError) return 0;
  const since = lastSuccessAt ?? lastError.at;
  return (now.getTime() - since.getTime()) / HOUR_MS;
}

async function sourcesNow(db: Database, now: Date): Promise<SourceFact[]> {
  const health = await listHealth(db);
  const sources = (await listSources(db)).filter(({ enabled, goneAt }) => enabled && !goneAt);
  const facts: SourceFact[] = [];
  for (const source of sources) {
    const silence = health.get(source.id)?.silence ?? 1;
    const since = new Date(now.getTime() - 90 * DAY_MS);
    const [last] = silence < UNUSUAL ? await publishedSince(db, source.id, since, 1) : [];
    facts.push({
      sourceId: source.id,
      key: source.key,
      silence,
      silentHours: last ? (now.getTime() - last.getTime()) / HOUR_MS : null,
      failingHours: failingHours(source, now),
    });
  }
  return facts;
}

/** What the alert is judged by now; mentions come by their own way. `isWhole`: with the last day, which changes slowly. */
export async function factsNow(
  db: Database,
  alert: Alert,
  needs: Exclude<keyof AlertFacts, 'mentions'>,
  topics: readonly TopicId[],
  now: Date,
  isWhole: boolean,
): Promise<AlertFacts[keyof AlertFacts]> {
  if (needs === 'series') return seriesNow(db, alert, topics, now, isWhole ? DAY_MS : HOUR_MS);
  if (needs === 'sources') return sourcesNow(db, now);
  return listCarried(db, topics, new Date(now.getTime() - CARRIER_HOURS * HOUR_MS), now, MOST_POSTS);
}
