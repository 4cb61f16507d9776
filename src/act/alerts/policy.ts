import { addDays, instantOf, type LocalTime, localTime } from '../../lib/zone.ts';
import type { AlertPolicy, Finding, Incident } from '../../model/alert.ts';

const HOUR_MS = 3_600_000;

/** Nothing of it was seen for as long as its cool-down: what comes now is something else. */
export function isOver(
  { lastSeenAt, cooldownMs }: Pick<Incident, 'lastSeenAt' | 'cooldownMs'>,
  now: Date,
): boolean {
  return now.getTime() - lastSeenAt.getTime() >= cooldownMs;
}

/** What an incident is known by, for whoever holds a finding against it. */
export type Known = Pick<Incident, 'storyId' | 'lastSeenAt' | 'cooldownMs'> & {
  subjects: ReadonlySet<string>;
};

/** Does it belong to this incident? Two spikes of one topic are two when each is another story's. */
export function belongs(finding: Pick<Finding, 'subjects' | 'storyId'>, incident: Known, now: Date): boolean {
  if (isOver(incident, now)) return false;
  if (!finding.subjects.some((subject) => incident.subjects.has(subject))) return false;
  const isOfOther =
    finding.storyId !== null && incident.storyId !== null && finding.storyId !== incident.storyId;
  return !isOfOther || incident.subjects.has(`story:${finding.storyId}`);
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** The end of the quiet hours in which that moment lies; null outside them. `from` later than `to` goes over midnight. */
export function quietUntil(at: Date, quiet: AlertPolicy['quiet'], zone: string): Date | null {
  if (!quiet || quiet.from === quiet.to) return null;
  const local = localTime(at, zone);
  const [now, from, to] = [local.hour * 60 + local.minute, minutesOf(quiet.from), minutesOf(quiet.to)];
  const isQuiet = from < to ? now >= from && now < to : now >= from || now < to;
  if (!isQuiet) return null;
  const end: LocalTime = { ...local, hour: Math.floor(to / 60), minute: to % 60 };
  return instantOf(now < to ? end : { ...end, ...addDays(local, 1) }, zone);
}

export function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

/** When somebody may be told: at once, after quiet hours, or when the hour whose budget is used up is over. `told`: incidents he was told of in this hour. */
export function dueAt(
  at: Date,
  policy: Pick<AlertPolicy, 'quiet' | 'urgent' | 'per_hour'>,
  zone: string,
  told: number,
): Date {
  const quiet = policy.urgent ? null : quietUntil(at, policy.quiet, zone);
  if (quiet) return quiet;
  return told < policy.per_hour ? at : new Date(hourOf(at).getTime() + HOUR_MS);
}
