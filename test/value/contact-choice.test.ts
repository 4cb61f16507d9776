import { describe, expect, it } from 'vitest';
import type { Consent } from '../../src/model/customer.ts';
import { consentOf, hasRefusedOffers, isRefused, mayOffer } from '../../src/value/consent.ts';
import { type ContactFact, preferredContact } from '../../src/value/contact-choice.ts';
import { bought, daysAgo } from './facts.ts';

function contact(channel: string, answered: boolean | null, changes: Partial<ContactFact> = {}): ContactFact {
  return { at: daysAgo(1), kind: 'message', channel, direction: 'out', answered, ...changes };
}

function consent(
  channel: string,
  state: Consent['state'],
  days: number,
  purpose: Consent['purpose'] = 'marketing',
) {
  return { channel, purpose, state, at: daysAgo(days) };
}

const many = (n: number, one: ContactFact): ContactFact[] => new Array<ContactFact>(n).fill(one);
const at = (hour: number): Date => new Date(`2026-11-10T${String(hour).padStart(2, '0')}:30:00Z`);
const choose = (facts: Partial<Parameters<typeof preferredContact>[0]>, zone = 'UTC') =>
  preferredContact({ contacts: [], consents: [], purchases: [], ...facts }, zone);

describe('the preferred channel', () => {
  it('is where the customer answers, not where we write most', () => {
    const contacts = [
      ...many(40, contact('email', false)),
      ...many(5, contact('email', true)),
      ...many(4, contact('telegram', true)),
    ];
    expect(choose({ contacts })).toMatchObject({ channel: 'telegram', basis: 'answered', times: 4, of: 4 });
  });

  it('counts what the customer began, and leaves out what nobody knows the answer to', () => {
    const contacts = [
      ...many(3, contact('phone', null, { direction: 'in' })),
      ...many(9, contact('email', null)),
    ];
    expect(choose({ contacts })).toMatchObject({ channel: 'phone', times: 3, of: 3 });
  });

  it('is not told from too little', () => {
    expect(choose({ contacts: many(2, contact('phone', true)) })).toBeNull();
    expect(choose({ purchases: [bought(1, { channel: 'web' })] })).toBeNull();
  });

  it('falls back to where he buys, and says so', () => {
    const purchases = [1, 2, 3].map((days) => bought(days, { channel: 'web' }));
    expect(choose({ purchases })).toEqual({
      channel: 'web',
      basis: 'purchases',
      times: 3,
      of: 3,
      hour: null,
    });
  });

  it.each(['withdrawn', 'objected'] as const)('is never one whose newest consent is %s', (state) => {
    const contacts = [...many(9, contact('Phone', true)), ...many(3, contact('email', true))];
    const refused = [consent('phone', 'given', 30), consent('phone', state, 2)];
    expect(choose({ contacts, consents: refused })).toMatchObject({ channel: 'email' });
    expect(choose({ contacts, consents: [consent('any', state, 2)] })).toBeNull();
    expect(
      choose({
        contacts,
        consents: refused.map((one) => ({ ...one, at: daysAgo(state === one.state ? 40 : 1) })),
      }),
    ).toMatchObject({ channel: 'Phone' });
  });
});

describe('the preferred hour', () => {
  it('is read in the zone asked for, round midnight too', () => {
    const contacts = [22, 23, 23, 0, 12].map((hour) => contact('phone', true, { at: at(hour) }));
    expect(choose({ contacts })?.hour).toEqual({ hour: 23, times: 4, of: 5 });
    expect(choose({ contacts }, 'Europe/Moscow')?.hour).toEqual({ hour: 2, times: 4, of: 5 });
  });

  it('is left open when answers come at any hour, or are few', () => {
    const spread = [1, 5, 9, 13, 17, 21].map((hour) => contact('phone', true, { at: at(hour) }));
    expect(choose({ contacts: spread })?.hour).toBeNull();
    expect(choose({ contacts: spread.slice(0, 4) })?.hour).toBeNull();
  });
});

describe('consents', () => {
  it('are told by the newest word on the channel or on any', () => {
    const consents = [consent('any', 'objected', 9), consent('email', 'given', 3)];
    expect(consentOf(consents, 'Email', 'marketing')).toBe('given');
    expect(consentOf(consents, 'phone', 'marketing')).toBe('objected');
    expect(consentOf(consents, 'email', 'research')).toBeNull();
    expect([mayOffer(consents, 'email'), mayOffer(consents, 'phone'), isRefused(consents, 'phone')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(hasRefusedOffers(consents)).toBe(true);
  });

  it('count a refusal of the same moment, and not what is no talk with the customer', () => {
    expect(
      consentOf([consent('email', 'given', 1), consent('any', 'withdrawn', 1)], 'email', 'marketing'),
    ).toBe('withdrawn');
    expect(isRefused([consent('any', 'objected', 1, 'matching')], 'email')).toBe(false);
    expect(mayOffer([], 'email')).toBe(false);
  });
});
