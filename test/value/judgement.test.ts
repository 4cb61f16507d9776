import { describe, expect, it } from 'vitest';
import { churnRisk } from '../../src/value/churn.ts';
import { toHistory } from '../../src/value/history.ts';
import { lifecycleOf, rhythmOf } from '../../src/value/lifecycle.ts';
import { rfmOf, toQuintiles, toRfmFacts } from '../../src/value/rfm.ts';
import { computeTier, type MoneyScale, type TierFacts } from '../../src/value/tier.ts';
import { bought, historyOf, NOW } from './facts.ts';

const NO_TROUBLE = { openCases: 0, negativePosts: 0, unanswered: 0 };
const NO_FORECAST = { alive: null, purchases: null, money: null };

describe('a history', () => {
  it('takes several purchases of a day for one, and what is paid back for none', () => {
    const history = toHistory(
      [bought(9), bought(9, { amount: 500 }), bought(5, { amount: -300 }), bought(3)],
      NOW,
    )!;
    expect(history.days).toHaveLength(2);
    expect(history.amounts).toEqual([1500, 1000]);
    expect(history.lastYear).toEqual({ bought: 2500, refunded: 300, refunds: 1 });
    expect(history.net).toBe(2200);
  });

  it('never adds currencies: the main one counts, the others only as purchases', () => {
    const history = toHistory([bought(9), bought(8), bought(7, { currency: 'USD', amount: 9e9 })], NOW)!;
    expect(history.currency).toBe('RUB');
    expect(history.net).toBe(2000);
    expect(history.days).toHaveLength(3);
  });

  it('leaves out what is dated later than now', () => {
    expect(toHistory([bought(-2)], NOW)).toBeNull();
  });
});

describe('RFM', () => {
  const scale = {
    recency: toQuintiles(Float64Array.from({ length: 100 }, (_, n) => -n)),
    frequency: toQuintiles(Float64Array.from({ length: 100 }, (_, n) => 1 + Math.floor(n / 20))),
    money: { RUB: toQuintiles(Float64Array.from({ length: 100 }, (_, n) => n * 100)) },
  };

  it('counts from the lowest fifth to the highest, the shortest silence highest', () => {
    expect(rfmOf(scale, { silentDays: 0, times: 5, net: 9900, currency: 'RUB' })).toEqual({
      recency: 5,
      frequency: 5,
      money: 5,
    });
    expect(rfmOf(scale, { silentDays: 99, times: 1, net: 0, currency: 'RUB' })).toEqual({
      recency: 1,
      frequency: 1,
      money: 1,
    });
    expect(rfmOf(scale, toRfmFacts(historyOf(50, 40, 30), 30))).toEqual({
      recency: 4,
      frequency: 3,
      money: 2,
    });
  });

  it('says nothing of a currency that nobody else has', () => {
    expect(rfmOf(scale, { silentDays: 0, times: 1, net: 1, currency: 'XAU' })).toBeNull();
  });
});

describe('the stage of a customer', () => {
  const stage = (...days: number[]) => lifecycleOf(historyOf(...days), 30, NOW).stage;

  it('follows his own rhythm, not the calendar', () => {
    expect(lifecycleOf(null, 30, NOW)).toEqual({ stage: 'prospect', rhythmDays: null, silentDays: null });
    expect(stage(10)).toBe('new');
    expect(stage(100, 70, 40, 10)).toBe('active');
    // A week's rhythm: 40 days are long. A year's: they are not.
    expect(stage(82, 75, 68, 61, 54, 47, 40)).toBe('cooling');
    expect(stage(110, 103, 96, 89, 82, 75, 68, 61)).toBe('sleeping');
    expect(stage(1140, 770, 400, 40)).toBe('active');
    expect(stage(500, 470, 440, 410)).toBe('lost');
  });

  it('knows who came back after a gap that was long for him', () => {
    expect(stage(700, 670, 640, 610, 5)).toBe('returned');
  });

  it('draws a rhythm of few intervals towards that of all', () => {
    expect(rhythmOf([], 30)).toBe(30);
    const [one, many] = [rhythmOf([7], 30), rhythmOf(new Array(20).fill(7), 30)];
    expect(one).toBeGreaterThan(many);
    expect(one).toBeLessThan(30);
    expect(many).toBeLessThan(9);
  });
});

