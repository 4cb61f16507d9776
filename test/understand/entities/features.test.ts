import { describe, expect, it } from 'vitest';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import { tokenize } from '../../../src/lib/tokens.ts';
import {
  BEFORE,
  BEHIND,
  FEATURES,
  factsAt,
  JOINT,
  OWN,
  writeAlone,
  writeFeatures,
  writeJoint,
} from '../../../src/understand/entities/features.ts';
import { entityModels } from '../../../src/understand/entities/model.ts';
import { wordFacts } from '../../../src/understand/entities/word-facts.ts';
import { readNameWords } from '../../../src/understand/entities/words.ts';

const TEXT = 'Вчера «Ромашка» звонила Ивану Петрову в Тулу: 5 раз!';
const SHIFT = 15;
const factsOf = wordFacts(await loadMorphology(), entityModels().lists);
const words = readNameWords(TEXT, tokenize(TEXT), factsOf);

describe('features of words', () => {
  it('have a number each', () => {
    const numbers = [...OWN, ...BEFORE, ...BEHIND, ...JOINT].sort((one, two) => one - two);
    expect(numbers).toEqual(Array.from({ length: FEATURES }, (_, number) => number));
  });

  it('are the same whether they are written together or part by part', () => {
    words.forEach((_, at) => {
      const whole = new Uint32Array(FEATURES);
      writeFeatures(words, at, SHIFT, whole, 0);
      const parts = new Uint32Array(FEATURES);
      const take = (numbers: readonly number[], write: (rows: Uint32Array<ArrayBuffer>) => void): void => {
        const rows = new Uint32Array(FEATURES);
        write(rows);
        for (const number of numbers) parts[number] = rows[number] as number;
      };
      take(OWN, (rows) => writeAlone(factsAt(words, at), SHIFT, rows));
      take(BEFORE, (rows) => writeAlone(factsAt(words, at - 1), SHIFT, rows));
      take(BEHIND, (rows) => writeAlone(factsAt(words, at + 1), SHIFT, rows));
      take(JOINT, (rows) => writeJoint(words, at, SHIFT, rows));
      expect(parts).toEqual(whole);
    });
  });
});
