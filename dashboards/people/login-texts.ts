/** Logging in by the company's login server. */
export const LOGIN_TEXTS = {
  'login.openid': { ru: 'Войти через {name}', en: 'Log in with {name}' },
  'login.openid.or': { ru: 'или по паролю Молвы', en: 'or by a password of Molva' },
  'login.openid.server': {
    ru: 'Сервер входа не впустил вас или не отвечает. Попробуйте ещё раз; если не выйдет, спросите администратора.',
    en: 'The login server did not let you in, or does not answer. Try again; if that fails, ask the administrator.',
  },
  'login.openid.late': {
    ru: 'Этот вход начат слишком давно или в другом окне. Начните ещё раз.',
    en: 'This login was begun too long ago, or in another browser. Begin again.',
  },
  'login.openid.unverified': {
    ru: 'Сервер входа не подтвердил ваш адрес почты, и мы не знаем, чей он. Администратор может включить openid.trust_email.',
    en: 'The login server has not confirmed your e-mail address, so we cannot know whose it is. The administrator can set openid.trust_email.',
  },
  'login.openid.domain': {
    ru: 'С адресами этого домена сюда не входят.',
    en: 'Addresses of this domain are not let in here.',
  },
  'login.openid.unknown': {
    ru: 'Сервер входа вас знает, а Молва ещё нет: попросите администратора пригласить вас.',
    en: 'The login server knows you, but Molva does not yet: ask the administrator to invite you.',
  },
  'login.openid.closed': {
    ru: 'Ваш доступ закрыт. Спросите администратора.',
    en: 'Your access is closed. Ask the administrator.',
  },
  'login.openid.taken': {
    ru: 'Под этим адресом здесь известен другой человек сервера входа. Если адрес перешёл к вам, администратор снимет прежнюю связь на странице ваших сеансов.',
    en: 'Another person of the login server is known here by this address. If the address is yours now, the administrator can undo the old link on the page of your sessions.',
  },
  'logins.title': { ru: 'Вход через сервер компании', en: 'Login by the company’s server' },
  'logins.forget': { ru: 'Снять связь', en: 'Undo the link' },
  'action.login.linked': {
    ru: 'первый вход через сервер компании',
    en: 'first login by the company’s server',
  },
  'action.login.unlinked': {
    ru: 'снята связь с сервером входа',
    en: 'link to the login server undone',
  },
} as const;
