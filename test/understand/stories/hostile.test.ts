import { expect, test } from 'vitest';
import { createMemoryStories } from '../../../src/understand/stories/memory-stories.ts';

const WORDS =
  'сегодня вчера очень магазин чайник доставка курьер вернуть деньги ответ вопрос цена скидка коробка'.split(
    ' ',
  );

function longText(words: number, seed: number): string {
  let state = seed;
  return Array.from({ length: words }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return `${WORDS[state % WORDS.length]}${state % 97}`;
  }).join(' ');
}

/** Four times what one post may take: it catches what hangs. */
const LIMIT_MS = 200;

test.each([
  ['an empty text', ''],
  ['a hundred thousand letters', 'а'.repeat(100_000)],
  ['a hundred thousand times one word', 'чайник '.repeat(100_000)],
  ['only emoji', '🔥😡👍🏽❤️‍🔥'.repeat(10_000)],
  ['lone surrogates', '\ud800 \udc00а '.repeat(20_000)],
  ['marks without letters', '\u0301'.repeat(100_000)],
  ['both scripts in each word', 'aаbбcсdдeе '.repeat(10_000)],
  ['a megabyte of words', longText(120_000, 1)],
  ['a megabyte of invisible signs', '\u200b'.repeat(1_000_000)],
  ['a megabyte of digits', '1234567890'.repeat(100_000)],
])('%s does not hold the others up, nor does its copy', (_what, text) => {
  const stories = createMemoryStories();
  stories.add(0, longText(100, 5));
  const limit = text.length >= 500_000 ? 4000 : LIMIT_MS;
  for (const id of [1, 2]) {
    const started = performance.now();
    stories.add(id, text);
    expect(performance.now() - started).toBeLessThan(limit);
  }
});

test('the thousandth copy of a crowd takes no longer than the tenth, and the index does not grow', () => {
  const stories = createMemoryStories();
  const text = longText(200, 3);
  let last = 0;
  for (let id = 0; id < 5000; id += 1) last = stories.add(id, `${text} ${id % 7}`).story;
  expect(last).toBe(0);
  expect(stories.size().texts).toBe(1);
});

test('a form that is filled in a thousand times stays findable by what is its own', () => {
  const stories = createMemoryStories();
  const form = (n: number) =>
    `Отчёт о погоде за ${n} сутки наблюдений станции номер ${n * 7}: температура ${n % 31} градусов, ветер ${n % 13} метров, давление ${700 + (n % 71)} миллиметров, осадки ${n % 5}, видимость ${n * 3} метров, смотритель дежурил всю ночь и просил беречь себя`;
  for (let n = 0; n < 1000; n += 1) expect(stories.add(n, form(n)).likeness).toBeNull();
  expect(stories.add(1001, `${form(777)} 🔥`).story).toBe(777);
});
