import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import type { Morphology } from '../../../src/model/ports.ts';
import { createSeenForms } from '../../../src/query/suggest/seen.ts';
import { suggestForms } from '../../../src/query/suggest/suggest.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

function seenIn(name: string, texts: string[]) {
  const seen = createSeenForms(suggestForms(name, [], morphology), morphology);
  for (const text of texts) seen.add(text);
  return seen.list(10);
}

describe('spellings seen in texts', () => {
  it('counts texts, the forms of a word together', () => {
    const texts = ['Вайлдберрез не привёз', 'жду вайлдберреза, вайлдберрез молчит', 'просто дом'];
    expect(seenIn('Wildberries', texts)).toEqual([{ spelling: 'вайлдберрез', count: 2 }]);
  });

  it('sees accounts and tags that have the name inside', () => {
    const spellings = seenIn('Тинькофф', ['@my_tinkoff_team привет', '#тинькоффплохой']).map(
      (form) => form.spelling,
    );
    expect(spellings.sort()).toEqual(['#тинькоффплохой', '@my_tinkoff_team']);
  });

  it('does not take a word two letters away from a short name', () => {
    expect(seenIn('Лента', ['рента выросла', 'пента'])).toEqual([]);
  });
});
