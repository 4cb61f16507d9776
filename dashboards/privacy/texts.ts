/** What a customer may ask for: to see what is held of him, and to be erased. */
export const PRIVACY_TEXTS = {
  'privacy.title': { ru: 'Данные этого клиента', en: "This customer's data" },
  'privacy.export': {
    ru: 'Выгрузить всё, что о нём есть (JSON)',
    en: 'Export all that is held of them (JSON)',
  },
  'privacy.erase': { ru: 'Стереть этого человека…', en: 'Erase this person…' },
  'erase.title': { ru: 'Стереть: {name}', en: 'Erase: {name}' },
  'erase.lead': {
    ru: 'Это необратимо. Будет стёрто из базы, поиска, дайджестов и неотправленных сообщений:',
    en: 'This cannot be undone. It will be erased from the database, search, digests and messages that have not left:',
  },
  'erase.entries': { ru: 'записи в реестре клиентов', en: 'entries in the register of customers' },
  'erase.accounts': { ru: 'связанные публичные аккаунты', en: 'linked public accounts' },
  'erase.documents': { ru: 'сообщения этих аккаунтов', en: 'posts of these accounts' },
  'erase.cases': { ru: 'обращения', en: 'cases' },
  'erase.held': {
    ru: 'Останется до снятия запрета на удаление: {count}. Эти обращения хранятся для защиты по возможному иску (статья 17, пункт 3e GDPR): сами обращения с сообщениями и доказательствами, имя и номер клиента. Остальное будет стёрто сейчас, а это само сотрётся, когда запрет снимут.',
    en: 'Stays until the legal hold is released: {count}. They are kept for a possible legal claim (GDPR, Article 17 (3)(e)): the cases with their posts and evidence, and the name and number of the customer. All else is erased now; this erases itself at the release.',
  },
  'erase.kept': {
    ru: 'Под запретом на удаление осталось: {count}, с сообщениями, доказательствами, именем и номером клиента (статья 17, пункт 3e GDPR). Когда запрет снимут, это сотрётся само.',
    en: 'Kept under a legal hold: {count}, with their posts, evidence, and the name and number of the customer (GDPR, Article 17 (3)(e)). It erases itself when the hold is released.',
  },
  'erase.after': {
    ru: 'Останутся только необратимые отпечатки номера, контактов и аккаунтов, чтобы этот человек не попал в базу снова. Копии базы, сделанные раньше, его ещё содержат: при восстановлении он будет стёрт снова. Письма и сообщения, которые уже ушли, вернуть нельзя: CRM сотрите отдельно.',
    en: 'Only irreversible fingerprints of the number, contacts and accounts stay, so that this person is not collected again. Backups made before still hold them: a restore erases them again. Mails and messages that have left cannot be taken back: erase them in the CRM as well.',
  },
  'erase.keep': {
    ru: 'Оставить публичные сообщения, убрав связь с клиентом',
    en: 'Keep the public posts, without the link to the customer',
  },
  'erase.confirm': {
    ru: 'Чтобы подтвердить, впишите номер клиента в CRM: {number}',
    en: 'To confirm, write the number of the customer in the CRM: {number}',
  },
  'erase.submit': { ru: 'Стереть навсегда', en: 'Erase for good' },
  'erase.mismatch': {
    ru: 'Номер не совпал. Ничего не стёрто.',
    en: 'The number is another one. Nothing was erased.',
  },
  'erase.done': {
    ru: 'Человек стёрт: сообщений {documents}, обращений {cases}; очищено доставок {deliveries}, дайджестов {digests}, записей доказательств {evidence}. Поиск забудет его в течение минуты.',
    en: 'The person is erased: {documents} posts, {cases} cases; emptied: {deliveries} deliveries, {digests} digests, {evidence} records of evidence. Search forgets within a minute.',
  },
  'action.person.readmitted': {
    ru: 'стёртого снова можно собирать',
    en: 'an erased person may be collected again',
  },
  'action.person.erased': { ru: 'человек стёрт', en: 'person erased' },
  'action.customer.exported': { ru: 'выгружены данные клиента', en: "customer's data exported" },
} as const;
