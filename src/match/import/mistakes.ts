import { InputError } from '../../lib/errors.ts';
import type { Language } from '../../model/user.ts';

type Wording = Record<Language, string>;

/** What can be wrong in a file, and what to do. The value itself stays out: mistakes are logged and sent around. */
const WORDS = {
  'not-text': { ru: 'здесь должен быть текст', en: 'is not text' },
  missing: { ru: 'не заполнено', en: 'is missing' },
  'too-long': { ru: 'длиннее {max} знаков; сократите', en: 'is longer than {max} characters; shorten it' },
  'too-many': {
    ru: 'больше {max} значений; оставьте нужные',
    en: 'has more than {max} values; keep those that matter',
  },
  'bad-email': {
    ru: 'один из адресов почты записан неверно; исправьте или уберите его',
    en: 'one of the emails is not valid; mend or remove it',
  },
  'bad-phone': {
    ru: 'один из телефонов записан неверно; исправьте или уберите его',
    en: 'one of the phones is not valid; mend or remove it',
  },
  'phone-as-number': {
    ru: 'телефон записан числом, и начало его потеряно; задайте столбцу текстовый формат и внесите номер заново',
    en: 'the phone is stored as a number and has lost its beginning; format the column as text and enter it again',
  },
  'bad-handle': {
    ru: 'одно из имён аккаунтов пустое; исправьте или уберите его',
    en: 'one of the handles is not valid; mend or remove it',
  },
  'bad-tier': { ru: 'должно быть MVC, MGC или BZC', en: 'is none of MVC, MGC, BZC' },
  'bad-year': {
    ru: 'не год рождения; напишите, например, 1985 или 1985-04-12',
    en: 'is no year of birth; write it as 1985 or 1985-04-12',
  },
  'bad-language': {
    ru: 'не код языка; напишите, например, ru',
    en: 'is no code of a language; write it as en',
  },
  'bad-date': {
    ru: 'не дата; напишите её как 2026-04-12 14:30',
    en: 'is no date; write it as 2026-04-12 14:30',
  },
  'bad-amount': { ru: 'не сумма; напишите её как 1234.50', en: 'is no amount; write it as 1234.50' },
  'bad-currency': { ru: 'напишите код валюты, например RUB', en: 'write a currency code such as RUB' },
  'bad-choice': { ru: 'должно быть одно из: {choices}', en: 'is none of {choices}' },
  'bad-answer': { ru: 'напишите «да», «нет» или оставьте пустым', en: 'write yes, no, or leave it empty' },
  'not-list': { ru: 'здесь должен быть список', en: 'is not a list' },
  'not-json': {
    ru: 'не JSON; пишите по одному объекту в строке',
    en: 'is not JSON; write one object per line',
  },
  'not-object': {
    ru: 'здесь должен быть объект JSON',
    en: 'is not a JSON object; write one object per line',
  },
  'line-too-long': {
    ru: 'длиннее {max} знаков и пропущено; разделите',
    en: 'is longer than {max} characters and was left out; split it',
  },
  'quote-open': {
    ru: 'кавычка открыта и не закрыта; закройте или удвойте её',
    en: 'a quote is opened and never closed; close or double it',
  },
  'quotes-give-up': {
    ru: 'слишком много незакрытых кавычек, дальше файл не прочитан; выгрузите его заново',
    en: 'too many quotes are never closed, the rest was not read; export the file again',
  },
  'cell-error': {
    ru: 'в ячейке ошибка таблицы (вроде #ССЫЛКА!); исправьте формулу',
    en: 'the cell holds an error such as #REF!; mend its formula',
  },
  'no-value': {
    ru: 'в ячейке формула без сохранённого значения; откройте файл в Excel и сохраните',
    en: 'the cell holds a formula without its value; open the file in Excel and save it',
  },
  'number-too-long': {
    ru: 'длинное число записано с потерей цифр; задайте столбцу текстовый формат и внесите значение заново',
    en: 'the number has lost digits; format the column as text and enter it again',
  },
  'too-many-rows': {
    ru: 'в файле больше {max} строк, остальные не прочитаны; разделите файл',
    en: 'the file has more than {max} rows, the rest was not read; split it',
  },
  'card-open': {
    ru: 'карточка не закончена: нет END:VCARD',
    en: 'the card has no end: END:VCARD is missing',
  },
  'duplicate-id': {
    ru: 'этот клиент уже есть в строке {line}; при загрузке строки объединятся, верх возьмёт поздняя',
    en: 'this customer stands in line {line} already; both are joined, the later wins',
  },
  'shared-email': {
    ru: 'та же почта есть у другого клиента ({other}); проверьте, не один ли это человек',
    en: 'another customer ({other}) has the same email; check whether they are one person',
  },
  erased: {
    ru: 'этого человека стёрли по его просьбе; не загружайте его снова',
    en: 'this person was erased and asked not to be collected again; leave the line out',
  },
  'shared-in-file': {
    ru: 'та же почта стоит в строке {line} у другого клиента; проверьте, не один ли это человек',
    en: 'another customer in line {line} has the same email; check whether they are one person',
  },
  'unknown-customer': {
    ru: 'такого клиента ещё нет, а имени в строке нет; сначала загрузите клиентов',
    en: 'this customer is not known and has no name here; import the customers first',
  },
  'no-id': {
    ru: 'не указан столбец с номером клиента (external_id); выберите его',
    en: 'no column holds the customer’s number (external_id); choose one',
  },
  'no-column': {
    ru: 'не указан столбец «{field}»; без него эти данные не загрузить',
    en: 'no column holds “{field}”; this file cannot be imported without it',
  },
  'no-facts': {
    ru: 'кроме номера клиента, ни один столбец не загружается; выберите, что в них',
    en: 'besides the customer’s number no column is taken; say what is in them',
  },
  'no-names': {
    ru: 'столбца с именем нет: изменятся только те клиенты, которые уже известны',
    en: 'no column holds a name: only customers who are known already will change',
  },
  'twice-id': {
    ru: 'номером клиента выбраны два столбца; оставьте один',
    en: 'two columns are taken for the customer’s number; keep one',
  },
  roubles: {
    ru: 'столбца с валютой нет: суммы считаются рублями',
    en: 'no column holds the currency: amounts are taken for roubles',
  },
  empty: { ru: 'в файле нет строк', en: 'the file has no rows' },
  'too-wide': {
    ru: 'больше {max} столбцов; оставьте нужные',
    en: 'has more than {max} columns; keep those that matter',
  },
  'not-readable': {
    ru: 'файл не читается как {format}: он повреждён или это другой формат; сохраните его заново',
    en: 'cannot be read as {format}: it is damaged or something else; save it again',
  },
  'old-excel': {
    ru: 'это старый формат Excel или книга с паролем; сохраните её как XLSX без пароля',
    en: 'is an old Excel file or has a password; save it as XLSX without one',
  },
  'too-large': {
    ru: 'файл слишком велик (больше {max} МБ в развёрнутом виде); разделите его',
    en: 'is too large (more than {max} MB unpacked); split it',
  },
  'no-sheet': {
    ru: 'такого листа в книге нет; есть: {names}',
    en: 'there is no such sheet; there are {names}',
  },
} as const satisfies Record<string, Wording>;

