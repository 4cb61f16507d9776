import { expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { IndexSource } from '../../src/model/search.ts';
import { toRecord } from '../../src/search/record.ts';

it('keeps numbers of cards and accounts out of the index, and leaves orders and phones in it', async () => {
  const source = {
    title: null,
    text: 'Карта 4111 1111 1111 1111, счёт 40702810900000012345, заказ 445566',
    mentions: [],
    authorHandle: null,
    authorName: null,
    url: 'https://f.example/1',
    language: 'ru',
    kind: 'post',
    source: 's',
    time: new Date(0),
    publishedAt: null,
    foundAt: new Date(0),
  } as unknown as IndexSource;
  const { words } = toRecord(source, await loadMorphology());
  expect(words.filter((word) => /\d/.test(word))).toEqual(['445566']);
});
