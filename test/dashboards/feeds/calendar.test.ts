import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type DueTime, toICalendar } from '../../../dashboards/feeds/calendar.ts';

const AT = new Date('2026-11-22T09:30:00Z');
const one = (change: Partial<DueTime> = {}): DueTime => ({
  uid: 'case-1@molva.example',
  at: AT,
  changedAt: AT,
  title: 'Ответить по обращению № 1 (Ромашка)',
  url: 'https://molva.example/cases/1',
  ...change,
});
const write = (due: DueTime[], name = 'Молва: сроки') => toICalendar({ name, language: 'ru', due });
const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const odd = fc.oneof(
  anyText,
  fc.constantFrom(
    'a;b,c\\n\nd\r\ne\\',
    'BEGIN:VEVENT\r\nEND:VCALENDAR',
    'я'.repeat(80),
    `${'x'.repeat(71)}😀😀`,
    '\ud800',
    '\0\u0007\u007f',
    '',
    ' begins with a blank',
  ),
);
/** What of a text a calendar can hold. */
const held = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as RFC 5545 has it
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

describe('a calendar', () => {
  it('is read by others as it was meant, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 4 }), odd, (titles, name) => {
        const due = titles.map((title, n) => one({ uid: `case-${n}@molva.example`, title }));
        const text = write(due, name);
        const events = eventsOf(text);
        expect(events.map(({ summary }) => summary ?? '')).toEqual(titles.map(held));
        expect(events.map(({ uid }) => uid)).toEqual(due.map(({ uid }) => uid));
        for (const event of events) expect(event.startDate.toJSDate()).toEqual(AT);
      }),
    );
  });

  it('has lines of at most 75 octets, cut between letters, that end as the standard says', () => {
    fc.assert(
      fc.property(odd, (title) => {
        const text = write([one({ title })]);
        expect(text.endsWith('\r\n')).toBe(true);
        const lines = text.slice(0, -2).split('\r\n');
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
          expect(line.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('tells times in UTC and says what the standard asks for', () => {
    expect(write([one({ title: 'Due' })]).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Molva//Due times//RU',
      'CALSCALE:GREGORIAN',
      'NAME:Молва: сроки',
      'X-WR-CALNAME:Молва: сроки',
      'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
      'X-PUBLISHED-TTL:PT15M',
      'BEGIN:VEVENT',
      'UID:case-1@molva.example',
      'DTSTAMP:20261122T093000Z',
      'DTSTART:20261122T093000Z',
      'DURATION:PT15M',
      'SUMMARY:Due',
      'URL:https://molva.example/cases/1',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });
});
