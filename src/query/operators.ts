/** A word between two operands. Higher binds tighter. */
export interface Operator {
  name: string;
  binds: number;
  example: string;
  ru: string;
  en: string;
}

/** Loosest first; `NOT` stands before one operand and binds tightest of all. */
export const OPERATORS = {
  or: {
    name: 'OR',
    binds: 1,
    example: 'ромашка OR лютик',
    ru: 'одно из двух; то же: |',
    en: 'either; the same as |',
  },
  and: {
    name: 'AND',
    binds: 2,
    example: 'ромашка AND возврат',
    ru: 'и то и другое; то же без слова AND',
    en: 'both; the same without the word AND',
  },
  'not-near': {
    name: 'NOT NEAR',
    binds: 3,
    example: 'ромашка NOT NEAR/3 (цветок OR чай)',
    ru: 'первое есть там, где рядом нет второго',
    en: 'the first, at a place with no second near it',
  },
  sentence: {
    name: 'SENT',
    binds: 4,
    example: 'ромашка SENT обман',
    ru: 'в одном предложении',
    en: 'in one sentence',
  },
  onear: {
    name: 'ONEAR',
    binds: 5,
    example: 'вернуть ONEAR/3 деньги',
    ru: 'не дальше стольких слов, сначала первое',
    en: 'within so many words, the first one first',
  },
  near: {
    name: 'NEAR',
    binds: 6,
    example: 'ромашка NEAR/5 возврат',
    ru: 'не дальше стольких слов, в любом порядке',
    en: 'within so many words, in any order',
  },
} as const satisfies Record<string, Operator>;

export type OperatorType = keyof typeof OPERATORS;

export const NEAR_BY_DEFAULT = 4;
export const NEAR_AT_MOST = 100;

export function isOperator<Typed extends { type: string }>(
  lexeme: Typed,
): lexeme is Typed & { type: OperatorType } {
  return lexeme.type in OPERATORS;
}

/** Stands before one operand. */
export const NOT = {
  name: 'NOT',
  examples: ['NOT чай', '-чай'],
  ru: 'этого нет в тексте',
  en: 'the text has no such thing',
} as const;

/** Names the query of another topic. */
export const SAVED = {
  examples: ['saved:"банки"'],
  ru: 'запрос другой темы',
  en: 'the query of another topic',
};

/** Those that take a distance: `NEAR/5`. */
export const WITH_DISTANCE: readonly OperatorType[] = ['near', 'onear', 'not-near'];

/** The ways to write what is looked for, in the order of the syntax page. */
export const TERM_FORMS: readonly { examples: readonly string[]; ru: string; en: string }[] = [
  {
    examples: ['ромашка'],
    ru: 'слово в любой форме и любом регистре, ё = е',
    en: 'the word in any form and any case, ё = е',
  },
  { examples: ['=Ромашка', '="ООО Ромашка"'], ru: 'точно в этом виде', en: 'exactly in this form and case' },
  {
    examples: ['"плохое обслуживание"'],
    ru: 'слова подряд, каждое в любой форме',
    en: 'these words in a row, each in any form',
  },
  {
    examples: ['"вернуть деньги"~3'],
    ru: 'слова в любом порядке, лишних между ними не больше трёх',
    en: 'these words in any order, at most 3 others between them',
  },
  {
    examples: ['ромаш*', '"служб* поддержки"'],
    ru: 'слова, которые так начинаются, не меньше трёх букв',
    en: 'words that begin so, at least 3 letters',
  },
  {
    examples: ['вайлдберриз~1'],
    ru: 'с опечатками, не больше одной или двух',
    en: 'with one typing error at most, or two',
  },
  {
    examples: ['@handle', '#tag', '😡', 'C++', 'Альфа-Банк'],
    ru: 'ник, хештег, эмодзи; слово с дефисом найдётся и слитно, и раздельно',
    en: 'handle, hashtag, emoji; a hyphenated word is also found joined and apart',
  },
  NOT,
  SAVED,
  { examples: ['( … )', '/* … */'], ru: 'группа; пояснение', en: 'a group; a comment' },
];
