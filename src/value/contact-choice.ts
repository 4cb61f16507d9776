import { wilsonInterval } from '../lib/wilson.ts';
import { localTime } from '../lib/zone.ts';
import type { Contact } from '../model/customer.ts';
import type { PreferredContact } from '../model/value.ts';
import { type ConsentFact, isRefused } from './consent.ts';
import type { PurchaseFact } from './history.ts';

export type ContactFact = Pick<Contact, 'at' | 'kind' | 'channel' | 'direction' | 'answered'>;

/** Fewer contacts, or purchases, say nothing. */
const LEAST_CONTACTS = 3;
const LEAST_PURCHASES = 3;
const LEAST_HOURS = 5;
/** Of the contacts with a known hour so many fall into the best three hours, or no hour stands out. */
const LEAST_SHARE = 0.4;
const DAY = 24;

/** The customer began it, or answered when we did. */
function isAnswered({ direction, answered }: ContactFact): boolean {
  return direction === 'in' || answered === true;
}

interface Tally {
  channel: string;
  answered: ContactFact[];
  tried: number;
}

/** Those of ours of which nobody knows whether they were answered tell nothing. */
function tally(contacts: readonly ContactFact[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const contact of contacts) {
    if (contact.direction === 'out' && contact.answered === null) continue;
    const key = contact.channel.trim().toLowerCase();
    const known = tallies.get(key) ?? { channel: contact.channel.trim(), answered: [], tried: 0 };
    tallies.set(key, known);
    known.tried += 1;
    if (isAnswered(contact)) known.answered.push(contact);
  }
  return [...tallies.values()];
}

/** By how surely the customer answers there, so that three of three do not beat forty of fifty by chance. */
function byAnswers(contacts: readonly ContactFact[], consents: readonly ConsentFact[]): Tally | null {
  const open = tally(contacts).filter(
    ({ channel, answered }) => answered.length >= LEAST_CONTACTS && !isRefused(consents, channel),
  );
  const sure = ({ answered, tried }: Tally): number => wilsonInterval(answered.length, tried).low;
  return open.sort((a, b) => sure(b) - sure(a) || (a.channel < b.channel ? -1 : 1))[0] ?? null;
}

/** The middle of the three hours of the day, round the clock, with most answers. */
function bestHour(contacts: readonly ContactFact[], zone: string): PreferredContact['hour'] {
  if (contacts.length < LEAST_HOURS) return null;
  const hours = new Array<number>(DAY).fill(0);
  for (const { at } of contacts) {
    const { hour } = localTime(at, zone);
    hours[hour] = (hours[hour] as number) + 1;
  }
  const around = (hour: number): number =>
    [hour + DAY - 1, hour, hour + 1].reduce((sum, one) => sum + (hours[one % DAY] as number), 0);
  // Of equal ones the hour that has most itself.
  const [best] = hours
    .map((own, hour) => ({ hour, times: around(hour), own }))
    .sort((a, b) => b.times - a.times || b.own - a.own || a.hour - b.hour);
  if (!best || best.times < LEAST_SHARE * contacts.length) return null;
  return { hour: best.hour, times: best.times, of: contacts.length };
}

function byPurchases(
  purchases: readonly PurchaseFact[],
  consents: readonly ConsentFact[],
): PreferredContact | null {
  const counts = new Map<string, number>();
  const told = purchases.filter(({ channel, amount }) => channel && amount > 0);
  for (const { channel } of told) counts.set(channel as string, (counts.get(channel as string) ?? 0) + 1);
  const open = [...counts].filter(([channel]) => !isRefused(consents, channel));
  const [most] = open.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!most || most[1] < LEAST_PURCHASES) return null;
  return { channel: most[0], basis: 'purchases', times: most[1], of: told.length, hour: null };
}

/**
 * Where and at which hour (of `zone`) a customer answers; where he buys is weaker evidence, used only when contacts tell nothing. A channel that he
 * has refused is never named. null: too little is known.
 */
export function preferredContact(
  facts: {
    contacts: readonly ContactFact[];
    consents: readonly ConsentFact[];
    purchases: readonly PurchaseFact[];
  },
  zone: string,
): PreferredContact | null {
  const best = byAnswers(facts.contacts, facts.consents);
  if (!best) return byPurchases(facts.purchases, facts.consents);
  const { channel, answered, tried } = best;
  return { channel, basis: 'answered', times: answered.length, of: tried, hour: bestHour(answered, zone) };
}
