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
