/** Who may do what, and how people come and go. */
export const PEOPLE_TEXTS = {
  'role.viewer': { ru: 'читатель', en: 'viewer' },
  'role.pr': { ru: 'PR', en: 'PR' },
  'role.analyst': { ru: 'аналитик', en: 'analyst' },
  'role.care': { ru: 'забота о клиентах', en: 'customer care' },
  'role.admin': { ru: 'администратор', en: 'administrator' },
  'role.auditor': { ru: 'аудитор', en: 'auditor' },
  'role.about.viewer': {
    ru: 'Читает всё, кроме контактов клиентов, и ничего не меняет.',
    en: 'Reads everything but contacts of customers, and changes nothing.',
  },
  'role.about.pr': {
    ru: 'Работает с упоминаниями, обращениями и клиентами, ведёт темы, источники и правила.',
    en: 'Works on mentions, cases and customers, and keeps topics, sources and rules.',
  },
  'role.about.analyst': {
    ru: 'Исправляет разметку, ведёт темы и источники, делает отчёты. Контакты клиентов скрыты.',
    en: 'Corrects tags, keeps topics and sources, makes reports. Contacts of customers are masked.',
  },
  'role.about.care': {
    ru: 'Отвечает тем, кто жалуется: видит контакты, ведёт обращения и карточки клиентов.',
    en: 'Answers those who complain: sees contacts, works on cases and on cards of customers.',
  },
  'role.about.admin': {
    ru: 'Может всё, в том числе впускать людей и менять настройки.',
    en: 'May do everything, letting people in and changing settings included.',
  },
  'role.about.auditor': {
    ru: 'Читает то же, что читатель, и журнал: кто, что и когда сделал.',
    en: 'Reads what a viewer reads, and the audit: who did what, and when.',
  },
  'user.sessions': { ru: 'Входы', en: 'Sessions' },
  'action.sessions.ended': { ru: 'завершены сессии', en: 'sessions ended' },
  'sessions.title': { ru: 'Где вы вошли', en: 'Where you are logged in' },
  'sessions.of': { ru: 'Где вошёл пользователь {email}', en: 'Where {email} is logged in' },
  'sessions.lead': {
    ru: 'Каждый вход живёт две недели. Если что-то незнакомо, завершите этот вход и смените пароль.',
    en: 'Each login lives for two weeks. If one looks unknown, end it and change the password.',
  },
  'sessions.none': { ru: 'Сейчас нигде.', en: 'Nowhere now.' },
  'sessions.browser': { ru: 'Браузер', en: 'Browser' },
  'sessions.unknown': { ru: 'браузер не узнан', en: 'browser not recognised' },
  'sessions.since': { ru: 'Вход', en: 'Logged in' },
  'sessions.seen': { ru: 'Последнее действие', en: 'Last seen' },
  'sessions.network': { ru: 'Откуда', en: 'From addresses' },
  'sessions.nowhere': { ru: 'неизвестно', en: 'not known' },
  'sessions.this': { ru: 'этот браузер', en: 'this browser' },
  'sessions.end': { ru: 'Завершить', en: 'End it' },
  'sessions.end.one': { ru: 'Завершить: {browser}', en: 'End it: {browser}' },
  'sessions.others': { ru: 'Завершить все, кроме этого', en: 'End all but this one' },
  'sessions.others.user': { ru: 'Завершить все входы', en: 'End all sessions' },
  'sessions.all': { ru: 'Выйти везде', en: 'Log out everywhere' },
  'sessions.done': { ru: 'Завершено.', en: 'Ended.' },
  'roles.title': { ru: 'Роли и права', en: 'Roles and rights' },
  'roles.lead': {
    ru: 'У каждого пользователя одна роль. Роли не вложены друг в друга: право есть, только если в таблице стоит «да».',
    en: 'Each user has one role. Roles are not steps of a ladder: a right is there only where the table says “yes”.',
  },
  'roles.yours': { ru: 'Ваша роль: {role}.', en: 'Your role: {role}.' },
  'roles.table': { ru: 'Кто что может', en: 'Who may do what' },
  'roles.right': { ru: 'Право', en: 'Right' },
  'roles.may': { ru: 'да', en: 'yes' },
  'roles.maynot': { ru: 'нет', en: 'no' },
  'right.account:own': {
    ru: 'менять свои настройки, пароль и сессии',
    en: 'change one’s own settings, password and sessions',
  },
  'right.mentions:read': {
    ru: 'читать упоминания, истории, темы, источники, тревоги и отчёты',
    en: 'read mentions, stories, topics, sources, alerts and reports',
  },
  'right.mentions:work': {
    ru: 'разбирать упоминания: состояние, исправления, корзина, пропуски, проверка разметки; брать тревоги себе',
    en: 'work on mentions: status, corrections, basket, misses, scorecard; take alerts',
  },
  'right.cases:read': {
    ru: 'читать обращения, скорость ответов и потери',
    en: 'read cases, how fast we are, and who stayed',
  },
  'right.cases:work': {
    ru: 'вести обращения, объединять их, видеть и удерживать доказательства',
    en: 'work on cases, join them, see and hold evidence',
  },
  'right.customers:read': {
    ru: 'читать карточки клиентов, контакты скрыты',
    en: 'read cards of customers, contacts masked',
  },
  'right.customers:unmask': {
    ru: 'видеть контакты клиентов, а в текстах — почту, телефоны и номера заказов',
    en: 'see contacts of customers, and addresses, telephones and order numbers in texts',
  },
  'right.customers:work': {
    ru: 'решать, кто есть кто, и вести интересы клиентов',
    en: 'decide who is who, and keep customers’ interests',
  },
  'right.customers:bulk': {
    ru: 'загружать файлы клиентов, выгружать списки и делать сегменты',
    en: 'import files of customers, export lists and make segments',
  },
  'right.customers:erase': {
    ru: 'выдавать человеку его данные и стирать их',
    en: 'export a person’s data and erase them',
  },
  'right.evidence:release': { ru: 'снимать удержание доказательств', en: 'release holds on evidence' },
  'right.topics:edit': { ru: 'менять темы, пользоваться лабораторией', en: 'change topics, use the lab' },
  'right.sources:edit': { ru: 'добавлять, менять и убирать источники', en: 'add, change and remove sources' },
  'right.rules:edit': { ru: 'менять правила и тревоги', en: 'change rules and alerts' },
  'right.reports:make': { ru: 'делать отчёты, выгружать обращения', en: 'make reports, export cases' },
  'right.digests:own': { ru: 'получать дайджест и настраивать свой', en: 'get a digest and set one’s own' },
  'right.deliveries:work': {
    ru: 'видеть, что отправлено в CRM, и отправлять снова',
    en: 'see what was sent to the CRM, and send it again',
  },
  'right.settings:edit': {
    ru: 'менять настройки системы, подключения CRM, чужие дайджесты и веса признаков',
    en: 'change settings of the system, connected CRMs, others’ digests and weights of signs',
  },
  'right.users:edit': {
    ru: 'впускать людей, давать роли, закрывать доступ',
    en: 'let people in, give roles, lock out',
  },
  'right.audit:read': { ru: 'читать журнал', en: 'read the audit' },
} as const;
