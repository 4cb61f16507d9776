import type { TraceStage, TraceStep, Wording } from '../../model/recall.ts';

/** What each step of a trace can say, in both languages; `{name}` is filled in. */
const WORDS = {
  'source.skipped': {
    ru: 'Адрес не назван, поэтому источник не искали.',
    en: 'No address was given, so no source was looked for.',
  },
  'source.none': {
    ru: 'Ни один источник не следит за {site}.',
    en: 'No source watches {site}.',
  },
  'source.ok': {
    ru: 'За этим адресом следит источник «{source}», он работает.',
    en: 'The source “{source}” watches this address, and it works.',
  },
  'source.maybe': {
    ru: 'Возможно, сюда ведёт источник «{source}»: по адресу не видно, чья это страница.',
    en: 'The source “{source}” may lead here: the address does not say whose page it is.',
  },
  'source.brought': {
    ru: 'Публикацию принёс источник «{source}».',
    en: 'The source “{source}” brought this post.',
  },
  'source.not-read': {
    ru: 'За этим адресом следит источник «{source}», но он ещё ни разу не прочитан.',
    en: 'The source “{source}” watches this address, but it has not been read yet.',
  },
  'source.passing': {
    ru: 'За этим адресом следит источник «{source}»; последнее посещение не удалось, скоро будет новое. {error}',
    en: 'The source “{source}” watches this address; the last visit failed, and the next one is due soon. {error}',
  },
  'source.off': {
    ru: 'За этим адресом следил бы источник «{source}», но он выключен.',
    en: 'The source “{source}” would watch this address, but it is switched off.',
  },
  'source.off-in-file': {
    ru: 'За этим адресом следил бы источник «{source}», но он выключен в файле настроек. Включите его там.',
    en: 'The source “{source}” would watch this address, but the configuration file switches it off. Switch it on there.',
  },
  'source.removed': {
    ru: 'За этим адресом следил источник «{source}», но его убрали.',
    en: 'The source “{source}” watched this address, but it was removed.',
  },
  'source.closed': {
    ru: 'Источник «{source}» закрылся навсегда.',
    en: 'The source “{source}” has closed for good.',
  },
  'source.broken': {
    ru: 'Источник «{source}» сейчас не читается. {error}',
    en: 'The source “{source}” cannot be read now. {error}',
  },
  'source.yields-nothing': {
    ru: 'Источник «{source}» отвечает, но с его страниц больше не читается то, что раньше: вероятно, сайт перестроили или закрыли входом.',
    en: 'The source “{source}” answers, but its pages no longer yield what they did: the site was probably redesigned or put behind a login.',
  },
  'fetch.skipped': {
    ru: 'Сайт не спрашивали: публикация уже есть у нас.',
    en: 'The site was not asked: we have the post already.',
  },
  'fetch.no-address': {
    ru: 'Адрес не назван, поэтому сайт не спрашивали.',
    en: 'No address was given, so the site was not asked.',
  },
  'fetch.not-now': {
    ru: 'В этот раз сайт не спрашивали.',
    en: 'The site was not asked this time.',
  },
  'fetch.ok': {
    ru: 'Страница открывается, и robots.txt её не запрещает.',
    en: 'The page opens, and robots.txt does not forbid it.',
  },
  'fetch.moved': {
    ru: 'Адрес переводит на другую страницу; дальше речь о ней.',
    en: 'The address leads on to another page; what follows is about that one.',
  },
  'fetch.robots': {
    ru: 'robots.txt сайта запрещает читать эту страницу. Молва такие запреты соблюдает.',
    en: 'The site’s robots.txt forbids reading this page. Molva keeps to such rules.',
  },
  'fetch.gone': {
    ru: 'Страницы по этому адресу больше нет.',
    en: 'There is no page at this address any more.',
  },
  'fetch.login': {
    ru: 'Страницу видят только те, кто вошёл на сайт.',
    en: 'Only those who are logged in see this page.',
  },
  'fetch.failed': { ru: 'Страница не открылась. {error}', en: 'The page did not open. {error}' },
  'document.found': {
    ru: 'Публикация есть у нас.',
    en: 'We have the post.',
  },
  'document.deleted': {
    ru: 'Публикация есть у нас, хотя с сайта её уже убрали.',
    en: 'We have the post, though it has been taken off its site.',
  },
  'document.elsewhere': {
    ru: 'Этот текст есть у нас под другим адресом.',
    en: 'We have this text under another address.',
  },
  'document.words-missing': {
    ru: 'Страница у нас есть, но вставленных слов в сохранённом тексте нет.',
    en: 'We have the page, but the words that were pasted are not in the stored text.',
  },
  'document.not-extracted': {
    ru: 'Слова стоят на странице, но при чтении пропадают.',
    en: 'The words stand on the page, but are lost when it is read.',
  },
  'document.nothing-read': {
    ru: 'Страница открывается, но текста на ней прочесть не удалось.',
    en: 'The page opens, but no text could be read on it.',
  },
  'document.looked-at': {
    ru: 'Источник уже заходил на эту страницу после публикации и ничего с неё не взял.',
    en: 'The source has visited this page since the post was published, and took nothing from it.',
  },
  'document.page-due': {
    ru: 'Источник знает эту страницу, но ещё не дошёл до неё.',
    en: 'The source knows this page, but has not come to it yet.',
  },
  'document.source-due': {
    ru: 'После публикации источник ещё не читали.',
    en: 'The source has not been read since the post was published.',
  },
  'document.past': {
    ru: 'Источник ещё собирает прошлое: его страниц ждёт {pages}.',
    en: 'The source is still collecting the past: {pages} of its pages are waiting.',
  },
  'document.leads-elsewhere': {
    ru: 'Источник того же сайта читали после публикации, но эту страницу он не показывает: он охватывает не весь сайт.',
    en: 'A source of the same site was read after the post was published, but does not lead to this page: it covers only a part of the site.',
  },
  'document.too-old': {
    ru: 'У нас её нет. Она старше, чем хранятся публикации, и могла быть удалена по сроку.',
    en: 'We do not have it. It is older than posts are kept, and may have been deleted for its age.',
  },
  'document.copy': {
    ru: 'Этой публикации у нас нет, но тот же текст собран с другого сайта.',
    en: 'We do not have this post, but the same text was collected from another site.',
  },
  'document.missing': {
    ru: 'Этой публикации у нас нет.',
    en: 'We do not have this post.',
  },
  'document.no-text': {
    ru: 'Публикации у нас нет, а страница не открылась.',
    en: 'We do not have the post, and the page did not open.',
  },
  'query.skipped': {
    ru: 'Для контрольной публикации темы не проверяют.',
    en: 'A planted post is not held against topics.',
  },
  'query.no-text': {
    ru: 'Текста нет, поэтому темы проверить не на чем. Вставьте слова публикации.',
    en: 'There is no text to hold topics against. Paste the words of the post.',
  },
  'query.no-topics': {
    ru: 'Ни одна тема не включена.',
    en: 'No topic is switched on.',
  },
  'query.matched': {
    ru: 'Запрос находит публикацию: {topics}.',
    en: 'The query finds the post: {topics}.',
  },
  'query.pending': {
    ru: 'Запрос находит публикацию ({topics}), но упоминание ещё не сделано.',
    en: 'The query finds the post ({topics}), but the mention has not been made yet.',
  },
  'query.narrow': {
    ru: 'Запрос темы «{topic}» эту публикацию не находит.',
    en: 'The query of the topic “{topic}” does not find this post.',
  },
  'query.none': {
    ru: 'Ни одна из включённых тем эту публикацию не находит. Ближе всего «{topic}».',
    en: 'None of the topics that are on finds this post. The nearest is “{topic}”.',
  },
  'query.none-of-many': {
    ru: 'Ни одна из включённых тем эту публикацию не находит. Причины посмотрели у {n} из {all} тем, ближе всего «{topic}». Выберите тему, чтобы узнать о ней.',
    en: 'None of the topics that are on finds this post. Reasons were looked for in {n} of {all} topics; the nearest is “{topic}”. Choose a topic to learn about it.',
  },
  'query.topic-off': {
    ru: 'Тема «{topic}» выключена.',
    en: 'The topic “{topic}” is switched off.',
  },
  'query.broken': {
    ru: 'Запрос темы «{topic}» не читается.',
    en: 'The query of the topic “{topic}” cannot be read.',
  },
  'filters.skipped': {
    ru: 'Упоминания нет, отсеивать нечего.',
    en: 'There is no mention that could have been filtered out.',
  },
  'filters.none': { ru: 'Упоминание видно в списках.', en: 'The mention is shown in the lists.' },
  'filters.not-us': {
    ru: 'Упоминание отмечено как «не о нас», поэтому в списках его нет на виду.',
    en: 'The mention was marked “not about us”, so it does not stand out in the lists.',
  },
  'filters.basket': {
    ru: 'Упоминание лежит в корзине: его убрало правило или человек.',
    en: 'The mention lies in the basket: a rule or a person put it there.',
  },
  'time.skipped': {
    ru: 'Публикации у нас нет, сравнивать нечего.',
    en: 'We do not have the post: there is nothing to compare.',
  },
  'time.unknown': {
    ru: 'На странице нет даты, поэтому не видно, когда публикация вышла.',
    en: 'The page states no date, so it cannot be told how long it took.',
  },
  'time.ok': { ru: 'Публикация найдена вовремя.', en: 'The post was found in time.' },
  'time.before': {
    ru: 'Публикация вышла раньше, чем мы начали следить за источником.',
    en: 'The post was published before we began to watch the source.',
  },
  'time.late': {
    ru: 'Публикация найдена поздно: источник «{source}» читают слишком редко.',
    en: 'The post was found late: the source “{source}” is read too seldom.',
  },
} as const satisfies Record<string, Wording>;

type StepCode = keyof typeof WORDS;

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')).trim();
}

interface StepParts {
  values?: Record<string, string | number | Wording>;
  facts?: TraceStep['facts'];
  reasons?: Wording[];
}

/** A step in words. A value may differ between the languages. */
export function makeStep(result: TraceStep['result'], code: StepCode, parts: StepParts = {}): TraceStep {
  const { values = {}, facts = {}, reasons = [] } = parts;
  const inLanguage = (language: keyof Wording): string =>
    fill(
      WORDS[code][language],
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'object' ? value[language] : value,
        ]),
      ),
    );
  const [stage] = code.split('.', 1);
  return {
    stage: stage as TraceStage,
    result,
    code,
    message: { ru: inLanguage('ru'), en: inLanguage('en') },
    facts,
    reasons,
  };
}
