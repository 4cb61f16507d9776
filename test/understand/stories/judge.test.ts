import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeLikeness } from '../../../src/understand/stories/judge.ts';
import { readWords } from '../../../src/understand/stories/story-text.ts';

const KETTLE =
  'Вчера в магазине «Ромашка» мне продали чайник без крышки. Продавец сказал, что так и надо, и чек не дал. ' +
  'Я написала жалобу на сайте, но ответа нет уже неделю. Посоветуйте, куда обратиться дальше, если молчат?';

function relation(a: string, b: string): string | null {
  return judgeLikeness(readWords(a), readWords(b))?.relation ?? null;
}

test.each([
  ['another case, no ё, other quotes and dashes', KETTLE.toUpperCase().replaceAll(/[«».,]/g, ' — ')],
  [
    'Latin letters that look like Cyrillic ones',
    KETTLE.replaceAll('о', 'o').replaceAll('а', 'a').replaceAll('е', 'e'),
  ],
  [
    'signs that nobody sees, emoji and links',
    `${KETTLE.replaceAll('а', 'а\u200b')} 🔥🔥 https://t.example/a?b=1`,
  ],
  ['stretched letters and typing errors', KETTLE.replace('продали', 'прадали').replace('неделю', 'недееелю')],
  ['a word exchanged', KETTLE.replace('обратиться', 'пожаловаться')],
  ['a word before it', `Репост. ${KETTLE}`],
])('a text with %s is a copy', (_what, text) => {
  expect(relation(KETTLE, text)).toBe('copy');
});

test('what is cut off is an excerpt, and the other way round it is extended', () => {
  const cut = `${KETTLE.slice(0, 120)}… читать далее`;
  expect(relation(KETTLE, cut)).toBe('excerpt');
  expect(relation(cut, KETTLE)).toBe('extended');
});

test('a passage between words of another is a quotation', () => {
  const passage = KETTLE.slice(0, KETTLE.indexOf(' Посоветуйте'));
  const own =
    'Сама я там работала и расскажу, как всё устроено на самом деле, без прикрас и лишних слов о хозяевах. ';
  expect(relation(`${KETTLE} ${KETTLE.split(' ').reverse().join(' ')}`, own + passage + own)).toBe(
    'quotation',
  );
});

test.each([
  [
    'weather',
    'Погода в Казани на 12 мая: днём +15, ночью +7, ветер северный 3 м/с, давление 751 мм, осадков нет, хорошего дня',
    'Погода в Казани на 13 мая: днём +18, ночью +9, ветер северный 4 м/с, давление 748 мм, осадков нет, хорошего дня',
  ],
  [
    'vacancies',
    'Требуется водитель категории Е, зарплата от 90000 рублей, график пять через два, оформление по договору, звоните',
    'Требуется водитель категории Е, зарплата от 95000 рублей, график пять через два, оформление по договору, звоните',
  ],
  [
    'results',
    'Матч окончен, сегодня на своём поле Метеор принимал Волну и победил со счётом 2:1, спасибо всем за поддержку',
    'Матч окончен, сегодня на своём поле Горняк принимал Чайку и победил со счётом 3:0, спасибо всем за поддержку',
  ],
])('posts of one form with other numbers or names are different stories: %s', (_what, a, b) => {
  expect(relation(a, b)).toBeNull();
});

test.each([
  ['Спасибо большое, всё получилось!', false],
  ['Поздравляю с днём рождения, желаю счастья и здоровья!', false],
  ['Вчера Сбербанк повысил ставку по ипотеке до 12 процентов', true],
  ['В Киргизии задержали гендиректора представительства «Билайна» сегодня', true],
])('a short text is a copy only when it says enough: %s', (text, expected) => {
  expect(relation(text, text.toLowerCase()) !== null).toBe(expected);
});

describe('for any texts', () => {
  const word = fc.stringMatching(/^[а-я]{4,9}$/);
  const text = fc.array(word, { minLength: 25, maxLength: 60 });

  test('a text is a copy of itself, whatever signs stand between its words', () => {
    fc.assert(
      fc.property(text, (words) => {
        expect(relation(words.join(' '), words.join(' … 👍 '))).toBe('copy');
      }),
      { numRuns: 100 },
    );
  });

  test('a text between others is found in them, whichever comes first', () => {
    fc.assert(
      fc.property(text, text, text, (before, words, after) => {
        const long = [...before, ...words, ...after].join(' ');
        expect(relation(words.join(' '), long)).not.toBeNull();
        expect(relation(long, words.join(' '))).not.toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  test('shares are between 0 and 1 and nothing throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.string({ unit: 'binary', maxLength: 400 }),
        (a, b) => {
          const found = judgeLikeness(readWords(a), readWords(b));
          for (const share of [found?.ofFirst ?? 0, found?.ofOther ?? 0]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1.000001);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
