/** Sentences about lists of subscriptions, in both languages. */
export const OPML_TEXTS = {
  'source.opml': { ru: 'Список подписок (OPML)', en: 'List of subscriptions (OPML)' },
  'source.opml.lead': {
    ru: 'Такой файл умеет выгрузить почти любая программа для чтения лент. Молва добавит все адреса сразу и скажет о каждой строке, что с ней стало.',
    en: 'Nearly every feed reader can export such a file. Molva adds all addresses at once and says of each line what became of it.',
  },
  'source.opml.file': { ru: 'Файл OPML из другой программы', en: 'OPML file of another program' },
  'source.opml.paste': { ru: 'Или вставьте его текст', en: 'Or paste its text' },
  'source.opml.import': { ru: 'Добавить все', en: 'Add all' },
  'source.opml.export': { ru: 'Выгрузить все источники', en: 'Export all sources' },
  'source.opml.done': {
    ru: 'Добавлено: {added}. Уже были: {known}. Не взято: {refused}.',
    en: 'Added: {added}. Watched already: {known}. Refused: {refused}.',
  },
  'source.opml.pace': {
    ru: 'Первые обходы начинаются сейчас, последний — к этому времени:',
    en: 'First visits begin now; the last one is due:',
  },
  'source.opml.empty': {
    ru: 'В файле нет ни одного адреса.',
    en: 'The file holds no address.',
  },
  'source.opml.added': { ru: 'Добавлены', en: 'Added' },
  'source.opml.known': { ru: 'Уже были', en: 'Watched already' },
  'source.opml.refused': { ru: 'Не взяты', en: 'Refused' },
  'source.opml.more': { ru: 'и ещё {n}', en: 'and {n} more' },
  'source.opml.why.repeated': { ru: 'повторяется в файле', en: 'stands in the file more than once' },
  'source.opml.why.scheme': {
    ru: 'читаются только адреса http и https',
    en: 'only http and https addresses are read',
  },
  'source.opml.why.address': {
    ru: 'это не адрес сайта; поправьте строку и загрузите файл снова',
    en: 'this is no web address; mend the line and import the file again',
  },
  'source.opml.why.private': {
    ru: 'адрес внутренней сети; если так и нужно, внесите его в crawl.allow_private',
    en: 'an address of a private network; if you mean it, add it to crawl.allow_private',
  },
  'source.opml.why.port': { ru: 'на этом порту сайтов не бывает', en: 'web sites do not stand at this port' },
  'source.opml.why.credentials': {
    ru: 'в адресе стоит пароль; уберите его',
    en: 'the address holds a password; take it out',
  },
  'source.opml.why.kind': {
    ru: 'такой источник не добавить одним адресом; добавьте его через поле «Адрес сайта»',
    en: 'an address alone does not suffice for this kind; add it by the field “Address of a site”',
  },
} as const;
