import { tokenize } from '../../lib/tokens.ts';
import type { Morphology } from '../../model/ports.ts';
import { isWithin, letterSet, mayBeWithin } from '../typing-errors.ts';
import { wordsOfName } from './name-parts.ts';
import type { Suggestion } from './reasons.ts';

/** A spelling near the brand's that occurs in texts. */
export interface SeenForm {
  /** Folded, the commonest of its forms; with # or @ when it is written so. */
  spelling: string;
  /** Texts with it or another of its forms. */
  count: number;
}

export interface SeenForms {
  add(text: string): void;
  /** The commonest first. */
  list(most: number): SeenForm[];
}

interface Target {
  word: string;
  letters: number;
  errors: number;
}

interface Group {
  count: number;
  spellings: Map<string, number>;
}

const SHORTEST = 4;
const LONGEST_WORD = 48;
/** Beyond that the rarest are not looked for any more: nobody reads them. */
const GROUPS_AT_MOST = 2_000;

/** Collects spellings near those that are suggested: with one typing error (two in long names), or with the name inside. */
export function createSeenForms(suggestions: readonly Suggestion[], morphology: Morphology): SeenForms {
  const targets = targetsOf(suggestions);
  const groups = new Map<string, Group>();

  function add(text: string): void {
    const inText = new Set<string>();
    for (const { word, kind } of tokenize(text)) {
      if (word.length > LONGEST_WORD || !['word', 'handle', 'tag'].includes(kind)) continue;
      const bare = word.replace(/[@#_-]/g, '');
      if (!targets.some((target) => isNear(bare, target))) continue;
      const key = morphology.lemmas(word)[0] ?? word;
      const group = groups.get(key) ?? { count: 0, spellings: new Map<string, number>() };
      if (groups.size >= GROUPS_AT_MOST && group.count === 0) continue;
      groups.set(key, group);
      if (!inText.has(key)) group.count += 1;
      inText.add(key);
      group.spellings.set(word, (group.spellings.get(word) ?? 0) + 1);
    }
  }

  return {
    add,
    list: (most) =>
      [...groups.values()]
        .map(({ count, spellings }): SeenForm => ({ spelling: commonest(spellings), count }))
        .sort((one, two) => two.count - one.count || (one.spelling < two.spelling ? -1 : 1))
        .slice(0, most),
  };
}

function targetsOf(suggestions: readonly Suggestion[]): Target[] {
  const words = suggestions
    .filter(({ kind }) => ['name', 'given', 'latin', 'cyrillic', 'sound'].includes(kind))
    .flatMap(({ terms }) => terms.map((term) => wordsOfName(term).join('')))
    .filter((word) => word.length >= SHORTEST);
  return [...new Set(words)].map((word) => ({
    word,
    letters: letterSet(word),
    errors: word.length < SHORTEST + 2 ? 0 : word.length < 8 ? 1 : 2,
  }));
}

function isNear(bare: string, { word, letters, errors }: Target): boolean {
  if (bare.includes(word)) return true;
  return errors > 0 && mayBeWithin(letterSet(bare), letters, errors) && isWithin(bare, word, errors);
}

function commonest(spellings: ReadonlyMap<string, number>): string {
  return [...spellings].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
