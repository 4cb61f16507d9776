import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDigest } from '../../../src/act/digest/render.ts';
import { PLURALS, REASONS, SEVERITIES, TEXTS, TIER_NAMES, TONES } from '../../../src/act/digest/texts.ts';
import { nothing, sampleDigest, sampleTopic } from './digest-sample.ts';

describe('renderDigest', () => {
  it('counts in the subject, with the right plural forms', () => {
    expect(renderDigest(sampleDigest()).subject).toBe(
      'Молва, 22 ноября: 2 обращения ждут, 1 жалоба, 43 упоминания',
    );
    expect(renderDigest(sampleDigest('en')).subject).toBe(
      'Molva, 22 November: 2 cases waiting, 1 complaint, 43 mentions',
    );
  });

  it('puts duties first, then topics, then broken sources, in both parts', () => {
    const { html, text } = renderDigest(sampleDigest());
    for (const part of [html, text.toLowerCase().replaceAll('анна ковалёва', 'Анна Ковалёва')]) {
      const order = ['Анна Ковалёва', 'lesnik_77', 'упоминан', 'не отвечает с 12:40'].map((word) =>
        part.indexOf(word, part.indexOf('22 ноября')),
      );
      expect(order.every((at) => at > 0)).toBe(true);
      expect(order[0]).toBeLessThan(order[1] ?? 0);
      expect(order[1]).toBeLessThan(order[3] ?? 0);
      expect(order[2]).toBeLessThan(order[3] ?? 0);
    }
  });

  it('says in the text part all that the HTML says', () => {
    for (const language of ['ru', 'en'] as const) {
      const { html, text } = renderDigest(sampleDigest(language));
      const page = load(html);
      for (const link of page('a').toArray()) expect(text).toContain(page(link).attr('href'));
      for (const words of page('[dir=auto]').toArray()) expect(text).toContain(page(words).text());
    }
  });

  it('says what is new in the talk, five phrases at most, and nothing of it when nothing is', () => {
    const [first, second] = sampleDigest('en').news;
    const { html, text } = renderDigest(
      sampleDigest('en', { news: [...Array(4).fill(first), second, second] }),
    );
    for (const part of [load(html).text(), text]) {
      expect(part).toContain('6.2% of authors, not said the week before');
      expect(part).toContain('4% of authors, 0.4% the week before');
      expect(part.match(/курьер/g)).toHaveLength(1);
    }
    expect(renderDigest(sampleDigest('en', { news: [] })).text).not.toContain('NEW IN THE TALK');
  });

  it('shows times on the clock of the recipient', () => {
    const { text } = renderDigest(sampleDigest());
    expect(text).toMatch(/срок прошёл: 22 ноября (в )?08:40|срок прошёл: 22 ноября, 08:40/);
    expect(text).toContain('Europe/Moscow');
    const kathmandu = sampleDigest('en', {
      recipient: { email: 'a@b.example', language: 'en', zone: 'Asia/Kathmandu' },
    });
    expect(renderDigest(kathmandu).text).toMatch(/overdue since 22 November (at )?.*11:25/);
  });

  it('tells tone by mark and word, never by colour alone', () => {
    const { html, text } = renderDigest(sampleDigest('en'));
    for (const part of [load(html).text(), text]) {
      for (const word of ['▼ negative', '■ neutral', '▲ positive', '◇ not sure'])
        expect(part).toContain(word);
    }
  });

  it('says that all is quiet when it is', () => {
    const quiet = renderDigest(sampleDigest('ru', nothing));
    expect(quiet.subject).toBe('Молва, 22 ноября: всё спокойно');
    expect(load(quiet.html)('h2').first().text()).toBe('Всё спокойно');
    expect(quiet.text).toContain('открытых обращений нет');
    const zero = sampleTopic({ total: 0, negative: 0, neutral: 0, positive: 0, unsure: 0, top: [] });
    expect(renderDigest(sampleDigest('en', { ...nothing, topics: [zero] })).subject).toBe(
      'Molva, 22 November: all quiet',
    );
  });

  it('does not call it quiet when nobody could listen', () => {
    const deaf = renderDigest(
      sampleDigest('ru', { ...nothing, sourceErrors: [{ name: 'a', message: 'b' }] }),
    );
    expect(deaf.subject).toBe('Молва, 22 ноября: тихо, но 1 источник не читается');
    expect(deaf.text).toContain('тишина может быть неполной');
  });

  it('stays under 100 kB with the worst of days', () => {
    const long = 'очень длинный текст <b>& так далее</b> '.repeat(3000);
    const [duty] = sampleDigest().duties;
    const [complaint] = sampleDigest().complaints;
    const worst = sampleDigest('ru', {
      duties: Array.from({ length: 400 }, () => ({ ...duty!, excerpt: long, customerName: long })),
      complaints: Array.from({ length: 400 }, () => ({ ...complaint!, excerpt: long })),
      topics: Array.from({ length: 8 }, () => sampleTopic({ name: long })),
      news: Array.from({ length: 400 }, () => ({ ...sampleDigest().news[0]!, phrase: long, topic: long })),
    });
    const { html, text, subject } = renderDigest(worst);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(text).toContain('И ещё 390');
    expect(subject.length).toBeLessThan(120);
  });

  it('keeps every text from outside a text', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='x",
        '\u202egnp.exe\u202c',
        'Анна\r\nBcc: all@example.org',
        '👩‍👩‍👧‍👦'.repeat(90),
        '{count}{at}',
        '</style><style>*{display:none}',
        'javascript:alert(1)',
        'مرحبا',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, (one, two) => {
        const [mention] = sampleTopic().top;
        const { html, text, subject } = renderDigest(
          sampleDigest('ru', {
            recipient: { email: one, language: 'ru', zone: 'UTC' },
            duties: sampleDigest().duties.map((duty) => ({
              ...duty,
              customerName: one,
              excerpt: two,
              link: two,
            })),
            complaints: [{ author: one, site: two, excerpt: one, link: one }],
            topics: [
              sampleTopic({
                name: one,
                top: [{ ...mention!, title: two, excerpt: one, url: two, site: two, author: one }],
              }),
            ],
            news: sampleDigest().news.map((row) => ({ ...row, topic: one, phrase: two, link: one })),
            sourceErrors: [{ name: one, message: two }],
          }),
        );
        const page = load(html);
        expect(page('script, img, iframe, form, object').length).toBe(0);
        expect(page('style').length).toBe(1);
        for (const element of page('*').toArray()) {
          const names = Object.keys(page(element).attr() ?? {});
          expect(names.filter((name) => name.startsWith('on'))).toEqual([]);
        }
        for (const link of page('a').toArray()) expect(page(link).attr('href')).toMatch(/^(https?:\/\/|#$)/);
        expect(`${subject}`).not.toMatch(/[\r\n<]/);
        expect(`${html}${text}`).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        expect(text).not.toMatch(/^Bcc:/m);
      }),
      { numRuns: 150 },
    );
  });

  it('loads nothing from anywhere', () => {
    const page = load(renderDigest(sampleDigest()).html);
    expect(page('[src], link, [background]').length).toBe(0);
    expect(page.html()).not.toMatch(/url\(|@import/);
  });

  it('has every text in both languages', () => {
    for (const table of [TEXTS, REASONS, SEVERITIES, TIER_NAMES, TONES]) {
      for (const text of Object.values(table)) {
        expect(text.ru).toMatch(/[а-яё]|\{/i);
        expect(text.en).not.toMatch(/[а-яё]/i);
        expect(text.ru.match(/\{\w+\}/g)?.sort()).toEqual(text.en.match(/\{\w+\}/g)?.sort());
      }
    }
    for (const plural of Object.values(PLURALS)) {
      expect(Object.keys(plural.ru)).toEqual(['one', 'few', 'other']);
      expect(Object.keys(plural.en)).toEqual(['one', 'other']);
    }
  });
});
