import { spike } from '../../src/act/alerts/kinds/spike.ts';
import { createLocalHours } from '../../src/act/alerts/local-hours.ts';
import { DAY_MS, readSeries, type SeriesPost } from '../../src/act/alerts/series.ts';
import type { TopicId } from '../../src/model/ids.ts';

const HOUR_MS = 3_600_000;
const ZONE = 'Europe/Moscow';
const TOPIC = 1 as TopicId;

export interface Setting {
  k: number;
  minimum: number;
}

/** Does it fire at that moment? */
export type Detector = (setting: Setting, at: number) => boolean;

function hourCounts(posts: readonly SeriesPost[], hourOf: (ms: number) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { said } of posts) {
    const hour = hourOf(said);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  return counts;
}

/** Ours, as it runs in the program. */
export function ours(posts: readonly SeriesPost[]): Detector {
  const local = createLocalHours(ZONE);
  const counts = hourCounts(posts, (ms) => local.at(ms).hour);
  const first = local.at(posts[0]?.said ?? 0).hour;
  const reader = readSeries({ topicId: TOPIC, hours: { counts, first }, posts, zone: ZONE, covers: DAY_MS });
  const series = [{ topicId: TOPIC, reader, isCollecting: true }];
  return ({ k, minimum }, at) =>
    spike.judge({ k, minimum, per: ['hour', 'day'], negative_share: null }, series, new Date(at)).length > 0;
}

/** Named alternative: the last hour against mean + kσ of the 24 hours before it. */
export function plain(posts: readonly SeriesPost[]): Detector {
  const times = posts.map(({ said }) => said);
  const upTo = (ms: number): number => {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] ?? 0) <= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const within = (from: number, to: number): number => upTo(to) - upTo(from);
  return ({ k, minimum }, at) => {
    let now = 0;
    for (let one = upTo(at) - 1; one >= 0 && (times[one] ?? 0) > at - HOUR_MS; one -= 1)
      if ((posts[one]?.found ?? 0) <= at) now += 1;
    if (now < minimum) return false;
    const hours = Array.from({ length: 24 }, (_, back) =>
      within(at - (back + 2) * HOUR_MS, at - (back + 1) * HOUR_MS),
    );
    const mean = hours.reduce((sum, n) => sum + n, 0) / hours.length;
    const sigma = Math.sqrt(hours.reduce((sum, n) => sum + (n - mean) ** 2, 0) / hours.length);
    return now > mean + k * sigma;
  };
}
