import type { RawFeed } from './feed-raw.ts';
import { childOf, childrenOf, childWord, wordOf } from './feed-value.ts';
import type { XmlNode } from './feed-xml.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PERIODS: Record<string, number> = {
  hourly: HOUR,
  daily: DAY,
  weekly: 7 * DAY,
  monthly: 30 * DAY,
  yearly: 365 * DAY,
};

function ttlMs(channel: XmlNode): number | undefined {
  const minutes = Number(childWord(channel, 'ttl'));
  return minutes > 0 ? minutes * MINUTE : undefined;
}

function periodMs(channel: XmlNode): number | undefined {
  const period = PERIODS[childWord(channel, 'sy:updateperiod')?.toLowerCase() ?? ''];
  const times = Number(childWord(channel, 'sy:updatefrequency') ?? 1);
  return period === undefined ? undefined : period / (times >= 1 ? times : 1);
}

function skippedHours(channel: XmlNode): number[] {
  const list = childOf(channel, 'skiphours');
  if (list === undefined) return [];
  const hours = childrenOf(list, 'hour').map((hour) => Number(wordOf(hour) ?? Number.NaN) % 24);
  return [...new Set(hours.filter((hour) => Number.isInteger(hour) && hour >= 0))];
}

/** How often the feed says it is worth asking: `ttl`, `sy:updatePeriod`, `skipHours` (GMT). */
export function readPace(channel: XmlNode): Pick<RawFeed, 'updateEveryMs' | 'skipHours'> {
  return { updateEveryMs: ttlMs(channel) ?? periodMs(channel), skipHours: skippedHours(channel) };
}
