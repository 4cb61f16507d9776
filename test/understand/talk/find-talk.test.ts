import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import { randomFrom } from '../../../src/lib/random.ts';
import type { Morphology } from '../../../src/model/ports.ts';
import { createEvaluator } from '../../../src/query/evaluate.ts';
import { parseQuery } from '../../../src/query/parse.ts';
import { createTalkReader, type FoundTalk, type SpokenText } from '../../../src/understand/talk/find-talk.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

/** Every text is of another author unless it says so. */
function talkOf(...kinds: (string | Partial<SpokenText>)[][]): FoundTalk {
  const reader = createTalkReader(morphology, 'Ромашка');
  let number = 0;
  for (const [at, texts] of kinds.entries()) {
    if (at > 0) reader.next();
    for (const one of texts) {
      number += 1;
      const text = typeof one === 'string' ? { text: one } : one;
      reader.add({ title: null, text: '', spans: [], author: number, story: number, source: 1, ...text });
    }
  }
  return reader.find();
}

const many = <Value>(count: number, make: (at: number) => Value): Value[] =>
  Array.from({ length: count }, (_, at) => make(at));
const THINGS = ['чайник', 'корзину', 'зеркало', 'полку', 'ковёр', 'лампу', 'табурет', 'скатерть'];
/** Talk in which nothing happens. */
const chatter = (at: number) =>
  `Купила в магазине ${THINGS[at % THINGS.length]}, цвет ${at % 3 ? 'светлый' : 'тёмный'}`;
const phrases = (found: FoundTalk['key'] | null) => (found ?? []).map(({ phrase }) => phrase);

describe('what is new', () => {
  it('is the phrase in its most frequent written form, its words in any order and form', () => {
    const late = (at: number) =>
      at % 3 === 0
        ? 'Опять доставку задержали!'
        : at % 3 === 1
          ? 'Задержали доставку.'
          : 'А мне задержат доставку?';
    const { fresh } = talkOf([...many(100, chatter), ...many(30, late)], many(130, chatter));
    expect(phrases(fresh)).toEqual(['доставку задержали']);
    expect(fresh![0]!.query).toBe('"доставку задержали"~1');
  });

  it('is nothing when the same is said', () => {
    expect(talkOf(many(200, chatter), many(200, chatter)).fresh).toEqual([]);
  });

  it('is not told of where there is too little to compare', () => {
    expect(talkOf(many(200, chatter), many(10, chatter)).fresh).toBeNull();
    expect(talkOf(many(10, chatter), many(200, chatter)).fresh).toBeNull();
    expect(talkOf([], []).fresh).toBeNull();
  });

  it('is nothing when one author says it again and again, or one story is passed on', () => {
    const flood = (changes: Partial<SpokenText>) =>
      many(60, () => ({ text: 'Ужасный скандал на складе', ...changes }));
    expect(talkOf([...many(100, chatter), ...flood({ author: 'anna' })], many(100, chatter)).fresh).toEqual(
      [],
    );
    expect(talkOf([...many(100, chatter), ...flood({ story: 'copies' })], many(100, chatter)).fresh).toEqual(
      [],
    );
    expect(phrases(talkOf([...many(100, chatter), ...flood({})], many(100, chatter)).fresh)).not.toEqual([]);
  });

  it('is shown once where phrases stand in one another', () => {
    const { fresh } = talkOf(
      [...many(100, chatter), ...many(40, () => 'Задержка доставки заказа!')],
      many(140, chatter),
    );
    expect(phrases(fresh)).toEqual(['задержка доставки заказа']);
    const apart = ['Задержка доставки', 'Доставка дорогая', 'Доставка ночью', 'Где доставка'];
    const shorter = talkOf([...many(100, chatter), ...many(60, (at) => apart[at % 4]!)], many(160, chatter));
    expect(phrases(shorter.fresh)).toContain('доставка');
    expect(phrases(shorter.fresh)).not.toContain('задержка доставки');
  });

  it('keeps a denial with its verb, in both languages', () => {
    const broken = (at: number) => (at % 2 ? "The app doesn't work" : 'Не работает сайт');
    const { fresh } = talkOf([...many(100, chatter), ...many(60, broken)], many(160, chatter));
    expect(phrases(fresh).sort()).toEqual(["app doesn't work", 'не работает сайт']);
  });

  it('leaves out the topic by name and by place, lines of the site, and what divides sentences', () => {
    const signed = (at: number) => ({
      text: `${chatter(at)}\nОтправлено с моего телефона`,
      spans: [{ field: 'text' as const, start: 0, end: 6 }],
    });
    const { fresh, key } = talkOf(
      [...many(100, signed), ...many(40, () => 'Ромашка. Склад затопило, заказы')],
      many(100, chatter),
    );
    expect(phrases(fresh)).toEqual(['склад затопило', 'заказы']);
    expect(phrases(key).join()).not.toMatch(/ромашк|купила|телефон/);
  });
});

