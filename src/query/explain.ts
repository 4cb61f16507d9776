import { foldWord } from '../lib/fold.ts';
import { tokenize } from '../lib/tokens.ts';
import type { Morphology } from '../model/ports.ts';
import { isTerm, partsOf, type Query, type QueryNode, type TermNode } from './ast.ts';
import { formatNode } from './format.ts';
import { OPERATORS } from './operators.ts';
import { meantKeys } from './word-keys.ts';

/** A query as it was read: one line of the tree for each node. */
export interface Explained {
  /** The node in canonical spelling. */
  text: string;
  /** What the node does, for people. */
  ru: string;
  en: string;
  /** Of terms: how each word is understood. */
  words: ExplainedWord[];
  parts: Explained[];
}

export interface ExplainedWord {
  /** Folded. */
  word: string;
  lemmas: readonly string[];
  /** Every form that the dictionary has, at most `FORMS_AT_MOST`; empty for words that it does not know. */
  forms: readonly string[];
  isKnown: boolean;
}

const FORMS_AT_MOST = 40;

export function explainQuery(query: Query, morphology: Morphology): Explained {
  return explainNode(query.root, morphology);
}

function explainNode(node: QueryNode, morphology: Morphology): Explained {
  return {
    text: formatNode(node),
    ...describe(node),
    words: isTerm(node) ? explainWords(node, morphology) : [],
    parts: isTerm(node) ? [] : partsOf(node).map((part) => explainNode(part, morphology)),
  };
}

function describe(node: QueryNode): { ru: string; en: string } {
  switch (node.type) {
    case 'word':
      return { ru: 'слово в любой форме', en: 'the word in any form' };
    case 'exact':
      return { ru: 'точно в этом виде', en: 'exactly in this form' };
    case 'prefix':
      return { ru: 'слова, которые так начинаются', en: 'words that begin so' };
    case 'typo':
      return { ru: `опечаток не больше ${node.errors}`, en: `${node.errors} typing errors at most` };
    case 'phrase':
      return node.slack === 0
        ? { ru: 'слова подряд, каждое в любой форме', en: 'words in a row, each in any form' }
        : {
            ru: `слова рядом, лишних не больше ${node.slack}`,
            en: `words together, ${node.slack} others at most`,
          };
    case 'not':
      return { ru: 'этого нет', en: 'there is no such thing' };
    case 'near':
      return node.ordered
        ? {
            ru: `первое раньше второго, не дальше слов: ${node.distance}`,
            en: `the first one first, within ${node.distance} words`,
          }
        : { ru: `рядом, не дальше слов: ${node.distance}`, en: `within ${node.distance} words` };
    case 'not-near':
      return {
        ru: `первое без второго ближе слов: ${node.distance}`,
        en: `the first without the second within ${node.distance} words`,
      };
    case 'field':
      return { ru: 'искать только здесь', en: 'look only here' };
    case 'value':
      return { ru: 'условие', en: 'a condition' };
    case 'saved':
      return { ru: 'запрос другой темы', en: 'the query of another topic' };
    default: {
      const { ru, en } = OPERATORS[node.type];
      return { ru, en };
    }
  }
}

function explainWords(node: TermNode, morphology: Morphology): ExplainedWord[] {
  if (node.type === 'exact' || node.type === 'prefix' || node.type === 'typo') return [];
  return tokenize(node.text).flatMap(({ word, parts }) =>
    (parts.length > 0 ? parts : [{ word }]).map((part) => explainWord(part.word, morphology)),
  );
}

export function explainWord(word: string, morphology: Morphology): ExplainedWord {
  const bare = foldWord(word).replace(/^#/, '');
  return {
    word,
    lemmas: meantKeys(word, morphology),
    forms: morphology.forms(bare).slice(0, FORMS_AT_MOST),
    isKnown: morphology.isKnown(bare),
  };
}

/** The tree as lines of text, parts indented under what they belong to. */
export function writeExplained(explained: Explained, language: 'ru' | 'en', depth = 0): string[] {
  const indent = '  '.repeat(depth);
  const words = explained.words.map(
    ({ word, lemmas, forms, isKnown }) =>
      `${indent}    ${word}: ${isKnown ? forms.join(' ') : `${lemmas.join(' | ')} ${UNKNOWN[language]}`}`,
  );
  return [
    `${indent}${explained.text}  — ${explained[language]}`,
    ...words,
    ...explained.parts.flatMap((part) => writeExplained(part, language, depth + 1)),
  ];
}

const UNKNOWN = {
  ru: '(в словаре нет: находятся все окончания падежей)',
  en: '(not in the dictionary: found with every case ending)',
};
