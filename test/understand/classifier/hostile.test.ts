import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import type { Classifier } from '../../../src/model/opinion.ts';
import type { Morphology } from '../../../src/model/ports.ts';
import { loadModels } from '../../../src/understand/classifier/load.ts';
import { readOpinionText } from '../../../src/understand/classifier/opinion-text.ts';
import { decidingWords, readTone } from '../../../src/understand/classifier/tone.ts';
import { processorMs } from '../../support/processor-ms.ts';

let morphology: Morphology;
let classifiers: ReadonlyMap<string, Classifier>;
beforeAll(async () => {
  morphology = await loadMorphology();
  ({ classifiers } = await loadModels());
});

const TEXTS: readonly [string, string][] = [
  ['nothing', ''],
  ['blanks', ' \n\t\u00A0'],
  ['faces', '😡'.repeat(5000)],
  ['half a pair', 'плохо \uD83D \uDE21 плохо\uD800'],
  ['one letter', 'а'.repeat(100_000)],
  ['parentheses', ')'.repeat(100_000)],
  ['points', '.'.repeat(100_000)],
  ['a long address', `http://a.ru/${'x'.repeat(100_000)}`],
  ['many addresses', 'a.ru/x '.repeat(20_000)],
  ['hyphens', 'а-'.repeat(50_000)],
  ['marks', `а${'\u0301'.repeat(100_000)}`],
  ['mixed scripts', 'пpивeт wоrld 你好 مرحبا '.repeat(2000)],
  ['zero', 'не\u0000работает\u0000'.repeat(5000)],
];

describe.each(['ru', 'en'])('the model of %s', (language) => {
  it.each(TEXTS)('has probabilities for %s, in time', (_, text) => {
    const classifier = classifiers.get(language) as Classifier;
    const before = processorMs();
    const read = readOpinionText({ title: text.slice(0, 200), text }, morphology);
    const answers = classifier.classify(read);
    const { tone, probabilities } = readTone(classifier, answers);
    const sum = probabilities.reduce((total, one) => total + one, 0);
    expect(sum).toBeCloseTo(1, 5);
    for (const { field, start, end } of decidingWords(classifier, read, tone)) {
      const written = field === 'title' ? text.slice(0, 200) : text;
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(written.length);
    }
    expect(processorMs() - before).toBeLessThan(400);
  });

  it('reads a megabyte within a second', () => {
    const text = 'Сервис отличный, but the delivery was late. '.repeat(24_000);
    const before = processorMs();
    classifiers.get(language)?.classify(readOpinionText({ title: null, text }, morphology));
    expect(processorMs() - before).toBeLessThan(4000);
  });
});
