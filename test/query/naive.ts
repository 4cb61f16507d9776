import type { Morphology } from '../../src/model/ports.ts';
import type { QueryableDocument } from '../../src/query/document.ts';
import type { Sketch } from './samples.ts';

/** Written to be obviously right, not fast: tries every start of every field. */
export function naiveMatches(
  node: Sketch,
  document: QueryableDocument,
  morphology: Morphology,
  field?: 'title' | 'text',
): boolean {
  const texts = [field === 'text' ? '' : (document.title ?? ''), field === 'title' ? '' : document.text];
  switch (node.type) {
    case 'and':
      return node.items.every((item) => naiveMatches(item, document, morphology, field));
    case 'or':
      return node.items.some((item) => naiveMatches(item, document, morphology, field));
    case 'not':
      return !naiveMatches(node.item, document, morphology, field);
    case 'field':
      return naiveMatches(node.item, document, morphology, node.field);
    case 'site':
      return document.site === node.value || (document.site ?? '').endsWith(`.${node.value}`);
    case 'lang':
      return document.language === node.value;
    default:
      return texts.some((text) => holds(node, wordsOf(text), morphology));
  }
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}-]+/u).filter((word) => word !== '');
}

function holds(
  node: Extract<Sketch, { type: 'word' | 'prefix' | 'exact' | 'phrase' }>,
  words: string[],
  morphology: Morphology,
): boolean {
  const pieces = words.flatMap((word) => word.split('-'));
  if (node.type === 'exact')
    return node.text.includes('-') ? words.includes(node.text) : pieces.includes(node.text);
  if (node.type === 'prefix')
    return [...words, ...pieces].some((word) => word.toLowerCase().startsWith(node.text));
  const wanted = node.type === 'phrase' ? node.words : node.text.split('-');
  const same = (one: string, two: string) => {
    const lemmas = morphology.lemmas(two.toLowerCase());
    return morphology.lemmas(one.toLowerCase()).some((lemma) => lemmas.includes(lemma));
  };
  if (
    node.type === 'word' &&
    wanted.length > 1 &&
    [...words, ...pieces].some((word) => same(wanted.join(''), word.replace('-', '')))
  )
    return true;
  return readings(words).some((reading) =>
    reading.some((_, from) =>
      wanted.every((word, i) => from + i < reading.length && same(word, reading[from + i] as string)),
    ),
  );
}

/** Each hyphenated word either in parts or joined: all combinations. */
function readings(words: string[]): string[][] {
  return words.reduce<string[][]>(
    (all, word) =>
      word.includes('-')
        ? all.flatMap((reading) => [
            [...reading, ...word.split('-')],
            [...reading, word.replace('-', '')],
          ])
        : all.map((reading) => [...reading, word]),
    [[]],
  );
}
