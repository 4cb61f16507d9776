import { describe, expect, test } from 'vitest';
import { findDate } from '../../src/extract/date-find.ts';
import { readDate } from '../../src/extract/dates.ts';

const now = new Date('2026-03-10T12:30:00Z');
const find = (text: string) => findDate(text, { now, zone: 0 })?.toISOString().slice(0, 16);

describe('the date in a text', () => {
  test.each([
    ['обещали привезти 12 мая 2025 года, но не привезли', '2025-05-12'],
    ['акція діє до 3 серпня 2025', '2025-08-03'],
    ['адкрыццё адбудзецца 7 кастрычніка 2025', '2025-10-07'],
    ['встреча завтра', '2026-03-11'],
    ['зустріч післязавтра', '2026-03-12'],
    ['учора ўсё працавала', '2026-03-09'],
    ['released on 2025-лис-04', '2025-11-04'],
    ['the day after tomorrow', '2026-03-12'],
    ['[Nov] 4, 2025', '2025-11-04'],
  ])('%j speaks of %s', (text, day) => {
    expect(find(text)?.slice(0, 10)).toBe(day);
  });

  test.each([
    ['сломался 2 часа 5 минут назад', '2026-03-10T10:25'],
    ['2 гадзіны таму назад', '2026-03-10T10:30'],
    ['5 хвилин тому', '2026-03-10T12:25'],
    ['через 1 год, 2 месяца и 3 дня', '2027-05-13T12:30'],
    ['about an hour ago', '2026-03-10T11:30'],
    ['in 2 days, 3 hours, and 5 minutes', '2026-03-12T15:35'],
    ['1 year 2 months', '2025-01-10T12:30'],
    ['half an hour from now', '2026-03-10T13:00'],
    ['13 января 2025 г. в 13:34', '2025-01-13T13:34'],
    ['5 марта 2025 10h11', '2025-03-05T10:11'],
  ])('%j is %s', (text, minute) => {
    expect(find(text)).toBe(minute);
  });

  test.each([
    'служу верно 5 дней',
    'version 1.10.30',
    'несегодня',
    'the mountain may not move',
    'цена 2012',
  ])('%j holds no date', (text) => {
    expect(find(text)).toBeUndefined();
  });

  test('a month is counted on the calendar', () => {
    const date = findDate('1 month ago', { now: new Date('2026-03-31T00:00:00Z'), zone: 0 });
    expect(date?.toISOString().slice(0, 10)).toBe('2026-02-28');
  });
});

test.each([
  ['сьогодні, 10:15', '2026-03-10T10:15'],
  ['вчора о 23:10', '2026-03-09T23:10'],
  ['Учора, 08:05', '2026-03-09T08:05'],
  ['12 лютого 2026, 13:12', '2026-02-12T13:12'],
  ['7 жніўня 2025 09:00', '2025-08-07T09:00'],
  ['3 години тому', '2026-03-10T09:30'],
])('a stamp in Ukrainian or Belarusian, %j, is %s', (text, minute) => {
  expect(readDate(text, { now, zone: 0 })?.toISOString().slice(0, 16)).toBe(minute);
});
