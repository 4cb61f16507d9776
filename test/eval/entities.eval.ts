import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { tokenize } from '../../src/lib/tokens.ts';
import { NAMED_KINDS, type NamedKind } from '../../src/model/entity.ts';
import { labelNames, readWords } from '../../src/understand/entities/label.ts';
import { expectAtLeast } from './floors.ts';

interface Name {
  kind: string;
  start: number;
  end: number;
}

interface Sample {
  text: string;
  names: Name[];
}

/** «[place:Самаре]» marks a name; our own sentences, none of them was trained on. */
function readSample(line: string): Sample {
  const names: Name[] = [];
  let text = '';
  let at = 0;
  for (const { 0: marked, 1: kind = '', 2: name = '', index } of line.matchAll(/\[(\w+):([^\]]+)\]/g)) {
    text += line.slice(at, index);
    names.push({ kind, start: text.length, end: text.length + name.length });
    text += name;
    at = index + marked.length;
  }
  return { text: text + line.slice(at), names };
}

const morphology = await loadMorphology();
const samples = readFileSync(new URL('./data/entities.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(readSample);

describe('quality floors of names in posts', () => {
  it.each(['ru', 'en'])('in %s, to the letter', (language) => {
    const own = samples.filter(({ text }) => /[а-я]/i.test(text) === (language === 'ru'));
    for (const kind of NAMED_KINDS) expectF1(`entities.${language}.${kind}.f1`, own, kind);
  });
});

function expectF1(name: string, own: readonly Sample[], kind: NamedKind): void {
  let [right, both] = [0, 0];
  const misses: string[] = [];
  for (const { text, names } of own) {
    const key = ({ start, end }: Name) => text.slice(start, end);
    const marked = names.filter((one) => one.kind === kind).map(key);
    const found = labelNames(text, readWords(text, tokenize(text), morphology))
      .filter((one) => one.kind === kind)
      .map(key);
    right += found.filter((one) => marked.includes(one)).length;
    both += found.length + marked.length;
    misses.push(...marked.filter((one) => !found.includes(one)).map((one) => `−${one}`));
    misses.push(...found.filter((one) => !marked.includes(one)).map((one) => `+${one}`));
  }
  expectAtLeast(name, (2 * right) / both, misses.join(' '));
}