describe('the risk of leaving', () => {
  const history = historyOf(100, 70, 40, 10);
  const steady = lifecycleOf(history, 30, NOW);
  const risk = (trouble = NO_TROUBLE, alive: number | null = null) =>
    churnRisk(history, steady, alive, trouble, NOW)!;

  it('is low and without reasons while all goes its way', () => {
    expect(risk()).toMatchObject({ reasons: [] });
    expect(risk().risk).toBeLessThan(0.2);
  });

  it('grows with each sign, and names it with its number', () => {
    const all = risk({ openCases: 1, negativePosts: 2, unanswered: 1 });
    expect(all.risk).toBeGreaterThan(risk({ ...NO_TROUBLE, openCases: 1 }).risk);
    expect(all.reasons.map(({ code, values }) => [code, values.n])).toEqual([
      ['negative-posts', 2],
      ['open-case', 1],
      ['unanswered', 1],
    ]);
  });

  it('takes the word of the model where there is one', () => {
    expect(risk(NO_TROUBLE, 0.2).risk).toBeCloseTo(0.8, 5);
    expect(risk(NO_TROUBLE, 0.2).reasons[0]).toMatchObject({
      code: 'unlikely-active',
      values: { percent: 20 },
    });
  });

  it('measures who bought once by others, and says so', () => {
    const once = historyOf(90);
    expect(churnRisk(once, lifecycleOf(once, 30, NOW), null, NO_TROUBLE, NOW)!.reasons).toEqual([
      { code: 'once', values: { days: 90, rhythm: 30 } },
    ]);
  });

  it('sees that purchases become fewer', () => {
    const falling = historyOf(350, 330, 310, 290, 270, 250, 12);
    const { reasons } = churnRisk(falling, lifecycleOf(falling, 30, NOW), null, NO_TROUBLE, NOW)!;
    expect(reasons).toContainEqual({ code: 'falling', values: { recent: 1, before: 6 } });
  });

  it('says nothing of who has never bought', () => {
    expect(churnRisk(null, lifecycleOf(null, 30, NOW), null, NO_TROUBLE, NOW)).toBeNull();
  });
});

describe('a tier', () => {
  const scale: MoneyScale = {
    expectedTop: 9000,
    realisedTop: 8000,
    expectedHalf: 3000,
    realisedHalf: 2000,
    purchase: 1000,
  };
  const facts = (changes: Partial<TierFacts>): TierFacts => {
    const history = changes.history === undefined ? historyOf(40, 30) : changes.history;
    const lifecycle = lifecycleOf(history, 30, NOW);
    return {
      history,
      lifecycle,
      forecast: NO_FORECAST,
      items: 3,
      topItems: 4,
      services: 0,
      scale,
      now: NOW,
      ...changes,
    };
  };

  it('is MVC for the top tenth by what was or will be brought', () => {
    const spent = historyOf(80, 70, 60, 50, 40, 30, 20, 10);
    expect(computeTier(facts({ history: spent }))).toEqual({
      tier: 'MVC',
      reasons: [{ code: 'realised-top', values: { percent: 10, amount: 8000, currency: 'RUB' } }],
    });
    const expected = { ...NO_FORECAST, money: { value: 9500, low: 8000, high: 11_000 } };
    expect(computeTier(facts({ forecast: expected })).reasons[0]).toMatchObject({ code: 'expected-top' });
  });

  it('is MGC for who buys more and more, or fewer kinds of things than the best', () => {
    const growing = historyOf(300, 120, 90, 60, 30);
    expect(computeTier(facts({ history: growing }))).toEqual({
      tier: 'MGC',
      reasons: [{ code: 'growing', values: { recent: 4, before: 1 } }],
    });
    expect(computeTier(facts({ items: 1 })).reasons).toEqual([
      { code: 'few-items', values: { items: 1, typical: 4 } },
    ]);
  });

  it('is BZC for who costs more than he brings, and needs more than one return to say so', () => {
    const sentBack = (times: number) =>
      toHistory(
        [bought(50), ...Array.from({ length: times }, (_, n) => bought(40 - n, { amount: -600 }))],
        NOW,
      );
    expect(computeTier(facts({ history: sentBack(2) }))).toMatchObject({
      tier: 'BZC',
      reasons: [{ code: 'refunds', values: { n: 2, amount: 1200 } }],
    });
    expect(computeTier(facts({ history: sentBack(1) })).tier).toBeNull();
    expect(computeTier(facts({ history: historyOf(40), services: 5 }))).toMatchObject({
      tier: 'BZC',
      reasons: [{ code: 'service', values: { n: 5 } }],
    });
  });

  it('is none where nothing stands out, or nothing was bought', () => {
    expect(computeTier(facts({}))).toEqual({ tier: null, reasons: [] });
    expect(computeTier(facts({ history: null }))).toEqual({ tier: null, reasons: [] });
  });
});
