import { ANY_LETTERS, foldedPattern } from '../lib/fold-pattern.ts';
import type { Morphology } from '../model/ports.ts';
import { type Clause, guessFrequency, narrowest, requiredClauses } from './clauses.ts';
import { eachLeaf, type Plan } from './plan.ts';
import { beginningsWithin, letterSet, mayInflectTo } from './typing-errors.ts';
import type { TestId, Vocabulary } from './vocabulary.ts';

const PARTS_AT_MOST = 300;
/** Shorter ones stand in nearly every text. */
const SHORTEST = 3;
const UNKNOWN = 1_000_000;

/**
 * A regular expression, of PostgreSQL and of JavaScript (flag u), that finds title or text of every document that one of the
 * plans matches, and of others; null when nothing narrows them.
 */
export function textFilter(plans: readonly Plan[], vocabulary: Vocabulary): string | null {
  const parts = new Set<string>();
  // Typing errors are looked for in each part of a hyphenated word, not in the whole.
  const beginnings = new Set<string>();
  for (const plan of plans) {
    const tests = requiredTests(plan, vocabulary);
    if (tests === null) return null;
    for (const test of tests) {
      const found = partsOfTest(test, vocabulary);
      if (!areTelling(found)) return null;
      const kept = vocabulary.kindOf(test) === 'typo' ? beginnings : parts;
      for (const part of found) kept.add(part);
    }
  }
  return parts.size + beginnings.size > PARTS_AT_MOST ? null : foldedPattern([...parts], [...beginnings]);
}

/** Words of title or text of which every match has one. */
function requiredTests(plan: Plan, vocabulary: Vocabulary): readonly TestId[] | null {
  let isOfTexts = true;
  eachLeaf(plan, ({ scope }) => {
    if (scope === 'author' || scope === 'handle') isOfTexts = false;
  });
  if (!isOfTexts) return null;
  const weigh = (clause: Clause): number => weightOf(clause, vocabulary);
  const required = narrowest(requiredClauses(plan, weigh), weigh);
  return required === null || required.sites.length > 0 ? null : required.tests;
}

/** How common its words are; what cannot be looked for comes last. */
function weightOf({ tests, sites }: Clause, vocabulary: Vocabulary): number {
  if (sites.length > 0) return UNKNOWN;
  return tests.reduce((sum, test) => sum + frequencyOf(test, vocabulary), 0);
}

function frequencyOf(test: TestId, vocabulary: Vocabulary): number {
  if (!areTelling(partsOfTest(test, vocabulary))) return UNKNOWN;
  return guessFrequency(vocabulary.wordOf(test), vocabulary.morphology);
}

function areTelling(parts: readonly string[] | null): parts is readonly string[] {
  return parts?.every((part) => part.replaceAll(ANY_LETTERS, '').length >= SHORTEST) === true;
}

function partsOfTest(test: TestId, vocabulary: Vocabulary): readonly string[] | null {
  const word = vocabulary.wordOf(test).replace(/^#/, '');
  const kind = vocabulary.kindOf(test);
  if (kind === 'lemma') return vocabulary.morphology.beginnings(word);
  if (kind === 'typo') return typoParts(word, vocabulary.errorsOf(test));
  return /^[а-яa-z0-9_]+$/.test(word) ? [word] : null;
}

function typoParts(word: string, errors: number): readonly string[] | null {
  return /^[а-яa-z0-9_]+$/.test(word) ? beginningsWithin(word, errors) : null;
}

const NO_LEMMAS: readonly string[] = [];

/**
 * The lemmas of documents' words, when no other tests than those made so far are put to them: words that can pass none have no
 * lemmas, which spares looking for them. null when nothing narrows the words.
 */
export function narrowLemmas(
  vocabulary: Vocabulary,
  lemmas: Morphology['lemmas'],
): Morphology['lemmas'] | null {
  const parts: string[] = [];
  const typos: { letters: number; length: number; errors: number }[] = [];
  for (let test = 0; test < vocabulary.size(); test += 1) {
    const kind = vocabulary.kindOf(test);
    const word = vocabulary.wordOf(test);
    if (kind === 'typo')
      typos.push({ letters: letterSet(word), length: word.length, errors: vocabulary.errorsOf(test) });
    const found = kind === 'lemma' ? partsOfTest(test, vocabulary) : [];
    if (found === null) return null;
    parts.push(...found);
  }
  if (parts.length > PARTS_AT_MOST) return null;
  const canPass = new RegExp(parts.length === 0 ? '(?!)' : foldedPattern(parts), 'u');
  return (word) =>
    canPass.test(word) || typos.some((typo) => mayInflectTo(word, typo, typo.errors))
      ? lemmas(word)
      : NO_LEMMAS;
}
