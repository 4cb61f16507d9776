import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/understand/language/detect.ts';
import { expectAtLeast } from './floors.ts';

interface Sample {
  code: string;
  isTransliterated?: boolean;
  text: string;
}

// Our own sentences: none of them was trained on.
const samples = readFileSync(new URL('./data/language.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Sample);

describe('quality floors of the language', () => {
  it.each(['ru', 'en', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'und'])('short posts in %s', (code) => {
    const own = samples.filter((sample) => sample.code === code && !sample.isTransliterated);
    expectAccuracy(`language.${code}.accuracy`, own);
  });

  it('Russian in Latin letters', () => {
    expectAccuracy(
      'language.transliterated.accuracy',
      samples.filter((sample) => sample.isTransliterated),
    );
  });

  it('nothing else is taken for Russian in Latin letters', () => {
    const others = samples.filter((sample) => !sample.isTransliterated);
    expect(others.filter(({ text }) => detectLanguage(text, null).isTransliterated)).toEqual([]);
  });
});

function expectAccuracy(name: string, own: readonly Sample[]): void {
  const misses = own.filter(({ code, text }) => detectLanguage(text, null).code !== code);
  const figure = 1 - misses.length / own.length;
  expectAtLeast(name, figure, misses.map(({ text }) => text).join(' | '));
}
