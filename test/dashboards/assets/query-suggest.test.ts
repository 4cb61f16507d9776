import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSuggester } from '../../../dashboards/assets/query-suggest.js';
import { queryWords } from '../../../dashboards/query-words.ts';
import { FIELDS, isKnownLater } from '../../../src/query/fields.ts';
import { parseQuery } from '../../../src/query/parse.ts';

const TOPICS = [
  { key: 'banks', name: 'Мои банки' },
  { key: 'tea', name: 'Чай' },
];
const suggest = createSuggester(queryWords('en', 'rule', TOPICS));
const forTopics = createSuggester(queryWords('ru', 'topic', TOPICS));

/** `|` is the caret. */
function labels(marked: string, isAsked = false, offer = suggest): string[] {
  const caret = marked.indexOf('|');
  return (offer(marked.replace('|', ''), caret, isAsked)?.items ?? []).map(({ label }) => label);
}

/** The text after the first of what is offered was taken. */
function taken(marked: string, isAsked = false): string {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const offer = suggest(text, caret, isAsked);
  if (!offer) return text;
  return text.slice(0, offer.from) + offer.items[0]!.insert + text.slice(offer.to);
}

describe('what is offered while a query is typed', () => {
  it.each([
    ['ромашка A|', ['AND']],
    ['ромашка NO|', ['NOT NEAR', 'NOT']],
    ['ромашка O|', ['OR', 'ONEAR']],
    ['ti|', ['title:', 'tier:']],
    ['-ti|', ['title:', 'tier:']],
    ['(ti|)', ['title:', 'tier:']],
    ['tone:|', ['negative', 'neutral', 'positive', 'unsure']],
    ['tone:ne|', ['negative', 'neutral']],
    ['tone(лютик):pos|', ['positive']],
    ['tone:(negative OR u|', ['unsure']],
    ['tone:(negative OR |', ['negative', 'neutral', 'positive', 'unsure']],
    ['saved:|', ['banks', 'tea']],
    ['saved:"Мои б|', ['banks']],
    ['saved:чай|', ['tea']],
    // Typed in the other layout.
    ['ромашка ФТВ|', ['AND']],
    ['ромашка ТУФ|', ['NEAR']],
    ['ещт|', ['tone:']],
  ])('%s', (text, expected) => expect(labels(text)).toEqual(expected));

  it.each([
    'ромашка|',
    'ромашка |',
    'or|',
    't|',
    'ти|',
    'ещё|',
    '"ti|',
    '/* ti|',
    'tone:negative |',
    'tone:(negative) |',
    'site:exa|',
    'title:|',
    'OR|',
    'МТС|',
    '=ti|',
    'ti* |',
    '|',
  ])('nothing: %s', (text) => expect(labels(text)).toEqual([]));

  it('shows all that there is when it is asked for', () => {
    expect(labels('ромашка |', true)).toEqual(
      expect.arrayContaining(['AND', 'OR', 'NOT', 'NEAR', 'title:', 'saved:', 'is:']),
    );
    expect(labels('"внутри |', true)).toEqual([]);
  });

  it('offers a topic only what is known when a text arrives', () => {
    const offered = labels('|', true, forTopics);
    for (const field of FIELDS.values())
      expect([field.name, offered.includes(`${field.name}:`)]).toEqual([
        field.name,
        !isKnownLater(field, ''),
      ]);
    expect(labels('has:|', false, forTopics)).toEqual(['image', 'link', 'phone', 'email', 'fault']);
    // By what it means, too; a complaint towards a topic waits for the topics.
    expect(labels('intent:рек|', false, forTopics)).toEqual(['advert']);
    expect(labels('intent:com|', false, forTopics)).toEqual(['comparison']);
  });
});

describe('what is taken', () => {
  it.each([
    ['ромашка A|', 'ромашка AND '],
    ['ромашка NE| лютик', 'ромашка NEAR/4 лютик'],
    ['ti|tle', 'title:tle'],
    ['titl|:банк', 'title:банк'],
    ['tone:ne|gat x', 'tone:negative x'],
    ['a saved:"Мои б|" x', 'a saved:banks x'],
    ['ромашка ФТВ|', 'ромашка AND '],
  ])('%s becomes %s', (text, expected) => expect(taken(text)).toBe(expected));

  it('can be read: every field with every value that is offered', () => {
    for (const { name } of FIELDS.values())
      for (const value of labels(`${name}:|`))
        expect([name, value, 'query' in parseQuery(`ромашка ${name}:${value}`, 'rule')]).toEqual([
          name,
          value,
          true,
        ]);
  });

  it('leaves alone what stands around it, wherever the caret is', () => {
    const text = fc.string({ unit: fc.constantFrom(...'tione:aNORD ("saved-ром*=~/'), maxLength: 24 });
    fc.assert(
      fc.property(text, fc.nat(24), fc.boolean(), (query, at, isAsked) => {
        const caret = Math.min(at, query.length);
        const offer = suggest(query, caret, isAsked);
        if (!offer) return;
        expect(offer.from).toBeLessThanOrEqual(caret);
        expect(offer.to).toBeGreaterThanOrEqual(caret);
        expect(offer.to).toBeLessThanOrEqual(query.length);
        expect(query.slice(offer.from, caret)).not.toMatch(/[\s()]/);
      }),
      { numRuns: 3000 },
    );
  });
});
