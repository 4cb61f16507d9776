import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import type { Morphology } from '../../../src/model/ports.ts';
import {
  type ContextModel,
  createContextCheck,
  type TopicExample,
} from '../../../src/query/context/check.ts';
import { formatWeights, loadContextModel, parseWeights } from '../../../src/query/context/model.ts';
import { measureContextCheck } from '../../../src/query/context/precision.ts';

let model: ContextModel;
let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
  model = loadContextModel(morphology);
});

function example(text: string, word: string, isBrand: boolean): TopicExample {
  const start = text.indexOf(word);
  return { text, span: { start, end: start + word.length }, isBrand };
}

const SHOP = { name: 'Лагуна', about: 'сеть магазинов', examples: [] };

describe('the context check', () => {
  it('tells a shop from the ordinary word without any example of it', () => {
    const check = createContextCheck(model, SHOP);
    const shop = example('В Лагуне кассир не пробил скидку', 'Лагуне', true);
    const water = example('Купались в голубой лагуне', 'лагуне', false);
    expect(check(shop.text, shop.span).probability).toBeGreaterThan(0.8);
    expect(check(water.text, water.span).probability).toBeLessThan(0.3);
  });

  it('names the words that decided, the weightiest first', () => {
    const check = createContextCheck(model, SHOP);
    const { text, span } = example('В Лагуне кассир не пробил скидку', 'Лагуне', true);
    const { words } = check(text, span);
    expect(words.map(({ word }) => word)).toContain('кассир');
    const weights = words.map(({ weight }) => Math.abs(weight));
    expect(weights).toEqual([...weights].sort((one, two) => two - one));
    expect(words.every(({ word }) => text.includes(word))).toBe(true);
  });

  it('looks at the place that it is asked about, not at the text as a whole', () => {
    const check = createContextCheck(model, SHOP);
    const text =
      'Заказ из «Лагуны» привезли с опозданием. А потом мы долго смотрели, как над тихой лагуной садится солнце.';
    const at = (word: string) => check(text, example(text, word, true).span).probability;
    expect(at('Лагуны')).toBeGreaterThan(at('лагуной') + 0.3);
  });

  it('learns from the examples of a topic which words stand near the brand', () => {
    const asked = example('Лагуна и кораллы ждут', 'Лагуна', false);
    const examples = [
      example('Лагуна, кораллы и черепахи', 'Лагуна', false),
      example('Кораллы, лагуна, отпуск', 'лагуна', false),
      example('Лагуна снова обвесила на рынке', 'Лагуна', true),
    ];
    const before = createContextCheck(model, SHOP)(asked.text, asked.span).probability;
    const after = createContextCheck(model, { ...SHOP, examples })(asked.text, asked.span).probability;
    expect(after).toBeLessThan(before - 0.2);
  });

  it('leaves the general model as it was', () => {
    const before = formatWeights(model.weights);
    createContextCheck(model, { ...SHOP, examples: [example('Лагуна тиха', 'Лагуна', false)] });
    expect(formatWeights(model.weights)).toBe(before);
  });

  it('gives an even answer about a place outside the text', () => {
    const verdict = createContextCheck(model, SHOP)('', { start: 5, end: 9 });
    expect(verdict.probability).toBeGreaterThan(0);
    expect(verdict.words).toEqual([]);
  });
});

describe('the precision of the check on a topic’s examples', () => {
  it('judges each example by what the others taught, and says how sure the figure is', () => {
    const examples = [
      example('В Лагуне обманули на кассе', 'Лагуне', true),
      example('Заказал в «Лагуне» доставку, не привезли', 'Лагуне', true),
      example('Промокод Лагуны не сработал', 'Лагуны', true),
      example('Купались в тихой лагуне', 'лагуне', false),
      example('Над лагуной кружили чайки', 'лагуной', false),
    ];
    const measured = measureContextCheck(model, { ...SHOP, examples });
    expect(measured).toMatchObject({ examples: 5, precision: 1, recall: 1, before: 0.6 });
    expect(measured.precisionAtLeast).toBeGreaterThan(0.4);
    expect(measured.precisionAtLeast).toBeLessThan(0.5);
  });

  it('has no figure without examples', () => {
    expect(measureContextCheck(model, SHOP)).toEqual({
      examples: 0,
      precision: null,
      recall: null,
      before: null,
      precisionAtLeast: null,
    });
  });
});

describe('weights in a file', () => {
  it('are read as they were written, the bias without a sign', () => {
    const weights = new Map([
      ['', -0.21],
      ['case=name middle', 1.5],
    ]);
    expect(parseWeights(formatWeights(weights))).toEqual(weights);
  });
});
