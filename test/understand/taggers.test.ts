import { beforeAll, describe, expect, it } from 'vitest';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import type { Tagger, TagResources, Target } from '../../src/model/ports.ts';
import type { Complaint, LanguageTag, Sentiment } from '../../src/model/tag.ts';
import { TAGGERS } from '../../src/understand/registry.ts';
import { targetIn } from '../../src/understand/target-in.ts';
import { understand, understandAgain, understandEach } from '../../src/understand/understand.ts';
import { processorMs } from '../support/processor-ms.ts';

let resources: TagResources;
beforeAll(async () => {
  resources = await loadTagResources();
});

function tell<Value>(kind: string, text: string, target = ''): { value: Value; words: string[] } {
  const start = text.indexOf(target);
  const targets: Target[] =
    target === '' ? [] : [{ key: target, spans: [{ field: 'text', start, end: start + target.length }] }];
  const document = { title: null, text, kind: 'post' as const, declaredLanguage: null };
  const tag = understand({ document, targets }, resources).find(
    (t) => t.kind === kind && t.target === target,
  );
  return {
    value: tag?.value as Value,
    words: (tag?.spans ?? []).map((span) => text.slice(span.start, span.end)),
  };
}

describe('language', () => {
  it.each([
    ['ромашка', 'ru'],
    ['Ужасный сервис iPhone Store Online', 'ru'],
    ['Такси отменили за минуту', 'ru'],
    ['Дуже погане обслуговування, ніхто не відповідає', 'uk'],
    ['Вельмі дрэннае абслугоўванне', 'be'],
    ['Қызмет көрсету өте нашар', 'kk'],
    ['Услуга је веома лоша, људи', 'sr'],
    ['Обслужването е много лошо, никой не отговаря ъгъл', 'bg'],
    ['terrible service', 'en'],
    ['Der Kundendienst ist leider sehr schlecht und niemand antwortet mir', 'de'],
    ['', 'und'],
    ['😡😡 123 https://example.com', 'und'],
    ['サービスがひどい', 'ja'],
  ])('%s is %s', (text, code) => {
    expect(tell<LanguageTag>('language', text).value.code).toBe(code);
  });
});

/** What is told of each of several names in a text. */
function tellEach(kind: string, text: string, names: readonly string[]): (name: string) => unknown {
  const targets: Target[] = names.map((name) => targetIn(text, name, [name]));
  const document = { title: null, text, kind: 'post' as const, declaredLanguage: null };
  const tags = understand({ document, targets }, resources);
  return (name) => tags.find((tag) => tag.kind === kind && tag.target === name)?.value;
}

describe('sentiment', () => {
  it.each([
    ['Отличный сервис, рекомендую', 'positive'],
    ['Сервис не отличный', 'negative'],
    ['Не очень хорошо обслужили', 'negative'],
    ['Great place, loved it', 'positive'],
    ['The staff are not good at all', 'negative'],
    ['Поезд отправляется с третьего пути', 'neutral'],
    ['ну и ладно :(((', 'negative'],
    ['обслужили 😡😡', 'negative'],
    ['пллоооохо', 'negative'],
    ['https://example.com/a', 'neutral'],
    ['Интерьер красивый, но еда отвратительная, есть невозможно', 'negative'],
  ])('%s is %s', (text, label) => {
    expect(tell<Sentiment>('sentiment', text).value.label).toBe(label);
  });

  it('is told towards each target by what stands near it', () => {
    const text = 'В Лютике ужасно, зато Ромашка радует, отличный сервис.';
    const targets = ['Лютике', 'Ромашка'].map((key): Target => {
      const start = text.indexOf(key);
      return { key, spans: [{ field: 'text', start, end: start + key.length }] };
    });
    const document = { title: null, text, kind: 'post' as const, declaredLanguage: null };
    const told = understand({ document, targets }, resources).filter(
      (tag) => tag.kind === 'sentiment' && tag.target !== '',
    );
    expect(told.map((tag) => (tag.value as Sentiment).label)).toEqual(['negative', 'positive']);
  });

  it.each([
    ['В отличие от Лютика, Ромашка опять подвела', 'Лютика', 'Ромашка', 'negative'],
    [
      'Ромашка, в отличие от магазина Лютик, привезла вовремя, спасибо, отличный сервис!',
      'Лютик',
      'Ромашка',
      'positive',
    ],
    ['Ромашка, не в пример Лютику, опять подвела', 'Лютик', 'Ромашка', 'negative'],
    ['Unlike Acorn, Briar let me down again', 'Acorn', 'Briar', 'negative'],
    ['Briar, as opposed to Acorn, was rude and lost my parcel', 'Acorn', 'Briar', 'negative'],
    ['In contrast to Acorn, Briar was lovely, great service, thank you', 'Acorn', 'Briar', 'positive'],
  ])('is not that of the other, from which it is set apart: %s', (text, against, meant, label) => {
    const told = tellEach('sentiment', text, [against, meant]);
    const toneOf = (name: string) => told(name) as Sentiment;
    expect(toneOf(meant).best).toBe(label);
    expect(toneOf(against).best).not.toBe(label);
  });

  it.each([
    ['Ромашка, не в пример Лютику, привезла не то и деньги не вернула, жду третий день', 'Лютик', 'Ромашка'],
    ['Briar, as opposed to Acorn, was rude and lost my parcel, no refund for weeks', 'Acorn', 'Briar'],
  ])('complains of the one that is meant alone: %s', (text, against, meant) => {
    const complaintOf = tellEach('complaint', text, [against, meant]);
    expect(complaintOf(meant)).toMatchObject({ isComplaint: true });
    expect(complaintOf(against)).toMatchObject({ isComplaint: false, level: 'none' });
  });

  it('does not take a name for praise', () => {
    const { value, words } = tell<Sentiment>('sentiment', 'Открылся Хороший Банк', 'Хороший Банк');
    expect(value.label).toBe('neutral');
    expect(words).toEqual([]);
  });

  it('shows the words that decided', () => {
    expect(tell('sentiment', 'Ужасный банк').words).toEqual(['Ужасный']);
  });
});

