import type { SourceError } from '../model/source.ts';
import type { Language } from '../model/user.ts';

type Wording = Record<Language, string>;

/** What a source's error means and what to do about it, in words for the source list and the digest. */
const WORDS: Record<string, Wording> = {
  timeout: { ru: 'Не ответил вовремя.', en: 'It did not answer in time.' },
  connect: {
    ru: 'Не удалось соединиться. Проверьте адрес и доступ в интернет.',
    en: 'No connection. Check the address and the internet access.',
  },
  dns: {
    ru: 'Такого имени нет в интернете, или интернет недоступен.',
    en: 'There is no such name, or no internet access.',
  },
  'too-large': {
    ru: 'Страница больше допустимого размера (crawl.max_size).',
    en: 'The page is larger than allowed (crawl.max_size).',
  },
  'redirect-loop': {
    ru: 'Адрес перенаправляет по кругу. Проверьте адрес источника.',
    en: 'The address redirects in a circle. Check the source’s address.',
  },
  'refused-address': {
    ru: 'Адрес ведёт во внутреннюю сеть и не читается. Если это нужно, внесите его в crawl.allow_private.',
    en: 'The address leads into a private network and is not read. If you mean it, add it to crawl.allow_private.',
  },
  'refused-scheme': {
    ru: 'Читаются только адреса http и https.',
    en: 'Only http and https addresses are read.',
  },
  'bad-request': {
    ru: 'Такой запрос нельзя отправить. Проверьте адрес и настройки источника.',
    en: 'Such a request cannot be sent. Check the source’s address and settings.',
  },
  'no-browser': {
    ru: 'Страница показывается только в браузере, а его здесь нет. Установите Chromium или отключите браузер для источника (browser: never).',
    en: 'The page shows itself only in a browser, and there is none here. Install Chromium, or switch the browser off for the source (browser: never).',
  },
  'render-failed': {
    ru: 'Браузер не смог показать страницу. Мы попробуем снова.',
    en: 'The browser could not show the page. It is tried again.',
  },
  'browser-stopped': {
    ru: 'Браузер пришлось закрыть: он занял слишком много памяти. Мы попробуем снова.',
    en: 'The browser had to be ended because it took too much memory. It is tried again.',
  },
  'login-failed': {
    ru: 'Форум не принял имя или пароль. Проверьте login источника в настройках.',
    en: 'The forum did not accept the name or the password. Check the source’s login in the configuration.',
  },
  'login-needed': {
    ru: 'Страница видна только тем, кто вошёл. Мы войдём ещё раз позже.',
    en: 'The page is shown only to those who are logged in. We log in again later.',
  },
  'no-secret': {
    ru: 'Источнику нужен ключ, которого нет среди secrets в настройках.',
    en: 'The source needs a key that is not among the secrets of the configuration.',
  },
  'slow-selector': {
    ru: 'Селектор перебирает слишком много. Сделайте его точнее.',
    en: 'The selector looks through too much. Make it more exact.',
  },
  'too-large-to-read': {
    ru: 'Страница занимает слишком много памяти, чтобы её прочесть.',
    en: 'The page takes too much memory to be read.',
  },
  'too-slow-to-read': {
    ru: 'Страницу не удалось прочесть за десять секунд: она устроена слишком сложно.',
    en: 'The page could not be read within ten seconds: it is built too intricately.',
  },
  superseded: {
    ru: 'Пока это ждало, спросили о новом. Повторите, если нужно.',
    en: 'While this waited, something newer was asked for. Repeat it if needed.',
  },
  robots: {
    ru: 'Сайт запретил чтение этой страницы в robots.txt.',
    en: 'The site’s robots.txt forbids reading this page.',
  },
  'robots-unavailable': {
    ru: 'robots.txt сайта сейчас недоступен, поэтому мы ждём.',
    en: 'The site’s robots.txt is not available now, so we wait.',
  },
  tls: {
    ru: 'Сертификат сайта не прошёл проверку.',
    en: 'The site’s certificate could not be verified.',
  },
  'host-paused': {
    ru: 'Сайт просил подождать, и мы ждём.',
    en: 'The site asked us to wait, and we do.',
  },
  'bad-address': { ru: 'Адрес записан с ошибкой.', en: 'The address is malformed.' },
  'refused-port': { ru: 'Этот порт не читается.', en: 'This port is not read.' },
  'refused-credentials': {
    ru: 'Пароль в адресе не допускается. Уберите его.',
    en: 'A password in the address is not allowed. Take it out.',
  },
  'broken-page': {
    ru: 'Страница не читается: её разметка слишком велика или испорчена.',
    en: 'The page cannot be read: its markup is too large or broken.',
  },
  'unknown-kind': {
    ru: 'Такого вида источника нет. Исправьте kind.',
    en: 'There is no such kind of source. Mend kind.',
  },
  'broken-feed': {
    ru: 'Лента не читается: её разметка испорчена.',
    en: 'The feed cannot be read: its markup is broken.',
  },
  'not-a-feed': {
    ru: 'По этому адресу обычная страница, а не лента. Укажите адрес RSS или Atom.',
    en: 'This address is a page, not a feed. Give the address of its RSS or Atom.',
  },
  'broken-answer': {
    ru: 'Сервер ответил с ошибкой протокола.',
    en: 'The server’s answer breaks the protocol.',
  },
  'http-404': {
    ru: 'Страницы больше нет (ошибка 404). Проверьте адрес.',
    en: 'The page is gone (error 404). Check the address.',
  },
  'http-410': {
    ru: 'Источник закрыт навсегда (ошибка 410). Удалите его.',
    en: 'The source is closed for good (error 410). Remove it.',
  },
  'http-401': { ru: 'Нужен вход (ошибка 401).', en: 'It wants a login (error 401).' },
  'http-403': { ru: 'Сайт не пускает нас (ошибка 403).', en: 'The site does not let us in (error 403).' },
  'http-429': {
    ru: 'Сайт просит приходить реже (ошибка 429). Мы ждём, сколько он просил.',
    en: 'The site asks us to come less often (error 429). We wait as long as it said.',
  },
  unexpected: {
    ru: 'Неожиданная ошибка. Подробности в журнале программы.',
    en: 'An unexpected error. The program’s log has the details.',
  },
};

const HTTP_5XX: Wording = { ru: 'Сайт не отвечает как следует', en: 'The site does not answer properly' };
const HTTP_OTHER: Wording = { ru: 'Сайт ответил отказом', en: 'The site refused' };
const ERROR: Wording = { ru: 'ошибка', en: 'error' };

/** One or two sentences: what happened and what to do. */
export function describeSourceError(error: SourceError, language: Language): string {
  const known = WORDS[error.code];
  if (known) return known[language];
  const status = /^http-(\d{3})$/.exec(error.code)?.[1];
  if (!status) return (WORDS.unexpected as Wording)[language];
  const wording = status.startsWith('5') ? HTTP_5XX : HTTP_OTHER;
  return `${wording[language]} (${ERROR[language]} ${status}).`;
}
