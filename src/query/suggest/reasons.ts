/** Why a spelling is suggested, in both languages of the interface. */
export const REASONS = {
  name: { ru: 'как названо, во всех формах', en: 'as named, in every form' },
  given: { ru: 'дано вместе с названием', en: 'given along with the name' },
  latin: { ru: 'латиницей', en: 'in Latin letters' },
  cyrillic: { ru: 'кириллицей по буквам', en: 'in Cyrillic, letter by letter' },
  sound: { ru: 'кириллицей на слух', en: 'in Cyrillic, as it sounds' },
  layout: { ru: 'набрано в другой раскладке', en: 'typed in the other keyboard layout' },
  spacing: { ru: 'слитно, раздельно и через дефис', en: 'joined, spaced and hyphenated' },
  short: {
    ru: 'без слова о роде дела или формы собственности',
    en: 'without the word for its trade or legal form',
  },
  surname: { ru: 'как фамилия по-русски', en: 'as a surname is spelt in Russian' },
  initials: { ru: 'по первым буквам', en: 'by its initials' },
  derived: {
    ru: 'производные слова и слитные хештеги: -овский, -овец, -ик',
    en: 'words made from it and glued hashtags',
  },
  account: { ru: 'учётные записи и адреса почты', en: 'accounts and mail addresses' },
  typo: { ru: 'с одной опечаткой', en: 'with one typing error' },
} as const;

export type SuggestionKind = keyof typeof REASONS;

export const RISKS = {
  safe: { ru: 'можно брать', en: 'safe to take' },
  check: { ru: 'проверьте на сохранённых текстах', en: 'check against stored texts' },
  ambiguous: {
    ru: 'само по себе неоднозначно: только рядом со словами о деле или с NOT NEAR',
    en: 'ambiguous alone: only near words of the trade, or with NOT NEAR',
  },
} as const;

export type Risk = keyof typeof RISKS;

export interface Suggestion {
  kind: SuggestionKind;
  risk: Risk;
  /** Each is a term of the query language. */
  terms: string[];
}