describe('complaint', () => {
  it.each([
    ['Курьер опоздал, заказ так и не привезли, деньги мне не возвращают', true, 'delivery'],
    ['Кассирша нахамила мне, оператор бросает трубку', true, 'staff'],
    ['Ваше приложение вылетает, не могу зайти в личный кабинет', true, 'app'],
    ['My order never arrived and nobody answers my emails', true, 'delivery'],
    ['Your app keeps crashing, I still cannot log in', true, 'app'],
    ['Вакансия: оператор поддержки, решать проблемы клиентов', false, null],
    ['Ненавижу эту погоду, холодно и мерзко', false, null],
    ['Спасибо за быструю доставку, всё отлично', false, null],
    ['Банк опубликует отчётность 15 ноября', false, null],
  ])('%s: %s', (text, isComplaint, reason) => {
    const { value } = tell<Complaint>('complaint', text);
    expect(value.isComplaint).toBe(isComplaint);
    if (reason) expect(value.reason).toBe(reason);
  });

  it('is made of the firm at fault, not of the one it is compared with', () => {
    const text = 'Ромашка потеряла мой заказ и не отвечает, а вот Лютик привёз всё вовремя.';
    const targets = ['Ромашка', 'Лютик'].map((key): Target => {
      const start = text.indexOf(key);
      return { key, spans: [{ field: 'text', start, end: start + key.length }] };
    });
    const document = { title: null, text, kind: 'post' as const, declaredLanguage: null };
    const told = understand({ document, targets }, resources).filter(
      (tag) => tag.kind === 'complaint' && tag.target !== '',
    );
    expect(told.map((tag) => (tag.value as Complaint).isComplaint)).toEqual([true, false]);
  });

  it('is most severe when money is gone or the law is called', () => {
    expect(tell<Complaint>('complaint', 'Мошенники, украли мои деньги, иду в суд').value.severity).toBe(3);
    expect(tell<Complaint>('complaint', 'Курьер опоздал').value.severity).toBe(1);
  });
});

