import { foldWord, visibleForm } from '../lib/fold.ts';
import { type Token, tokenize } from '../lib/tokens.ts';
import type { NodeOf, Scope, TermNode } from './ast.ts';
import type { Leaf } from './plan.ts';
import type { TestId, Vocabulary } from './vocabulary.ts';
import { meantKeys } from './word-keys.ts';

export type WordNode = NodeOf<'word' | 'prefix' | 'typo'>;

/** The terms of the loaded queries, each made once. */
export interface Leaves {
  vocabulary: Vocabulary;
  /** Of a term; counts one use more. */
  use(node: TermNode, scope: Scope): Leaf;
  /** Of single words, of which any will do: one leaf for all of them, made anew. */
  useAny(nodes: readonly WordNode[], scope: Scope): Leaf;
  /** One use fewer; a leaf that nothing uses is forgotten with its tests. */
  release(leaf: Leaf): void;
}

export function createLeaves(vocabulary: Vocabulary): Leaves {
  const known = new Map<string, Leaf>();

  function use(key: string, scope: Scope, make: () => Partial<Leaf>): Leaf {
    const there = known.get(key);
    if (there) {
      there.uses += 1;
      return there;
    }
    const leaf = shapeLeaf(key, scope, make());
    known.set(key, leaf);
    return leaf;
  }

  return {
    vocabulary,
    use: (node, scope) => use(`${scope} ${keyOf(node)}`, scope, () => readTerm(node, vocabulary)),
    // Two queries hardly ever have the same group: to look for one costs more memory than it spares.
    useAny: (nodes, scope) =>
      shapeLeaf('', scope, { steps: [nodes.flatMap((node) => wordTests(node, vocabulary))] }),
    release: (leaf) => {
      leaf.uses -= 1;
      if (leaf.uses > 0) return;
      known.delete(leaf.key);
      for (const test of leaf.steps.flat()) vocabulary.release(test);
      for (const test of leaf.joined) vocabulary.release(test);
    },
  };
}

const NONE: readonly TestId[] = [];

function shapeLeaf(key: string, scope: Scope, given: Partial<Leaf>): Leaf {
  return {
    key,
    uses: 1,
    scope,
    kind: given.kind ?? 'words',
    // Copies have no room for growing, which is more than what stands in them.
    steps: (given.steps ?? []).map((tests) => tests.slice()),
    joined: given.joined ?? NONE,
    slack: given.slack ?? 0,
    value: given.value ?? '',
    lead: given.lead ?? 0,
    tail: given.tail ?? 0,
  };
}

function keyOf(node: TermNode): string {
  const extra = node.type === 'phrase' ? node.slack : node.type === 'typo' ? node.errors : '';
  const text = node.type === 'exact' ? node.text : foldWord(node.text);
  return `${node.type}${extra} ${text}`;
}

/** Is it a single word, which one test or another is all there is to? */
export function isSingleWord(node: TermNode): node is WordNode {
  return node.type === 'prefix' || node.type === 'typo' || (node.type === 'word' && !node.text.includes('-'));
}

function wordTests(node: WordNode, vocabulary: Vocabulary): TestId[] {
  const word = foldWord(node.text);
  if (node.type === 'prefix') return [vocabulary.prefix(word)];
  // Without an error it is the word, in any of its forms.
  const own = node.type === 'typo' ? [vocabulary.typo(word, node.errors)] : [];
  return [...own, ...tokenize(node.text).flatMap((token) => stepsOf(token, node.text, vocabulary).flat())];
}

function readTerm(node: TermNode, vocabulary: Vocabulary): Partial<Leaf> {
  switch (node.type) {
    case 'exact':
      return readExact(node.text, vocabulary);
    case 'prefix':
    case 'typo':
      return { steps: [wordTests(node, vocabulary)] };
    default:
      return readWords(node.text, node.type === 'phrase' ? node.slack : 0, vocabulary);
  }
}

function readWords(text: string, slack: number, vocabulary: Vocabulary): Partial<Leaf> {
  const tokens = tokenize(text);
  const steps = tokens.flatMap((token) => stepsOf(token, text, vocabulary));
  if (slack > 0 && steps.length > 1) return { kind: 'loose', steps, slack };
  const only = tokens.length === 1 ? tokens[0] : undefined;
  const whole = only && only.parts.length > 0 ? only.parts.map((part) => part.word).join('') : '';
  if (whole === '') return { steps };
  return { steps, joined: vocabulary.morphology.lemmas(whole).map((lemma) => vocabulary.lemma(lemma)) };
}

/** One step for each part of a hyphenated word; a word with a star after it is a beginning. */
function stepsOf(token: Token, text: string, vocabulary: Vocabulary): TestId[][] {
  const words = token.parts.length > 0 ? token.parts.map((part) => part.word) : [token.word];
  return words.map((word, at) => {
    if (at === words.length - 1 && text.charAt(token.end) === '*') return [vocabulary.prefix(word)];
    return meantKeys(word, vocabulary.morphology).map((key) => vocabulary.lemma(key));
  });
}

function readExact(text: string, vocabulary: Vocabulary): Partial<Leaf> {
  const value = visibleForm(text).replace(/\s+/g, ' ').trim();
  const slots = tokenize(value).flatMap((token) => (token.parts.length > 0 ? token.parts : [token]));
  return {
    kind: 'exact',
    value,
    steps: slots.map((slot) => [vocabulary.spelling(slot.word)]),
    lead: slots[0]?.start ?? 0,
    tail: value.length - (slots.at(-1)?.end ?? 0),
  };
}
