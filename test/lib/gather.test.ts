import { describe, expect, it } from 'vitest';
import { gather } from '../../src/lib/gather.ts';

describe('gather', () => {
  it('asks once for what is asked for side by side, and anew for what is asked for later', async () => {
    const asked: number[][] = [];
    const squares = gather(async (keys: number[]) => {
      asked.push(keys);
      return keys.map((key) => [key, key * key]);
    });
    const [one, two] = await Promise.all([squares([1, 2]), squares([2, 3])]);
    expect(one).toEqual([
      [1, 1],
      [2, 4],
      [3, 9],
    ]);
    expect(two).toEqual(one);
    await squares([1]);
    expect(asked).toEqual([[1, 2, 3], [1]]);
  });

  it('asks for nothing when nothing is asked for', async () => {
    const squares = gather(async () => {
      throw new Error('asked');
    });
    expect(await squares([])).toEqual([]);
  });

  it('fails for all who asked, and is asked again', async () => {
    let fails = true;
    const echo = gather(async (keys: string[]) => {
      if (fails) throw new Error('no');
      return keys;
    });
    const both = await Promise.allSettled([echo(['a']), echo(['b'])]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await echo(['a'])).toEqual(['a']);
  });
});
