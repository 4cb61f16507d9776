import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPoints } from '../../training/operating-points.ts';

const judged = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
  minLength: 1,
  maxLength: 60,
});

describe('operating points', () => {
  it('part what is right from what is not where that can be done', () => {
    const { label, alert, review } = findPoints([0.9, 0.8, 0.7, 0.3, 0.2], [true, true, true, false, false]);
    for (const point of [label, alert, review]) {
      expect(point).toBeGreaterThan(0.3);
      expect(point).toBeLessThan(0.7);
    }
  });

  it('alert above what is shown, and show above what is reviewed', () => {
    fc.assert(
      fc.property(judged, (rows) => {
        const points = findPoints(
          rows.map(([probability]) => probability),
          rows.map(([, isRight]) => isRight),
        );
        expect(points.alert).toBeGreaterThanOrEqual(points.label);
        expect(points.label).toBeGreaterThanOrEqual(points.review);
      }),
    );
  });

  it('leave few of what is right unreviewed', () => {
    fc.assert(
      fc.property(judged, (rows) => {
        const { review } = findPoints(
          rows.map(([probability]) => probability),
          rows.map(([, isRight]) => isRight),
        );
        const right = rows.filter(([, isRight]) => isRight);
        const seen = right.filter(([probability]) => probability >= review);
        expect(seen.length).toBeGreaterThanOrEqual(Math.floor(0.9 * right.length));
      }),
    );
  });
});