describe('every tagger', () => {
  const hostile: [string, string][] = [
    ['nothing', ''],
    ['1 MB of words', 'Ромашка обманула меня, ужасный сервис! '.repeat(26_000)],
    ['only emoji', '😡👍🏽👨‍👩‍👧'.repeat(5_000)],
    ['lone surrogates', '\uD83D\uDE00\uD83D\uD83D '.repeat(1_000)],
    ['100 000 repeated letters', 'о'.repeat(100_000)],
    ['brackets', '('.repeat(50_000) + ')'.repeat(50_000)],
    ['denials', 'не '.repeat(30_000)],
    ['colons', ':'.repeat(100_000)],
    ['digits', '1.'.repeat(50_000)],
    ['one long number', '7'.repeat(100_000)],
    ['at signs and dots', 'a.b@'.repeat(25_000)],
    ['zero-width characters', 'а\u200B\u00AD'.repeat(30_000)],
  ];

  it.each(hostile)('takes %s in good time, with spans inside the text', (_name, text) => {
    const spans = [...text.matchAll(/Ромашка/g)].map(({ index }) => ({
      field: 'text' as const,
      start: index,
      end: index + 7,
    }));
    const targets = [
      { key: 'a', spans },
      { key: 'b', spans: spans.slice(0, 3) },
      { key: 'c', spans: [] },
    ];
    const document = { title: text.slice(0, 300), text, kind: 'post' as const, declaredLanguage: null };
    const before = processorMs();
    const tags = understand({ document, targets }, resources);
    expect(processorMs() - before).toBeLessThan(12_000);
    for (const kind of ['sentiment', 'complaint']) {
      expect(tags.filter((tag) => tag.kind === kind).map((tag) => tag.target)).toEqual(['', 'a', 'b', 'c']);
    }
    for (const tag of tags) expect(() => structuredClone(tag)).not.toThrow();
  });

  it('says the same twice, and has its own kind and a version', () => {
    const document = {
      title: 'Жалоба',
      text: 'Ромашка обманула меня',
      kind: 'post' as const,
      declaredLanguage: null,
    };
    const text = { document, targets: [] };
    expect(understand(text, resources)).toEqual(
      understand({ ...text, document: { ...document } }, resources),
    );
    expect(new Set(TAGGERS.map((tagger) => tagger.kind)).size).toBe(TAGGERS.length);
    for (const tag of understand(text, resources)) expect(tag.version).toMatch(/^\d+(-[\da-f]{8})?$/);
  });

  it('is caught when it points outside the text', () => {
    const broken: Tagger = {
      kind: 'broken',
      version: '1',
      tag: () => [{ kind: 'broken', target: '', value: 0, spans: [{ field: 'text', start: 0, end: 9 }] }],
    };
    const document = { title: null, text: 'short', kind: 'post' as const, declaredLanguage: null };
    expect(() => understand({ document, targets: [] }, resources, [broken])).toThrow(RangeError);
  });

  it('reads many documents as it reads each of them', () => {
    const texts = Array.from({ length: 40 }, (_, at) => ({
      document: {
        title: null,
        text: `${at % 2 ? 'Ромашка не отвечает' : 'Acme is great'}, ${at} дней`,
        kind: 'post' as const,
        declaredLanguage: null,
      },
      targets: [],
    }));
    expect(understandEach(texts, resources)).toEqual(texts.map((text) => understand(text, resources)));
    expect(understandEach([], resources)).toEqual([]);
  });

  it('reads the others where it fails on one', () => {
    const picky: Tagger = {
      kind: 'picky',
      version: '1',
      tag({ document }) {
        if (document.text === '3') throw new TypeError('not this one');
        return [{ kind: 'picky', target: '', value: document.text, spans: [] }];
      },
    };
    const texts = Array.from({ length: 20 }, (_, at) => ({
      document: { title: null, text: String(at), kind: 'post' as const, declaredLanguage: null },
      targets: [],
    }));
    const told = understandEach(texts, resources, [picky, { ...picky, kind: 'next', tag: () => [] }]);
    expect(told[3]).toBeInstanceOf(TypeError);
    expect(told.filter((_, at) => at !== 3)).toEqual(
      texts.flatMap((_, at) =>
        at === 3
          ? []
          : [[{ kind: 'picky', target: '', value: String(at), spans: [], version: expect.any(String) }]],
      ),
    );
  });

  it('is asked to tag once all documents are read, and not where reading fails', () => {
    const steps: string[] = [];
    const reader: Tagger = {
      kind: 'reader',
      version: '1',
      reads: [
        ({ document }) => {
          steps.push(`read ${document.text}`);
          if (document.text === '1') throw new TypeError('not this one');
        },
      ],
      tag({ document }) {
        steps.push(`tag ${document.text}`);
        return [];
      },
    };
    const texts = ['0', '1', '2'].map((text) => ({
      document: { title: null, text, kind: 'post' as const, declaredLanguage: null },
      targets: [],
    }));
    expect(understandEach(texts, resources, [reader])).toEqual([[], new TypeError('not this one'), []]);
    expect(steps).toEqual(['read 0', 'read 1', 'read 2', 'tag 0', 'tag 2']);
    steps.length = 0;
    expect(understandAgain(texts[0]!, [], new Set(['other']), resources, [reader])).toEqual([]);
    expect(steps).toEqual([]);
  });
});
