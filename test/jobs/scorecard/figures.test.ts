import { describe, expect, it } from 'vitest';
import { groupFigures, measure, weekFigures } from '../../../src/jobs/scorecard/figures.ts';
import { coveredShare, weigh } from '../../../src/jobs/scorecard/weigh.ts';
import type { Stratum } from '../../../src/model/scorecard.ts';
import { labelOf, tones } from './labels.ts';

const stratum = (documents: number, mentions = documents): Stratum => ({
  language: 'ru',
  sourceKind: 'forum',
  documents,
  mentions,
});

describe('weights', () => {
  it('are documents of the stratum by its labels, times mentions of the document', () => {
    const rows = [
      labelOf(0),
      labelOf(0, { mentions: 3 }),
      labelOf(0, { stratum: 1 }),
      // Another week's stratum of the same number is another one.
      labelOf(1, { stratum: 1 }),
    ];
    const strata = new Map([
      [0, [stratum(100), stratum(7)]],
      [1, [stratum(1), stratum(50)]],
    ]);
    expect(weigh(rows, strata).map(({ weight }) => weight)).toEqual([50, 150, 7, 50]);
  });

  it('say which share of the mentions they can speak for', () => {
    const strata = new Map([[0, [stratum(30, 60), stratum(20, 20)]]]);
    expect(coveredShare([labelOf(0)], strata)).toBe(0.75);
    expect(coveredShare([labelOf(0), labelOf(0, { stratum: 1 })], strata)).toBe(1);
    expect(coveredShare([], strata)).toBe(null);
  });
});

describe('figures', () => {
  it('of tone: worked by hand, with weights', () => {
    const rows = [
      labelOf(0, { ...tones('negative', 'negative'), weight: 4 }),
      labelOf(0, { ...tones('negative', 'neutral'), weight: 1 }),
      labelOf(0, { ...tones('neutral', 'neutral'), weight: 2 }),
      // The taggers were not sure: missed.
      labelOf(0, { ...tones('unsure', 'positive'), weight: 1 }),
      // The person could not tell: left out.
      labelOf(0, { ...tones('positive', 'unsure'), weight: 100 }),
    ];
    const { labels, classes, f1 } = measure('tone', rows);
    expect(labels).toBe(4);
    const [negative, neutral, positive] = classes;
    expect(negative!.precision!.value).toBeCloseTo(4 / 5, 12);
    expect(negative!.recall!.value).toBe(1);
    expect(neutral!.precision!.value).toBe(1);
    expect(neutral!.recall!.value).toBeCloseTo(2 / 3, 12);
    expect([positive!.precision, positive!.recall!.value]).toEqual([null, 0]);
    // (8/9 + 4/5 + 0) / 3
    expect(f1!.value).toBeCloseTo((8 / 9 + 4 / 5) / 3, 12);
  });

  it('of complaints count whoever could not tell the tone', () => {
    const rows = [
      labelOf(0, tones('negative', 'negative')),
      labelOf(0, tones('negative', 'neutral')),
      labelOf(0, { ...tones('neutral', 'unsure'), label: { tone: 'unsure', complaint: true } }),
    ];
    const { labels, classes, f1 } = measure('complaint', rows);
    expect(labels).toBe(3);
    expect(classes[0]).toMatchObject({
      said: 2,
      truths: 2,
      precision: { value: 0.5 },
      recall: { value: 0.5 },
    });
    expect(f1!.value).toBe(0.5);
  });

  it('stand apart by models, the newest first, and by languages', () => {
    const rows = [
      labelOf(0, tones('negative', 'neutral', 'old')),
      labelOf(1, { ...tones('negative', 'negative', 'new'), language: 'en' }),
      labelOf(2, tones('negative', 'negative', 'new')),
    ];
    const found = groupFigures(rows).filter((group) => group.measure === 'tone');
    expect(
      found.map(({ version, language, isNewest, labels, f1 }) => [
        version,
        language,
        isNewest,
        labels,
        f1!.value,
      ]),
    ).toEqual([
      ['new', null, true, 2, 1],
      ['new', 'en', true, 1, 1],
      ['new', 'ru', true, 1, 1],
      ['old', 'ru', false, 1, 0],
    ]);
    expect(found[0]).toMatchObject({ from: rows[1]!.from, to: rows[2]!.to });
  });

  it('are given of a kind of source only where it has 30 labels', () => {
    const some = (sourceKind: string, count: number) =>
      Array.from({ length: count }, () => labelOf(0, { sourceKind }));
    const kinds = groupFigures([...some('forum', 30), ...some('feed', 29)]).map(
      ({ sourceKind }) => sourceKind,
    );
    expect(kinds).toEqual([null, 'forum', null, 'forum']);
  });

  it('of each week say where the models changed', () => {
    const rows = [
      labelOf(0, tones('neutral', 'neutral', 'old')),
      labelOf(1, tones('neutral', 'neutral', 'old')),
      labelOf(3, tones('neutral', 'neutral', 'new')),
    ];
    const weeks = weekFigures(rows);
    expect(weeks.map(({ from, labels }) => [from, labels])).toEqual(rows.map(({ from }) => [from, 1]));
    expect(weeks.map(({ figures }) => figures.tone.isNew)).toEqual([false, false, true]);
    expect(weeks[0]!.figures.complaint.f1).toBe(null);
  });
});
