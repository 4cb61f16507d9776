import { foldWord, visibleForm } from '../lib/fold.ts';
import { type Token, tokenize } from '../lib/tokens.ts';
import type { Scope, TermNode } from './ast.ts';
import type { Leaf } from './plan.ts';
import type { TestId, Vocabulary } from './vocabulary.ts';
import { meantKeys } from './word-keys.ts';

/** The terms of the loaded queries, each made once. */
export interface Leaves {
  vocabulary: Vocabulary;
  /** Of a term; counts one use more. */
  use(node: TermNode, scope: Scope): Leaf;
  /** One use fewer; a leaf that nothing uses is forgotten with its tests, and its number used again. */
  release(leaf: Leaf): void;
  /** All numbers are below it. */
  size(): number;
}

type Body = Leaf extends infer One ? (One extends Leaf ? Omit<One, 'id' | 'scope'> : never) : never;

export function createLeaves(vocabulary: Vocabulary): Leaves {
  const known = new Map<string, { leaf: Leaf; uses: number }>();
  const keys: string[] = [];
  const free: number[] = [];

  return {
    vocabulary,
    use: (node, scope) => {
      const key = keyOf(node, scope);
      const there = known.get(key);
      if (there) {
        there.uses += 1;
        return there.leaf;
      }
      const leaf = { ...readTerm(node, vocabulary), id: free.pop() ?? keys.length, scope } as Leaf;
      keys[leaf.id] = key;
      known.set(key, { leaf, uses: 1 });
      return leaf;
    },
    release: (leaf) => {
      const key = keys[leaf.id] ?? '';
      const there = known.get(key);
      if (!there) return;
      there.uses -= 1;
      if (there.uses > 0) return;
      known.delete(key);
      free.push(leaf.id);
      for (const test of testsOf(leaf)) vocabulary.release(test);
    },
    size: () => keys.length,
  };
}

function keyOf(node: TermNode, scope: Scope): string {
  const extra = node.type === 'phrase' ? node.slack : node.type === 'typo' ? node.errors : '';
  const text = node.type === 'exact' ? node.text : foldWord(node.text);
  return `${scope} ${node.type} ${extra} ${text}`;
}

function testsOf(leaf: Leaf): TestId[] {
  if (leaf.kind === 'exact') return [...leaf.words];
  return leaf.kind === 'words' ? [...leaf.steps.flat(), ...leaf.joined] : leaf.steps.flat();
}

function readTerm(node: TermNode, vocabulary: Vocabulary): Body {
  switch (node.type) {
    case 'exact':
      return readExact(node.text, vocabulary);
    case 'prefix':
      return { kind: 'words', steps: [[vocabulary.prefix(foldWord(node.text))]], joined: [] };
    case 'typo':
      return { kind: 'words', steps: [[vocabulary.typo(foldWord(node.text), node.errors)]], joined: [] };
    default:
      return readWords(node.text, node.type === 'phrase' ? node.slack : 0, vocabulary);
  }
}

function readWords(text: string, slack: number, vocabulary: Vocabulary): Body {
  const tokens = tokenize(text);
  const steps = tokens.flatMap((token) => stepsOf(token, text, vocabulary));
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (slack > 0 && steps.length > 1) return { kind: 'loose', steps, slack };
  const whole = only && only.parts.length > 0 ? only.parts.map((part) => part.word).join('') : '';
  const joined =
    whole === '' ? [] : vocabulary.morphology.lemmas(whole).map((lemma) => vocabulary.lemma(lemma));
  return { kind: 'words', steps, joined };
}

/** One step for each part of a hyphenated word; a word with a star after it is a beginning. */
function stepsOf(token: Token, text: string, vocabulary: Vocabulary): TestId[][] {
  const words = token.parts.length > 0 ? token.parts.map((part) => part.word) : [token.word];
  return words.map((word, at) => {
    if (at === words.length - 1 && text.charAt(token.end) === '*') return [vocabulary.prefix(word)];
    return meantKeys(word, vocabulary.morphology).map((key) => vocabulary.lemma(key));
  });
}

function readExact(text: string, vocabulary: Vocabulary): Body {
  const value = visibleForm(text).replace(/\s+/g, ' ').trim();
  const slots = tokenize(value).flatMap((token) => (token.parts.length > 0 ? token.parts : [token]));
  return {
    kind: 'exact',
    value,
    words: slots.map((slot) => vocabulary.spelling(slot.word)),
    lead: slots[0]?.start ?? 0,
    tail: value.length - (slots.at(-1)?.end ?? 0),
  };
}
