import type { Config } from '../../config/schema.ts';
import type { CasePolicy } from '../act/cases/policy.ts';
import type { WorkCalendar } from '../lib/working-time.ts';
import { subscriptionsOf } from './subscriptions.ts';

function toCalendar({
  zone,
  weekdays,
  from,
  to,
  holidays,
  workdays,
}: Config['calendars'][string]): WorkCalendar {
  return { zone, weekdays, hours: { from, to }, holidays: new Set(holidays), workdays: new Set(workdays) };
}

/** The configuration's word on cases. */
export function casePolicyOf(config: Config, dashboardUrl: string): CasePolicy {
  const { cases, calendars } = config;
  const known = new Map(Object.entries(calendars).map(([key, calendar]) => [key, toCalendar(calendar)]));
  return {
    withinMs: cases.within,
    appendWithinMs: cases.append_within,
    reopenWithinMs: cases.reopen_within,
    due: cases.due,
    calendarOf: (topicKey) => known.get(cases.topic_calendars[topicKey] ?? cases.calendar ?? '') ?? null,
    warnBeforeMs: cases.warn_before,
    owner: cases.owner ?? null,
    escalateTo: cases.escalate_to,
    tellChangesTo: subscriptionsOf(config)
      .filter(({ events }) => events.includes('case.changed'))
      .map(({ key }) => key),
    dashboardUrl,
  };
}
