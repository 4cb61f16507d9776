import type { Language } from '../src/model/user.ts';
import { meaningOf } from '../src/query/choices.ts';
import { FIELDS, isKnownLater } from '../src/query/fields.ts';
import {
  NEAR_BY_DEFAULT,
  NOT,
  OPERATORS,
  type OperatorType,
  SAVED,
  WITH_DISTANCE,
} from '../src/query/operators.ts';
import type { QueryUse } from '../src/query/parse.ts';
import { typedInRussian } from '../src/query/suggest/keyboard.ts';
import { TEXTS } from './texts.ts';

/** One word of the language, for the editor in the browser. */
interface EditorWord {
  name: string;
  /** What comes out when it is typed in the Russian layout; '' where a key is no letter there. */
  typed: string;
  means: string;
}

interface EditorField extends EditorWord {
  takes: 'words' | 'name' | 'choice' | 'number' | 'date' | 'saved';
  choices: readonly { name: string; means: string }[];
  /** It may be asked of here. */
  isOffered: boolean;
}

interface EditorOperator extends EditorWord {
  /** With its usual distance. */
  insert: string;
  takesDistance: boolean;
}

/** What the editor in the browser knows of the language: `assets/query-tokens.js` and `query-suggest.js` read it. */
export interface QueryWords {
  fields: EditorField[];
  operators: EditorOperator[];
  /** Queries that `saved:` can name. */
  saved: { key: string; name: string }[];
  texts: {
    /** Name of the list. */
    list: string;
    /** With `{n}` for how many there are. */
    count: string;
  };
}

/** Made of the tables that the parser reads, so that nothing is listed twice. */
export function queryWords(
  language: Language,
  use: QueryUse,
  topics: readonly { key: string; name: string }[],
): QueryWords {
  return {
    fields: [...fieldsFor(language, use), savedField(language)],
    operators: operatorsIn(language),
    saved: topics.map(({ key, name }) => ({ key, name })),
    texts: { list: TEXTS['editor.list'][language], count: TEXTS['editor.count'][language] },
  };
}

function fieldsFor(language: Language, use: QueryUse): EditorField[] {
  return [...FIELDS.values()].map((field) => {
    const isOffered = (value: string): boolean => use !== 'topic' || !isKnownLater(field, value);
    return {
      ...wordOf(field.name, field[language]),
      takes: field.takes,
      choices: (field.choices ?? [])
        .filter(isOffered)
        .map((name) => ({ name, means: meaningOf(name, language) })),
      isOffered: isOffered(''),
    };
  });
}

function savedField(language: Language): EditorField {
  return { ...wordOf('saved', SAVED[language]), takes: 'saved', choices: [], isOffered: true };
}

function operatorsIn(language: Language): EditorOperator[] {
  const joining = (Object.keys(OPERATORS) as OperatorType[]).map((type) => {
    const { name, [language]: means } = OPERATORS[type];
    const takesDistance = WITH_DISTANCE.includes(type);
    const insert = takesDistance ? `${name}/${NEAR_BY_DEFAULT}` : name;
    return { ...wordOf(name, means), insert, takesDistance };
  });
  return [...joining, { ...wordOf(NOT.name, NOT[language]), insert: NOT.name, takesDistance: false }];
}

function wordOf(name: string, means: string): EditorWord {
  const typed = typedInRussian(name) ?? '';
  return { name, typed: name === name.toUpperCase() ? typed.toUpperCase() : typed, means };
}
