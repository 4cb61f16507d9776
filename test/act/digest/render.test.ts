import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readActionToken, withoutPersonalLinks } from '../../../src/act/digest/action-link.ts';
import { renderDigest } from '../../../src/act/digest/render.ts';
import { PLURALS, REASONS, SEVERITIES, TEXTS, TIER_NAMES, TONES } from '../../../src/act/digest/texts.ts';
import { TEST_VAULT } from '../../support/rows.ts';
import { nothing, sampleDigest, sampleTopic } from './digest-sample.ts';

describe('renderDigest', () => {
  it('counts in the subject, with the right plural forms', () => {
    expect(renderDigest(sampleDigest()).subject).toBe(
      'Молва, 22 ноября: 2 обращения ждут, 1 просрочено, 1 жалоба, 43 упоминания',
    );
    expect(renderDigest(sampleDigest('en')).subject).toBe(
      'Molva, 22 November: 2 cases waiting, 1 late, 1 complaint, 43 mentions',
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
    const {
      complaints: [complaint],
      stories: [story],
    } = sampleDigest();
    const post = { ...sampleTopic().top[0]!, title: long, excerpt: long };
    const worst = sampleDigest('ru', {
      duties: Array.from({ length: 400 }, () => ({
        ...duty!,
        excerpt: long,
        customerName: long,
        owner: long,
      })),
      dutyCounts: { late: 400, soon: 0, later: 0 },
      complaints: Array.from({ length: 400 }, () => ({ ...complaint!, excerpt: long })),
      topics: Array.from({ length: 40 }, () => sampleTopic({ name: long, top: [post, post, post] })),
      stories: Array.from({ length: 40 }, () => ({ ...story!, title: long, excerpt: long })),
      news: Array.from({ length: 400 }, () => ({ ...sampleDigest().news[0]!, phrase: long, topic: long })),
    });
    const { html, text, subject } = renderDigest(worst);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(text).toContain('И ещё 393');
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
              owner: two,
              customerName: one,
              excerpt: two,
              link: two,
            })),
            complaints: [{ author: one, site: two, excerpt: one, link: one, actions: null }],
            stories: [
              {
                ...sampleDigest().stories[0]!,
                title: two,
                excerpt: one,
                site: two,
                author: one,
                link: two,
                firstLink: one,
              },
            ],
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

describe('what a digest says first and what it compares', () => {
  const both = (language: 'ru' | 'en', change = {}) => {
    const { html, text } = renderDigest(sampleDigest(language, change));
    return [load(html).text(), text] as const;
  };

  it('marks what is late before what is due within the day, with whoever has it', () => {
    for (const part of both('en')) {
      expect(part).toContain('1 late · 1 due within a day');
      expect(part.indexOf('LATE')).toBeLessThan(part.indexOf('Анна Ковалёва'));
      expect(part.match(/LATE/g)).toHaveLength(1);
      expect(part).toContain('nobody has taken it');
      expect(part).toContain('with Мария Орлова');
      expect(part).toContain('2 authors wait for a decision');
    }
  });

  it('says what is beyond the usual, with its bounds, and when nobody can tell', () => {
    const [topic] = sampleDigest().topics;
    for (const part of both('en')) {
      expect(part).toContain('more mentions than usual');
      expect(part).toContain('more negative than usual');
      expect(part).toContain('usually 16–34');
    }
    for (const part of both('en', { topics: [{ ...topic!, total: 25, negative: 6 }] }))
      expect(part).toContain('All within what is usual');
    const little = { total: { times: 1, needed: 4 }, negative: { times: 1, needed: 4 } };
    for (const part of both('en', { topics: [{ ...topic!, usual: little }] }))
      expect(part).toContain('1 of 4');
  });

  it('tells a story by one text and by how many carried it', () => {
    for (const part of both('en')) {
      expect(part).toContain('Склад «Ромашки» в Подольске закрыт после пожара');
      expect(part).toContain(
        '14 posts in 5 sources, 12 of them in this time, reach ≈ 120,000 (known of 9 of 14)',
      );
    }
  });

  it('shares the talk out between topics, and does not where there is only one', () => {
    for (const part of both('en')) expect(part).toMatch(/98% · 42/);
    for (const part of both('en', { topics: [sampleTopic()] })) expect(part).not.toMatch(/share of voice/i);
  });

  it('draws charts of cells with numbers, which need no picture and no style sheet', () => {
    const page = load(renderDigest(sampleDigest('en')).html);
    expect(page('img, svg, canvas').length).toBe(0);
    const cells = page('td[bgcolor][width]')
      .toArray()
      .map((cell) => page(cell));
    expect(cells.length).toBeGreaterThan(6);
    for (const cell of cells) expect(cell.attr('style')).toContain(cell.attr('bgcolor'));
    expect(cells.map((cell) => cell.text()).join(' ')).toMatch(/▼ 14.*■ 16.*▲ 11/);
  });

  it('offers what can be said of a post, as links of this recipient alone', () => {
    const { html, text } = renderDigest(sampleDigest('en'));
    const links = load(html)('a[href*="/said/"]')
      .toArray()
      .map((link) => load(html)(link).attr('href') ?? '');
    expect(links).toHaveLength(5 * 3);
    for (const link of links) {
      expect(readActionToken(TEST_VAULT.hash, link.split('/said/')[1] ?? '')).toMatchObject({ recipient: 3 });
      expect(text).toContain(link);
    }
    expect(`${withoutPersonalLinks(html)}${withoutPersonalLinks(text)}`).not.toMatch(/\/said\/[^s]/);
  });
});
