/** What the query language says to people, in both languages. `{0}`, `{1}` stand for values. */
export const MESSAGES = {
  empty: {
    ru: 'Запрос пуст: напишите слово, например: ромашка',
    en: 'The query is empty: write a word, for example: ромашка',
  },
  'unexpected-character': {
    ru: 'Знак «{0}» здесь ничего не значит. Если он часть названия, возьмите его в кавычки: ="{1}"',
    en: '“{0}” means nothing here. If it is part of a name, put it in quotes: ="{1}"',
  },
  'unclosed-quote': { ru: 'Кавычка не закрыта', en: 'This quotation mark is never closed' },
  'unclosed-parenthesis': { ru: 'Скобка не закрыта', en: 'This parenthesis is never closed' },
  'unclosed-comment': {
    ru: 'Комментарий /* не закрыт: нужно */',
    en: 'The comment /* is never closed: write */',
  },
  'unopened-parenthesis': { ru: 'У этой скобки нет пары', en: 'This parenthesis was never opened' },
  'empty-parentheses': { ru: 'В скобках ничего нет', en: 'There is nothing in the parentheses' },
  'empty-phrase': { ru: 'В кавычках нет ни одного слова', en: 'There is no word in the quotes' },
  'operand-missing': {
    ru: 'Рядом с {0} не хватает слова. Если это просто слово, пишите его строчными или в кавычках',
    en: 'A word is missing next to {0}. If you mean the word itself, write it in lower case or in quotes',
  },
  'exact-value-missing': {
    ru: 'После = нужно слово без пробела: =Ромашка или ="ООО Ромашка"',
    en: 'Write the word right after =: =Word or ="Two words"',
  },
  'field-value-missing': {
    ru: 'После {0}: нужно значение без пробела, например {1}',
    en: 'Write a value right after {0}:, for example {1}',
  },
  'field-value-wrong': {
    ru: 'Такого значения у {0}: не бывает; пример: {1}',
    en: 'No such value for {0}:; example: {1}',
  },
  'field-inside-field': {
    ru: 'Поле внутри поля: вынесите {0}: за скобки',
    en: 'A field inside a field: move {0}: out of the parentheses',
  },
  'field-choice-wrong': {
    ru: 'Такого значения у {0}: не бывает. {1} Есть: {2}',
    en: 'No such value for {0}:. {1} There are: {2}',
  },
  'unknown-field': {
    ru: 'Поля {0}: нет. {1} Есть: {2}',
    en: 'There is no field {0}:. {1} There are: {2}',
  },
  'known-later': {
    ru: '{0}: становится известно только после разбора: это условие для поиска и правил, а не для темы',
    en: '{0}: becomes known only after a text was matched: ask for it in search and in rules, not in a topic',
  },
  'no-topic-here': {
    ru: 'У {0}: тему в скобках не называют; так можно с tone, intent и complaint: tone(лютик):negative',
    en: '{0}: takes no topic in parentheses; tone, intent and complaint do: tone(лютик):negative',
  },
  'near-distance': {
    ru: 'Расстояние после / — число слов от 1 до {0}: NEAR/5',
    en: 'After / stands a number of words from 1 to {0}: NEAR/5',
  },
  'slack-wrong': {
    ru: 'После ~ нужно число лишних слов, не больше {0}: "вернуть деньги"~3',
    en: 'After ~ stands a number of extra words, {0} at most: "give back"~3',
  },
  'typo-wrong': {
    ru: 'После слова и ~ стоит число ошибок, 1 или 2: вайлдберриз~1',
    en: 'After a word and ~ stands a number of errors, 1 or 2: wildberries~1',
  },
  'typo-word': {
    ru: 'С ошибками ищется одно слово без дефисов, не короче {0} букв',
    en: 'Errors are allowed in a single word without hyphens, of at least {0} letters',
  },
  'no-place': {
    ru: 'Рядом с {0} могут стоять слова, фразы и их группы через OR',
    en: 'Beside {0} stand words, phrases and groups of them with OR',
  },
  'not-beside-near': {
    ru: 'NOT относится к одному слову; нужно, видимо: {1}',
    en: 'NOT belongs to one word here; you probably mean: {1}',
  },
  'saved-unknown': {
    ru: 'Темы «{0}» нет. {1}',
    en: 'There is no topic “{0}”. {1}',
  },
  'saved-broken': {
    ru: 'Запрос темы {0} не читается: {1}',
    en: 'The query of topic {0} cannot be read: {1}',
  },
  'saved-too-large': {
    ru: 'Вместе с темами, на которые он ссылается, запрос больше {0} частей',
    en: 'Together with the topics that it names the query has more than {0} parts',
  },
  'saved-circle': {
    ru: 'Темы ссылаются друг на друга по кругу: {0}',
    en: 'Topics refer to one another in a circle: {0}',
  },
  'prefix-too-short': {
    ru: 'Перед * нужно не меньше трёх букв',
    en: 'At least three letters must stand before *',
  },
  'wildcard-place': {
    ru: 'Звёздочка может стоять только в конце слова: ромаш*',
    en: 'The asterisk may stand only at the end of a word: chamom*',
  },
  'too-long': { ru: 'Запрос длиннее {0} знаков', en: 'The query is longer than {0} characters' },
  'too-many-terms': { ru: 'В запросе больше {0} слов', en: 'The query has more than {0} words' },
  'too-deep': { ru: 'Вложенность больше {0}', en: 'Nested deeper than {0}' },
  'only-negative': {
    ru: 'Запрос подходит почти ко всему: нужно слово, которое должно встретиться, а не только исключения',
    en: 'This matches almost everything: say what must occur, not only what must not',
  },
  'only-common': {
    ru: 'Запрос подходит почти ко всему: «{0}» встречается почти в каждом тексте',
    en: 'This matches almost everything: “{0}” occurs in almost every text',
  },
  'mixed-operators': {
    ru: 'AND связывает сильнее OR. Прочитано так: {0}',
    en: 'AND binds tighter than OR. Read as: {0}',
  },
  'prefix-broad': {
    ru: '{0} захватит много лишнего: чем длиннее начало, тем лучше',
    en: '{0} will catch much that is not meant: the longer the beginning, the better',
  },
  'word-common': {
    ru: '«{0}» встречается почти в каждом тексте: здесь это слово почти ничего не отсеивает',
    en: '“{0}” occurs in almost every text: it narrows next to nothing here',
  },
  'word-namesake': {
    ru: '«{0}» — ещё и обычное слово. Уточните: ={0}, или {0} NOT NEAR/3 (…), или {0} AND (…)',
    en: '“{0}” is an everyday word too. Narrow it: ={0}, or {0} NOT NEAR/3 (…), or {0} AND (…)',
  },
  'never-matches': {
    ru: 'Этого не бывает: «{0}» и требуется, и исключено',
    en: 'This can never be: “{0}” is both asked for and excluded',
  },
  'said-twice': { ru: '«{0}» сказано дважды', en: '“{0}” is said twice' },
  'alternative-covered': {
    ru: '«{0}» лишнее: его уже находит «{1}»',
    en: '“{0}” adds nothing: “{1}” finds it already',
  },
  'term-never-occurs': {
    ru: '«{0}» ни разу не встретилось в собранных текстах',
    en: '“{0}” has never occurred in the texts collected',
  },
} as const;

export type MessageCode = keyof typeof MESSAGES;
