import type { StarterSource, Trade } from '../src/model/starter-source.ts';
import type { Language } from '../src/model/user.ts';

type Row = readonly [key: string, url: string, name: string, ...trades: Trade[]];

const RU: readonly Row[] = [
  ['rbc', 'https://rssexport.rbc.ru/rbcnews/news/30/full.rss', 'РБК'],
  ['kommersant', 'https://www.kommersant.ru/RSS/news.xml', 'Коммерсантъ'],
  ['interfax', 'https://www.interfax.ru/rss.asp', 'Интерфакс'],
  ['lenta', 'https://lenta.ru/rss/news', 'Лента.ру'],
  ['vedomosti', 'https://www.vedomosti.ru/rss/news', 'Ведомости'],
  ['vc', 'https://vc.ru/rss/all', 'vc.ru', 'shop', 'bank', 'telecom', 'tech'],
  ['retail-ru', 'https://www.retail.ru/rss/news/', 'Retail.ru', 'shop', 'food'],
  ['oborot', 'https://oborot.ru/feed/', 'Oborot.ru', 'shop'],
  ['banki', 'https://www.banki.ru/xml/news.rss', 'Банки.ру', 'bank'],
  ['cbr', 'https://www.cbr.ru/rss/RssNews', 'Банк России', 'bank'],
  ['cnews', 'https://www.cnews.ru/inc/rss/news.xml', 'CNews', 'telecom', 'tech'],
  ['4pda', 'https://4pda.to/feed/', '4PDA', 'telecom', 'tech'],
  ['kitchen-nax', 'https://kitchen-nax.livejournal.com/data/rss', 'ЖЖ: kitchen_nax', 'food'],
  ['tourdom', 'https://www.tourdom.ru/rss/', 'ТурДом', 'travel'],
  ['ru-travel', 'https://ru-travel.livejournal.com/data/rss', 'ЖЖ: ru_travel', 'travel'],
  ['habr', 'https://habr.com/ru/rss/articles/?fl=ru', 'Хабр', 'tech', 'telecom'],
  ['3dnews', 'https://3dnews.ru/news/rss/', '3DNews', 'tech'],
  ['ixbt', 'https://www.ixbt.com/export/news.rss', 'iXBT', 'tech'],
  ['m24', 'https://www.m24.ru/rss.xml', 'Москва 24', 'city'],
  ['fontanka', 'https://www.fontanka.ru/fontanka.rss', 'Фонтанка', 'city'],
  ['ura', 'https://ura.news/rss', 'URA.RU', 'city'],
];

const EN: readonly Row[] = [
  ['bbc-business', 'https://feeds.bbci.co.uk/news/business/rss.xml', 'BBC Business'],
  ['guardian-business', 'https://www.theguardian.com/uk/business/rss', 'The Guardian: Business'],
  ['guardian-money', 'https://www.theguardian.com/uk/money/rss', 'The Guardian: Money', 'shop', 'bank'],
  ['retail-dive', 'https://www.retaildive.com/feeds/news/', 'Retail Dive', 'shop'],
  ['guardian-retail', 'https://www.theguardian.com/business/retail/rss', 'The Guardian: Retail', 'shop'],
  ['finextra', 'https://www.finextra.com/rss/headlines.aspx', 'Finextra', 'bank'],
  ['banking-dive', 'https://www.bankingdive.com/feeds/news/', 'Banking Dive', 'bank'],
  ['ispreview', 'https://www.ispreview.co.uk/index.php/feed', 'ISPreview UK', 'telecom'],
  ['light-reading', 'https://www.lightreading.com/rss.xml', 'Light Reading', 'telecom'],
  ['eater', 'https://www.eater.com/rss/index.xml', 'Eater', 'food'],
  ['restaurant-dive', 'https://www.restaurantdive.com/feeds/news/', 'Restaurant Dive', 'food'],
  ['guardian-food', 'https://www.theguardian.com/food/rss', 'The Guardian: Food', 'food'],
  ['skift', 'https://skift.com/feed/', 'Skift', 'travel'],
  ['omaat', 'https://onemileatatime.com/feed/', 'One Mile at a Time', 'travel'],
  ['guardian-travel', 'https://www.theguardian.com/uk/travel/rss', 'The Guardian: Travel', 'travel'],
  ['hackernews', 'https://hnrss.org/newest?points=20', 'Hacker News', 'tech'],
  ['verge', 'https://www.theverge.com/rss/index.xml', 'The Verge', 'tech'],
  ['techcrunch', 'https://techcrunch.com/feed/', 'TechCrunch', 'tech'],
  ['ars', 'https://feeds.arstechnica.com/arstechnica/index', 'Ars Technica', 'tech', 'telecom'],
  ['bbc-london', 'https://feeds.bbci.co.uk/news/england/london/rss.xml', 'BBC London', 'city'],
  ['bbc-manchester', 'https://feeds.bbci.co.uk/news/england/manchester/rss.xml', 'BBC Manchester', 'city'],
  ['nyt-region', 'https://rss.nytimes.com/services/xml/rss/nyt/NYRegion.xml', 'NYT New York', 'city'],
];

const toSource =
  (language: Language) =>
  ([key, url, name, ...trades]: Row): StarterSource => ({ key, kind: 'feed', url, name, language, trades });

/** Public feeds, proposed to whoever begins. Each is offered with a look at what it would bring, and none is watched unasked. */
export const STARTER_SOURCES: readonly StarterSource[] = [
  ...RU.map(toSource('ru')),
  ...EN.map(toSource('en')),
];