export type MistakeCode = keyof typeof WORDS;

export interface Mistake {
  /** Line or row, from 1; 0: the file as a whole. */
  line: number;
  /** As the file names it; null: the line as a whole. */
  column: string | null;
  /** Within the column, where it holds lists or objects. */
  path?: readonly (string | number)[];
  code: MistakeCode;
  values?: Readonly<Record<string, string | number>>;
  /** The line was taken all the same. */
  isTaken?: true;
}

/** What is wrong and what to do, without its place. */
export function mistakeText(
  { code, values = {} }: Pick<Mistake, 'code' | 'values'>,
  language: Language,
): string {
  return WORDS[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** `purchases.0.amount`; empty for a whole line. */
export function mistakePlace({ column, path = [] }: Pick<Mistake, 'column' | 'path'>): string {
  return [...(column === null ? [] : [column]), ...path].join('.');
}

/** `emails: one of them is not valid …` */
export function describeMistake(mistake: Mistake, language: Language): string {
  const place = mistakePlace(mistake);
  return `${place === '' ? '' : `${place}: `}${mistakeText(mistake, language)}`;
}

/** A file that cannot be read at all. */
export class FileError extends InputError {
  readonly mistake: Mistake;

  constructor(code: MistakeCode, values: Readonly<Record<string, string | number>> = {}, line = 0) {
    const mistake: Mistake = { line, column: null, code, values };
    super([{ at: line === 0 ? 'file' : `line ${line}`, message: mistakeText(mistake, 'en') }]);
    this.mistake = mistake;
  }
}
