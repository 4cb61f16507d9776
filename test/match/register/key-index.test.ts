import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyIndex } from '../../../src/match/register/key-index.ts';

describe('an index of keys', () => {
  it('finds as a map of lists does, after any adding and removing', () => {
    const step = fc.record({
      isAdded: fc.boolean(),
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      row: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const index = new KeyIndex([1, 2]);
        const rows = new Map<string, number[]>();
        for (const { isAdded, key, row } of steps) {
          const known = rows.get(key) ?? [];
          // Rows are added once and taken out when they are in.
          if (isAdded === known.includes(row)) continue;
          if (isAdded) index.add(key, row);
          else index.remove(key, row);
          rows.set(key, isAdded ? [...known, row] : known.filter((one) => one !== row));
        }
        for (const [key, known] of rows) {
          const found = index.look(key, 100);
          expect(found?.count ?? 0).toBe(known.length);
          expect([...(found?.rows ?? [])].sort()).toEqual([...known].sort());
        }
      }),
    );
  });

  it('holds many keys, counts terms without rows, and gives no rows of what too many have', () => {
    const index = new KeyIndex([3, 4]);
    for (let row = 0; row < 20_000; row += 1) {
      index.add(`own:${row}`, row);
      index.add('all', row);
      index.add('#term', null);
    }
    for (let row = 0; row < 20_000; row += 777)
      expect(index.look(`own:${row}`, 10)).toEqual({ count: 1, rows: [row] });
    expect(index.look('all', 300)).toEqual({ count: 20_000, rows: [] });
    expect(index.look('#term', 300_000)).toEqual({ count: 20_000, rows: [] });
    expect(index.look('nobody', 300)).toBeNull();
  });
});
