import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { explainQuery, writeExplained } from '../../src/query/explain.ts';
import { lintQuery } from '../../src/query/lint.ts';
import { mustParse } from './samples.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

describe('explain', () => {
  it('shows the tree with every form of the words', () => {
    const explained = explainQuery(mustParse('ромашка AND (вернуть OR "плохой сервис")'), morphology);
    expect(explained.parts.map((part) => part.text)).toEqual(['ромашка', 'вернуть OR "плохой сервис"']);
    expect(explained.parts[0]?.words[0]?.forms).toEqual(expect.arrayContaining(['ромашку', 'ромашек']));
    const lines = writeExplained(explained, 'ru');
    expect(lines[0]).toContain('и то и другое');
    expect(lines.join('\n')).toContain('ромашками');
  });

  it('says of words that the dictionary does not know how they are found', () => {
    const [word] = explainQuery(mustParse('вайлдберриз'), morphology).words;
    expect(word).toMatchObject({ isKnown: false, forms: [] });
    expect(word?.lemmas).toContain('вайлдберриз');
  });

  it('takes a word for the lexeme that it is the first form of', () => {
    expect(explainQuery(mustParse('банка'), morphology).words[0]?.lemmas).toEqual(['банка']);
  });
});

describe('lint', () => {
  it.each([
    ['Ромашка', 'word-namesake', 0],
    ['вайлдберриз', null, 0],
    ['ром* AND обман', 'prefix-broad', 0],
    ['ромашка AND чай AND NOT чай', 'never-matches', 12],
    ['ромашка AND ромашка', 'said-twice', 12],
    ['вернуть OR вернули', 'alternative-covered', 11],
    ['ромаш* OR ромашка', 'alternative-covered', 10],
    ['ромашка чай OR лютик', 'mixed-operators', 0],
    ['обман AND очень', 'word-common', 10],
  ])('%s: %s', (text, code, offset) => {
    const [issue] = lintQuery(mustParse(text), morphology);
    if (code === null) expect(issue).toBeUndefined();
    else expect(issue).toMatchObject({ code, offset });
  });

  it('names terms that never occur', () => {
    const issues = lintQuery(mustParse('вайлдберриз OR озон'), morphology, (term) =>
      term.text === 'озон' ? 5 : 0,
    );
    expect(issues).toMatchObject([{ code: 'term-never-occurs', offset: 0 }]);
  });
});
