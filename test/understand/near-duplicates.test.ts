import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resemblance, signatureOf } from '../../src/understand/near-duplicates.ts';

const STORY =
  'Вчера в магазине «Ромашка» мне продали чайник без крышки. Продавец сказал, что так и надо, и чек не дал. ' +
  'Я написала жалобу на сайте, но ответа нет уже неделю. Посоветуйте, куда обратиться дальше, если молчат?';

function alike(a: string, b: string): number {
  return resemblance(signatureOf(a)?.minima ?? [], signatureOf(b)?.minima ?? []);
}

test('a copy with another letter case, ё and punctuation is the same story', () => {
  expect(alike(STORY, STORY.toUpperCase().replaceAll('.', ' —'))).toBe(1);
});

test('a repost with a lead-in and one word changed is the same story', () => {
  expect(alike(STORY, `Нашла в сети, делюсь. ${STORY.replace('Вчера', 'Сегодня')}`)).toBeGreaterThan(
    signatureOf(STORY)?.threshold ?? 1,
  );
});

test('another story in the same words is not', () => {
  const other =
    'Неделю назад купил в магазине чайник, всё хорошо. Продавец дал чек и крышку. ' +
    'На сайте есть жалобы, но мне ответили сразу, советую обратиться, если что-то не так.';
  expect(alike(STORY, other)).toBeLessThan(signatureOf(STORY)?.threshold ?? 0);
});

test('a resembling text shares a band, so that it is found', () => {
  const bands = new Set(signatureOf(STORY)?.bands);
  expect(signatureOf(`Репост. ${STORY}`)?.bands.some((band) => bands.has(band))).toBe(true);
});

test('a short text has no signature: everybody says thank you', () => {
  expect(signatureOf('Спасибо большое, всё получилось!')).toBeNull();
});

test('the estimate is near the true share of common word triples', () => {
  const word = fc.stringMatching(/^[a-z]{6}$/);
  const texts = fc.tuple(
    fc.array(word, { minLength: 60, maxLength: 60 }),
    fc.array(word, { minLength: 30, maxLength: 30 }),
  );
  fc.assert(
    fc.property(texts, ([shared, tail]) => {
      // 58 of 88 triples of the second are in the first, which has no others.
      const estimate = alike(shared.join(' '), [...shared, ...tail].join(' '));
      expect(Math.abs(estimate - 58 / 88)).toBeLessThan(0.3);
    }),
    { numRuns: 50 },
  );
});
