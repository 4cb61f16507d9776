import { addWorkingTime, type WorkCalendar } from '../../lib/working-time.ts';
import type { Severity } from '../../model/case.ts';
import type { Tier } from '../../model/customer.ts';

/** Milliseconds to answer, of working time where there is a calendar. */
export type DueTimes = Record<Tier | 'none', Record<Severity, number>>;

export interface CasePolicy {
  /** Milliseconds; complaints that were published longer ago open no case. */
  withinMs: number;
  /** What an author says of a topic so long after his last post of it belongs to the same case. */
  appendWithinMs: number;
  /** A case that was answered or closed so long ago at most is opened again. */
  reopenWithinMs: number;
  due: DueTimes;
  /** When the team that answers for this topic works; null: around the clock. */
  calendarOf(topicKey: string): WorkCalendar | null;
  /** So long before a case is late its owner is told. */
  warnBeforeMs: number;
  /** E-mails of users: who gets cases that nobody else owns; null: nobody. */
  owner: string | null;
  /** E-mails of users who are told when a case is late, or will be and has no owner. */
  escalateTo: readonly string[];
  /** Keys of the endpoints that are told of what people make of a case, if they know it. */
  tellChangesTo: readonly string[];
  /** Address of the dashboard, without a slash at its end. */
  dashboardUrl: string;
}

/** By when the customer has a right to an answer, counted from `start`. */
export function dueAt(
  { due, calendarOf }: Pick<CasePolicy, 'due' | 'calendarOf'>,
  { topicKey, tier, severity }: { topicKey: string; tier: Tier | null; severity: Severity },
  start: Date,
): Date {
  const ms = due[tier ?? 'none'][severity];
  const calendar = calendarOf(topicKey);
  return calendar ? addWorkingTime(start, ms, calendar) : new Date(start.getTime() + ms);
}
