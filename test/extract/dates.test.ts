import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDate } from '../../src/extract/dates.ts';
import { readFeedDate } from '../../src/extract/feed-date.ts';

const now = new Date('2026-11-22T14:00:00Z');
const read = (text: string, zone = 180) => readDate(text, { now, zone })?.toISOString();

describe('forum dates', () => {
  test.each([
    ['Сегодня в 15:30', '2026-11-22T12:30:00.000Z'],
    ['Вчера, 15:30', '2026-11-21T12:30:00.000Z'],
    ['позавчера в 00:05', '2026-11-19T21:05:00.000Z'],
    ['12 мая 2026, 10:00', '2026-05-12T07:00:00.000Z'],
    ['12 май 2026 10:00', '2026-05-12T07:00:00.000Z'],
    ['Пт ноя 20, 2026 3:30 pm', '2026-11-20T12:30:00.000Z'],
    ['Sun Nov 22, 2026 3:30 pm', '2026-11-22T12:30:00.000Z'],
    ['20.11.2026, 09:05', '2026-11-20T06:05:00.000Z'],
    ['11-20-2026, 09:05 AM', '2026-11-20T06:05:00.000Z'],
    ['2026-11-20T10:00:00+00:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 10:00', '2026-11-20T07:00:00.000Z'],
    ['5 минут назад', '2026-11-22T13:55:00.000Z'],
    ['2 часа назад', '2026-11-22T12:00:00.000Z'],
    ['час назад', '2026-11-22T13:00:00.000Z'],
    ['2 ч. 21 мин. назад', '2026-11-22T11:39:00.000Z'],
    ['полчаса назад', '2026-11-22T13:30:00.000Z'],
    ['just now', '2026-11-22T14:00:00.000Z'],
    ['Monday at 3:30 PM', '2026-11-16T12:30:00.000Z'],
    ['13 января 2015 г. в 13:34', '2015-01-13T10:34:00.000Z'],
  ])('«%s» is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('a day without a year is the last one that has been', () => {
    expect(read('12 мая', 0)).toBe('2026-05-12T00:00:00.000Z');
    expect(read('12 декабря', 0)).toBe('2025-12-12T00:00:00.000Z');
  });

  test('today is the day of the forum, not of Greenwich', () => {
    const late = new Date('2026-11-22T22:30:00Z');
    expect(readDate('Сегодня, 01:15', { now: late, zone: 180 })?.toISOString()).toBe(
      '2026-11-22T22:15:00.000Z',
    );
  });

  test.each([
    '',
    'несегодня',
    'Версия 1.10.30',
    '31 февраля 2026',
    'мар 99999',
  ])('«%s» is no date', (text) => {
    expect(read(text)).toBeUndefined();
  });

  test('are never in the future, and never throw', () => {
    const word = fc.constantFrom(
      'сегодня',
      'завтра',
      'вчера',
      '23:59',
      '12',
      'мая',
      'декабря',
      '2031',
      'in',
      'hours',
      'через',
      'часа',
      'Dec',
      'next',
      'ago',
      'назад',
      ',',
      '.',
      'pm',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: -720, max: 840 }), (shown, zone) => {
        const date = readDate(shown, { now, zone });
        expect(date === undefined || date <= now).toBe(true);
      }),
    );
  });
});

describe('feed dates', () => {
  test.each([
    ['Sat, 21 Nov 2026 10:00:00 +0300', '2026-11-21T07:00:00.000Z'],
    ['Сб, 21 ноя 2026 10:00:00 +0300', '2026-11-21T07:00:00.000Z'],
    ['21 Nov 2026 10:00:00 MSK', '2026-11-21T07:00:00.000Z'],
    ['2026-11-21T10:00:00+0300', '2026-11-21T07:00:00.000Z'],
    ['2026-11-21', '2026-11-21T00:00:00.000Z'],
    ['Sun, 01 Jan 2040 00:00:00 GMT', '2026-11-22T14:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(readFeedDate(text, now)?.toISOString()).toBe(expected);
  });

  test('are absent when they cannot be read', () => {
    expect(readFeedDate('soon', now)).toBeUndefined();
  });
});
