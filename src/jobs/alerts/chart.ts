import { dispersionOf, usualOf } from '../../act/alerts/baseline.ts';
import { spike, thresholdOf } from '../../act/alerts/kinds/spike.ts';
import { createLocalHours } from '../../act/alerts/local-hours.ts';
import { momentsOf } from '../../act/alerts/series.ts';
import type { Alert } from '../../model/alert.ts';
import type { Topic } from '../../model/topic.ts';
import type { JobDeps } from '../deps.ts';
import { HISTORY_MS, readHistory } from './history.ts';

/** An hour of a topic: how many posts, how many are usual, and from how many on it is a spike. */
export interface ChartHour {
  at: Date;
  count: number;
  usual: number;
  least: number;
}

const HOUR_MS = 3_600_000;
const SHOWN_HOURS = 14 * 24;

/** The last fourteen days of a topic, by hours, as the alert sees them. */
export async function topicSeries(
  { db, clock }: Pick<JobDeps, 'db' | 'clock'>,
  { settings, kind, zone }: Pick<Alert, 'settings' | 'kind' | 'zone'>,
  topic: Pick<Topic, 'id'>,
): Promise<ChartHour[]> {
  const to = Math.floor(clock.now().getTime() / HOUR_MS) * HOUR_MS;
  const from = new Date(to - HISTORY_MS - SHOWN_HOURS * HOUR_MS);
  const history = (await readHistory(db, [topic.id], zone, from, new Date(to))).hoursOf(topic.id);
  const wanted = spike.settings.parse(kind === spike.kind ? settings : {});
  const local = createLocalHours(zone);
  const dispersion = dispersionOf(history, local.at(to).hour);
  return Array.from({ length: SHOWN_HOURS }, (_, place) => {
    const at = to - (SHOWN_HOURS - place) * HOUR_MS;
    const { hour } = local.at(at);
    const usual = usualOf(history, hour, dispersion);
    const span = { ...momentsOf(usual.centre, usual.spread ** 2), kind: usual.kind };
    return {
      at: new Date(at),
      count: history.counts.get(hour) ?? 0,
      usual: usual.centre,
      least: thresholdOf(span, wanted),
    };
  });
}
