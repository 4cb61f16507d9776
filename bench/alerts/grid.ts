import type { SeriesPost } from '../../src/act/alerts/series.ts';
import { printTable, quantile, type Row } from '../report.ts';
import { type Detector, ours, plain, type Setting } from './detectors.ts';
import { burst, quietTalk } from './simulated-talk.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const HISTORY_DAYS = 58;
const QUIET_DAYS = 60;
const COOLDOWN_MS = 12 * HOUR_MS;
const VOLUMES = [5, 30, 200, 1000, 5000];
const KS = [3, 4, 5, 6, 8];
const MINIMUMS = [5, 10, 15, 20];
const SEEDS = [1, 2, 3];

const DETECTORS: Record<string, (posts: readonly SeriesPost[]) => Detector> = { ours, plain };

/** Minutes at which somebody would look: those in which something was found. */
function looks(posts: readonly SeriesPost[], from: number, to: number): number[] {
  const minutes = new Set(posts.map(({ found }) => Math.ceil(found / MINUTE_MS) * MINUTE_MS));
  return [...minutes].filter((at) => at >= from && at < to).sort((a, b) => a - b);
}

/** Messages in the quiet time: what fires within the cool-down of the last is no message. */
function falseAlerts(detect: Detector, setting: Setting, moments: readonly number[]): number {
  let [count, last] = [0, Number.NEGATIVE_INFINITY];
  for (const at of moments) {
    if (at - last < COOLDOWN_MS) continue;
    if (!detect(setting, at)) continue;
    count += 1;
    last = at;
  }
  return count;
}

/** False alerts in 60 quiet days, of three such times together. */
function quietRows(name: string): Row[] {
  const rows = new Map<string, Row>();
  for (const volume of VOLUMES) {
    for (const seed of SEEDS) {
      const { posts, from, to } = quietTalk(volume, HISTORY_DAYS + QUIET_DAYS, seed * 100 + volume);
      const detect = DETECTORS[name]?.(posts) as Detector;
      const moments = looks(posts, from + HISTORY_DAYS * DAY_MS, to);
      for (const minimum of MINIMUMS)
        for (const k of KS) {
          const key = `${name} k ${k} minimum ${minimum}`;
          const row = rows.get(key) ?? { detector: name, k, minimum };
          const column = `${volume} a day`;
          row[column] = Number(row[column] ?? 0) + falseAlerts(detect, { k, minimum }, moments);
          rows.set(key, row);
        }
    }
  }
  return [...rows.values()];
}

/** Times the usual rate, in posts an hour more: at least what the smallest brand would call a crisis. */
const SIZES = [
  { name: '30 posts an hour', perHour: () => 30 },
  { name: '5 × the usual', perHour: (usual: number) => usual * 5 },
  { name: '20 × the usual', perHour: (usual: number) => usual * 20 },
  { name: '200 posts an hour', perHour: () => 200 },
];
const STARTS = 12;
const WATCHED_MS = 3 * HOUR_MS;

/** Minutes from the first post of a spike until it is noticed, of twelve spikes at any hour. `withinMs`: how late posts are found. */
function delays(
  name: string,
  volume: number,
  perHour: number,
  setting: Setting,
  withinMs: number,
): { minutes: number; missed: number } {
  const { posts, from } = quietTalk(volume, HISTORY_DAYS + 8, volume + 7, withinMs);
  const found: number[] = [];
  for (let one = 0; one < STARTS; one += 1) {
    const start = from + HISTORY_DAYS * DAY_MS + one * 7.3 * HOUR_MS;
    const more = burst(start, WATCHED_MS, Math.round(perHour * 3), one + 1, withinMs);
    const known = [...posts.filter(({ said }) => said < start + WATCHED_MS), ...more].sort(
      (a, b) => a.said - b.said,
    );
    const detect = DETECTORS[name]?.(known) as Detector;
    const first = looks(known, start, start + WATCHED_MS).find((at) => detect(setting, at));
    found.push(first === undefined ? Number.POSITIVE_INFINITY : (first - start) / MINUTE_MS);
  }
  const noticed = found.filter(Number.isFinite);
  return { minutes: quantile(noticed, 0.5), missed: found.length - noticed.length };
}

function delayRows(setting: Setting): Row[] {
  return Object.keys(DETECTORS).flatMap((name) =>
    SIZES.flatMap(({ name: size, perHour }) => {
      const row: Row = { detector: name, spike: size };
      for (const volume of VOLUMES) {
        const more = perHour(volume / 24);
        const { minutes, missed } = delays(name, volume, more, setting, 0);
        row[`${volume} a day`] =
          missed === STARTS ? '—' : `${Math.round(minutes)}${missed > 0 ? ` (${missed} missed)` : ''}`;
      }
      return [row];
    }),
  );
}

export function benchGrid(chosen: Setting): void {
  console.log(
    `False alerts in ${QUIET_DAYS} quiet days, ${SEEDS.length} such times together. Simulated: rhythm of hours and weekdays; days that differ (σ 0.15 of the logarithm), hours that differ (gamma, shape 10), answers that draw answers (0.25 a post, within 30 minutes); found up to 15 minutes later.`,
  );
  for (const name of Object.keys(DETECTORS)) {
    printTable(quietRows(name));
    console.log();
  }
  benchDelays(chosen);
}

function benchDelays(chosen: Setting): void {
  console.log(
    `Minutes until a spike is noticed, from its first post (k ${chosen.k}, minimum ${chosen.minimum}; posts found at once; median of ${STARTS} spikes at any hour)`,
  );
  printTable(delayRows(chosen));
}
