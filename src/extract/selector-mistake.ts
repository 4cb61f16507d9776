import { errorMessage, InputError } from '../lib/errors.ts';
import type { SelectorMistake } from '../model/selectors.ts';

/** What selectors that cannot be read are told, in both languages. `{0}`, `{1}` stand for values. */
const MESSAGES = {
  'too-long': {
    ru: 'селектор длиннее 1000 знаков',
    en: 'the selector is longer than 1000 characters',
  },
  'not-understood': { ru: '«{0}» здесь непонятно', en: '"{0}" is not understood here' },
  expected: { ru: 'здесь нужно «{0}»', en: '"{0}" is expected' },
  'expected-instead': { ru: 'здесь нужно «{0}», а не «{1}»', en: '"{0}" is expected, not "{1}"' },
  'no-axis': { ru: 'оси «{0}» здесь не бывает', en: 'there is no axis "{0}" here' },
  'name-at-end': { ru: 'в конце не хватает имени', en: 'a name is expected at the end' },
  'name-instead': { ru: 'здесь нужно имя, а не «{0}»', en: 'a name is expected, not "{0}"' },
  'no-function': {
    ru: 'функции {0}() нет; есть {1}',
    en: 'there is no function {0}(); there are {1}',
  },
  inputs: { ru: 'у {0}() параметров от {1} до {2}', en: '{0}() takes {1} to {2} inputs' },
  'too-deep': { ru: 'слишком много вложенных условий', en: 'it is nested too deep' },
  'not-expected': { ru: '«{0}» здесь лишнее', en: '"{0}" is not expected here' },
  'open-parenthesis': { ru: 'скобка ( не закрыта', en: 'the parenthesis ( is never closed' },
  'open-bracket': {
    ru: 'скобка [ не закрыта; пример: [itemprop="author"]',
    en: 'the bracket [ is never closed; an example: [itemprop="author"]',
  },
  'two-combinators': {
    ru: 'между двумя знаками >, + или ~ нужен элемент',
    en: 'an element is expected between two of >, + and ~',
  },
  'empty-part': {
    ru: 'рядом с запятой или скобкой ничего нет',
    en: 'there is nothing beside a comma or a parenthesis',
  },
  'no-pseudo': {
    ru: 'так «:{0}» не пишут; есть :first-child, :nth-child(2), :not(.x), :has(a), :contains("x")',
    en: '":{0}" is not known like this; there are :first-child, :nth-child(2), :not(.x), :has(a), :contains("x")',
  },
  'pseudo-element': {
    ru: 'псевдоэлементы (::before) не выбираются',
    en: 'pseudo-elements (::before) cannot be picked',
  },
  other: { ru: 'селектор не читается: {0}', en: 'it cannot be read: {0}' },
} as const satisfies Record<string, SelectorMistake['message']>;

export type SelectorMistakeCode = keyof typeof MESSAGES;

function fill(template: string, values: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (_whole, index: string) => String(values[Number(index)] ?? ''));
}

/** A selector that cannot be read; `at` counts from 1. */
export class SelectorError extends InputError {
  readonly mistake: SelectorMistake;
  readonly #values: readonly (string | number)[];
  readonly #code: SelectorMistakeCode;

  constructor(at: number, code: SelectorMistakeCode, ...values: readonly (string | number)[]) {
    const { ru, en } = MESSAGES[code];
    const message = { ru: fill(ru, values), en: fill(en, values) };
    super([{ at: `character ${at}`, message: message.en }]);
    this.mistake = { code, at, message };
    this.#code = code;
    this.#values = values;
  }

  /** The same behind so many characters more. */
  after(chars: number): SelectorError {
    return new SelectorError(this.mistake.at + chars, this.#code, ...this.#values);
  }
}

/** Where the part begins that a message of the CSS parser ends with. */
function beginOf(selector: string, rest: string): number {
  return Math.max(0, selector.length - rest.length) + 1;
}

function placeOf(selector: string, mark: RegExp): number {
  return (mark.exec(selector)?.index ?? 0) + 1;
}

type Reading = (selector: string, said: readonly string[]) => SelectorError;

/** The CSS parser speaks English and seldom says where; its words are the only thing to know its mistakes by. */
const CSS: readonly (readonly [RegExp, Reading])[] = [
  [
    /^Unmatched selector: (.*)$/s,
    (selector, [, rest = '']) =>
      new SelectorError(beginOf(selector, rest), 'not-understood', rest.slice(0, 20)),
  ],
  [
    /^Expected name, found (.*)$/s,
    (selector, [, rest = '']) => {
      // The sign before the name is told with it.
      const found = rest.replace(/^[.#:]/, '');
      return found === ''
        ? new SelectorError(selector.length + 1, 'name-at-end')
        : new SelectorError(beginOf(selector, found), 'name-instead', found.slice(0, 20));
    },
  ],
  [
    /^(?:Parenthesis not matched|Missing closing parenthesis)/,
    (selector) => new SelectorError(selector.lastIndexOf('(') + 1, 'open-parenthesis'),
  ],
  [
    /^(?:Expected `=`|Attribute (?:value didn't end|selector didn't terminate))/,
    (selector) => new SelectorError(selector.lastIndexOf('[') + 1, 'open-bracket'),
  ],
  [
    /^Did not expect successive traversals/,
    (selector) => new SelectorError(placeOf(selector, /[>+~]\s*[>+~]/), 'two-combinators'),
  ],
  [
    /^Empty sub-selector/,
    (selector) => new SelectorError(placeOf(selector, /^\s*,|,\s*(?:,|\)|$)|\(\s*[,)]/), 'empty-part'),
  ],
  [/^Pseudo-elements/, (selector) => new SelectorError(placeOf(selector, /::/), 'pseudo-element')],
  [
    /^(?:Unknown pseudo-class :|Pseudo-class :|Pseudo |Pseudo-selector )([\w-]+)/,
    (selector, [, name = '']) => new SelectorError(selector.indexOf(`:${name}`) + 1, 'no-pseudo', name),
  ],
];

/** What is wrong with a CSS selector, by what its parser threw. */
export function cssMistake(selector: string, error: unknown): SelectorError {
  const said = errorMessage(error);
  for (const [pattern, read] of CSS) {
    const found = pattern.exec(said);
    if (found) return read(selector, found);
  }
  return new SelectorError(1, 'other', said.slice(0, 200));
}
