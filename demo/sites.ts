import { HOMEMAKER } from './texts/homemaker.ts';
import { KITCHEN } from './texts/kitchen.ts';
import type { SampleArticle } from './texts/sample.ts';
import { YARD } from './texts/yard.ts';

export interface Blog {
  /** First part of every address: `/kuhnya/`. */
  path: string;
  title: string;
  about: string;
  language: 'ru' | 'en';
  charset: 'utf-8' | 'windows-1251';
  feed: { kind: 'rss' | 'atom' | 'json'; path: string; type: string };
  articles: readonly SampleArticle[];
}

export const BLOGS: readonly Blog[] = [
  {
    path: '/kuhnya/',
    title: 'Кухня без правил',
    about: 'Готовим, пробуем и ворчим',
    language: 'ru',
    charset: 'utf-8',
    feed: { kind: 'rss', path: '/kuhnya/rss.xml', type: 'application/rss+xml' },
    articles: KITCHEN,
  },
  {
    path: '/dvor/',
    title: 'Двор и дом',
    about: 'Записки хозяйственного человека',
    language: 'ru',
    charset: 'windows-1251',
    feed: { kind: 'atom', path: '/dvor/atom.xml', type: 'application/atom+xml' },
    articles: YARD,
  },
  {
    path: '/homemaker/',
    title: 'The Quiet Homemaker',
    about: 'Small repairs and large loaves',
    language: 'en',
    charset: 'utf-8',
    feed: { kind: 'json', path: '/homemaker/feed.json', type: 'application/feed+json' },
    articles: HOMEMAKER,
  },
];

export const FORUM_TITLE = 'Хозяйственный двор';
export const POSTS_PER_PAGE = 15;

export function articlePath(blog: Blog, article: SampleArticle): string {
  return `${blog.path}${article.slug}.html`;
}

/** `hours` before `now`, on a whole minute; never after it. */
export function hoursBefore(now: Date, hours: number): Date {
  return new Date(Math.floor((now.getTime() - hours * 3_600_000) / 60_000) * 60_000);
}
