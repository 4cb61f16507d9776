import { addDays, dateKey, type LocalDate, localTime, midnight } from '../../lib/zone.ts';
import type { Language } from '../../model/user.ts';
import type { Db } from '../../store/db.ts';
import { countWindows, topicFacts } from '../../store/digest-facts.ts';
import { busyPlaces, caseWork } from '../../store/report-facts.ts';
import { collectNews, type TalkOf } from '../digest/collect-news.ts';
import { collectStories } from '../digest/collect-stories.ts';
import { collectTopics } from '../digest/collect-topics.ts';
import type { ReportFacts, ReportStep } from './facts.ts';

/** What a report is about. `from` and `to` are beginnings of local days. */
export interface ReportWish {
  topics: string[] | null;
  from: Date;
  to: Date;
  language: Language;
  zone: string;
}

export interface ReportEdges {
  dashboardUrl: string;
  talkOf: TalkOf;
}

const MOST_STEPS = 40;
const MOST_PLACES = 8;

/** Days, or as many weeks as are not too many bars. */
function stepsOf({ from, to, zone }: ReportWish): {
  days: number;
  windows: (LocalDate & { from: Date; to: Date })[];
} {
  const total = Math.round((to.getTime() - from.getTime()) / 86_400_000);
  const days = total <= MOST_STEPS ? 1 : 7 * Math.ceil(total / 7 / MOST_STEPS);
  const windows = [];
  for (let day: LocalDate = localTime(from, zone); midnight(day, zone) < to; day = addDays(day, days)) {
    const end = midnight(addDays(day, days), zone);
    windows.push({ ...day, from: midnight(day, zone), to: end < to ? end : to });
  }
  return { days, windows };
}

async function collectSteps(
  db: Db,
  topics: string[] | null,
  windows: ReturnType<typeof stepsOf>['windows'],
): Promise<ReportStep[]> {
  const counts = await countWindows(db, topics, windows);
  return windows.map((window, place) => {
    const own = counts.filter((row) => row.place === place);
    const sum = (what: 'total' | 'negative') => own.reduce((all, row) => all + row[what], 0);
    return { day: dateKey(window), total: sum('total'), negative: sum('negative') };
  });
}

/** Reads what a report says of its time. Names of customers are no part of it. */
export async function collectReport(
  db: Db,
  wish: ReportWish,
  { dashboardUrl, talkOf }: ReportEdges,
): Promise<ReportFacts> {
  const { topics, from, to, language, zone } = wish;
  const period = { from, to };
  const facts = await topicFacts(db, topics, from, to);
  const totals = new Map(facts.map(({ key, total }) => [key, total]));
  const { days, windows } = stepsOf(wish);
  return {
    version: 1,
    language,
    zone,
    first: dateKey(localTime(from, zone)),
    last: dateKey(addDays(localTime(to, zone), -1)),
    topics: await collectTopics(db, facts, { period, zone, linksOf: () => null, most: 0 }),
    steps: await collectSteps(
      db,
      facts.map(({ key }) => key),
      windows,
    ),
    stepDays: days,
    stories: await collectStories(db, topics, period, dashboardUrl),
    news: await collectNews(db, { zone }, period, dashboardUrl, { totals, talkOf }),
    places: await busyPlaces(db, topics, from, to, MOST_PLACES),
    cases: await caseWork(db, topics, from, to),
  };
}
