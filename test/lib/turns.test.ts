import { expect, it } from 'vitest';
import { createTurns } from '../../src/lib/turns.ts';

function gate<Value>() {
  let open: (value: Value) => void = () => undefined;
  const passed = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

it('of those that wait for one key only the newest runs', async () => {
  const take = createTurns();
  const first = gate<string>();
  const begun: string[] = [];
  const ask = (name: string, result: Promise<string>) =>
    take('anna', () => {
      begun.push(name);
      return result;
    });
  const one = ask('one', first.passed);
  const two = ask('two', Promise.resolve('2'));
  const three = ask('three', Promise.resolve('3'));
  const refused = expect(two).rejects.toMatchObject({ code: 'superseded' });
  first.open('1');
  expect(await Promise.all([one, three])).toEqual(['1', '3']);
  await refused;
  expect(begun).toEqual(['one', 'three']);
});

it('keys do not wait for each other, and a failure ends its turn', async () => {
  const take = createTurns();
  const never = take('anna', () => new Promise(() => undefined));
  void never;
  await expect(take('boris', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await take('boris', async () => 'yes')).toBe('yes');
});
