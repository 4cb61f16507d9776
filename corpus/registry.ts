import type { CorpusSet } from './set.ts';
import { articles } from './sets/articles.ts';
import { brandContext } from './sets/brand-context.ts';
import { brandMentions } from './sets/brand-mentions.ts';
import { charsets } from './sets/charsets.ts';
import { copies } from './sets/copies.ts';
import { dates } from './sets/dates.ts';
import { entities } from './sets/entities.ts';
import { feeds } from './sets/feeds.ts';
import { language } from './sets/language.ts';
import { pagesArticles } from './sets/pages-articles.ts';
import { pagesThreads } from './sets/pages-threads.ts';
import { pubdates } from './sets/pubdates.ts';
import { robots } from './sets/robots.ts';
import { ssrf } from './sets/ssrf.ts';
import { talk } from './sets/talk.ts';
import { xss } from './sets/xss.ts';

/** Every corpus that can be measured. A new one is a file in `sets/` and a line here. */
export const sets: readonly CorpusSet[] = [
  feeds,
  charsets,
  robots,
  dates,
  ssrf,
  xss,
  articles,
  pubdates,
  pagesArticles,
  pagesThreads,
  brandContext,
  brandMentions,
  copies,
  language,
  talk,
  entities,
];