describe('what people talk about', () => {
  it('is what other talk does not have', () => {
    const others = many(200, (at) => `Погода хорошая, магазин открыт, день ${at}`);
    const { key } = talkOf(
      many(100, (at) => `Магазин вернул деньги за ${THINGS[at % 8]}`),
      [],
      others,
    );
    expect(phrases(key)[0]).toMatch(/деньги|вернул/);
    expect(phrases(key)).not.toContain('магазин');
  });

  it('is told of without other talk, too', () => {
    expect(phrases(talkOf(many(30, (at) => `Красивое зеркало, ${at}`)).key)).toEqual(['красивое зеркало']);
  });
});

describe('a found phrase', () => {
  it('comes with a query that finds each way in which it is written', () => {
    const texts = [
      'Приложение не работает',
      'не работает приложение',
      'Не работало ваше приложение',
      "app isn't working",
      'app not working',
    ];
    const { fresh } = talkOf(
      [...many(100, chatter), ...many(100, (at) => texts[at % 5]!)],
      many(200, chatter),
    );
    for (const text of texts)
      expect(
        fresh!.some(({ query }) => {
          const read = parseQuery(query, 'search');
          return 'query' in read && createEvaluator(read.query, morphology)({ text }).matched;
        }),
        text,
      ).toBe(true);
  });
});

describe('hostile texts', () => {
  it.each([
    ['a megabyte of words', 'слово дело тело '.repeat(65_000)],
    ['one word 100,000 times', 'банк '.repeat(100_000)],
    ['one word without end', 'а'.repeat(1_000_000)],
    ['faces only', '😡👍🏽👨‍👩‍👧'.repeat(20_000)],
    ['scripts mixed within words', 'прuвет сoбaка مرحبا 你好 '.repeat(10_000)],
    ['lone surrogates', '\ud83d \udc00 слово'.repeat(10_000)],
    ['lines without end', '\n'.repeat(1_000_000)],
    ['lines of one word', 'да\n'.repeat(200_000)],
    ['signs of the query language', '"-" OR NOT (x) ~1 */ #'.repeat(10_000)],
  ])('take their second and no more: %s', (_name, text) => {
    const started = performance.now();
    const { key } = talkOf([...many(30, chatter), ...many(5, () => text)], many(30, chatter));
    expect(performance.now() - started).toBeLessThan(20_000);
    for (const { query } of key) expect(parseQuery(query, 'search'), query).toHaveProperty('query');
  });
});

it('finds nothing new in nineteen of twenty halves of the same talk', () => {
  const random = randomFrom(5);
  const words =
    'цена касса очередь полка скидка товар упаковка пакет чек склад сайт заказ адрес пункт звонок'.split(' ');
  const post = () => many(4, () => words[Math.floor(words.length * random() ** 2)]!).join(', ');
  const noisy = many(60, () => talkOf(many(100, post), many(100, post)).fresh!.length).filter(
    (count) => count > 0,
  );
  expect(noisy.length).toBeLessThanOrEqual(6);
});
