import { expect, it } from 'vitest';
import { nextSteps, type StepFacts } from '../../src/value/next-steps.ts';
import { daysAgo } from './facts.ts';

const tea = { item: 'чашка', because: 'чай', customers: 40, of: 60 };
const telegram = {
  channel: 'telegram',
  basis: 'answered',
  times: 4,
  of: 5,
  hour: { hour: 19, times: 4, of: 4 },
} as const;
const agreed = { channel: 'telegram', purpose: 'marketing', state: 'given', at: daysAgo(9) } as const;

function steps(changes: Partial<StepFacts>): string[] {
  const facts: StepFacts = {
    cases: [],
    waiting: null,
    negativePosts: 0,
    tier: null,
    lifecycle: { stage: 'active', rhythmDays: 30, silentDays: 10 },
    churn: null,
    contact: telegram,
    consents: [agreed],
    suggestions: [tea],
    ...changes,
  };
  return nextSteps(facts).map(({ code }) => code);
}

it('offers something where the customer answers and has agreed to offers', () => {
  expect(steps({})).toEqual(['write-by', 'offer']);
});

it('puts right first, the soonest due at the top, and offers nothing meanwhile', () => {
  const cases = [
    { id: 1, dueAt: daysAgo(-2), reason: 'delivery' },
    { id: 2, dueAt: daysAgo(1), reason: 'price' },
  ];
  const told = nextSteps({
    cases,
    waiting: { at: daysAgo(3), channel: 'phone' },
    negativePosts: 3,
    tier: 'MVC',
    lifecycle: { stage: 'cooling', rhythmDays: 10, silentDays: 30 },
    churn: { risk: 0.8, reasons: [] },
    contact: telegram,
    consents: [agreed],
    suggestions: [tea],
  });
  expect(
    told.map(({ code, values }) => [code, values.id ?? values.n ?? values.channel ?? values.percent]),
  ).toEqual([
    ['answer-case', 2],
    ['answer-case', 1],
    ['answer-contact', 'phone'],
    ['answer-posts', 1],
    ['look-after', 80],
  ]);
});

it('asks for consent where none was given, and not who has refused', () => {
  expect(steps({ consents: [] })).toEqual(['write-by', 'ask-consent']);
  expect(steps({ consents: [{ ...agreed, state: 'objected' }] })).toEqual([]);
  expect(steps({ consents: [{ ...agreed, channel: 'email', state: 'withdrawn' }] })).toEqual(['write-by']);
});

it('offers only where it was agreed to, and names that channel', () => {
  const step = (changes: Partial<StepFacts>) =>
    nextSteps({
      cases: [],
      waiting: null,
      negativePosts: 0,
      tier: null,
      lifecycle: { stage: 'active', rhythmDays: 30, silentDays: 10 },
      churn: null,
      contact: null,
      consents: [{ ...agreed, channel: 'email' }],
      suggestions: [tea],
      ...changes,
    }).find(({ code }) => code === 'offer')?.values.channel;
  expect(step({})).toBe('email');
  expect(step({ contact: telegram })).toBe('email');
  expect(step({ consents: [{ ...agreed, channel: 'any' }] })).toBe('');
  expect(
    step({ consents: [agreed, { ...agreed, state: 'withdrawn', channel: 'any', at: daysAgo(1) }] }),
  ).toBeUndefined();
});

it('writes to nobody by a channel that is only where he buys', () => {
  expect(
    steps({ contact: { channel: 'web', basis: 'purchases', times: 5, of: 5, hour: null }, consents: [] }),
  ).toEqual(['ask-consent']);
});

it('calls back who has been silent for long, and says for how long', () => {
  expect(steps({ lifecycle: { stage: 'sleeping', rhythmDays: 10, silentDays: 50 } })[0]).toBe('win-back');
});
