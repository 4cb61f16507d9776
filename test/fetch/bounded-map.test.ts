import { describe, expect, test } from 'vitest';
import { BoundedMap } from '../../src/fetch/bounded-map.ts';

describe('a bounded map', () => {
  test('forgets what was used longest ago', () => {
    const map = new BoundedMap<string, number>(2);
    for (const key of ['a', 'b']) map.set(key, 1);
    map.get('a');
    map.set('c', 1);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, undefined, 1]);
  });

  test('forgets more when entries are heavy, but never the last one', () => {
    const map = new BoundedMap<string, number>(100, { most: 10, of: (weight) => weight });
    for (const [key, weight] of Object.entries({ a: 3, b: 3, c: 4, d: 4 })) map.set(key, weight);
    expect(map.size).toBe(2);
    map.set('d', 1);
    map.set('e', 5);
    expect(['c', 'd', 'e'].map((key) => map.get(key))).toEqual([4, 1, 5]);
    map.set('huge', 99);
    expect([map.size, map.get('huge')]).toEqual([1, 99]);
  });
});
