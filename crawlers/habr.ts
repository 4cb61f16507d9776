import { type Feeds, feedPlatform } from './platform/feed-platform.ts';

const LANGUAGE = /^\/(ru|en)(?=\/|$)/;

function searchFeed(url: URL, root: string): string {
  const query = url.searchParams.get('q') ?? '';
  const parameters = new URLSearchParams({ q: query, order_by: 'date', target_type: 'posts', hl: 'ru' });
  return new URL(`${root}/search/?${parameters}`, url).href;
}

/** `/ru/hubs/NAME/`, `/ru/users/NAME/`, `/ru/companies/NAME/`, `/ru/search/?q=`, all articles for everything else. */
function feedsOf(url: URL): Feeds {
  const language = LANGUAGE.exec(url.pathname)?.[1] ?? 'ru';
  const path = url.pathname.replace(LANGUAGE, '');
  const root = `/${language}/rss`;
  if (path.startsWith('/rss/')) return { posts: url.href };
  if (path.startsWith('/search')) return { posts: searchFeed(url, root) };
  const [, section, name] = /^\/(hubs?|users?|companies|company|flows)\/([\w.-]+)/.exec(path) ?? [];
  if (section === undefined) return { posts: new URL(`${root}/articles/?fl=${language}`, url).href };
  const plural = { hub: 'hubs', user: 'users', company: 'companies' }[section] ?? section;
  return { posts: new URL(`${root}/${plural}/${name}/articles/`, url).href };
}

/**
 * Habr: a hub, user, company, search or everything. Built after the documented addresses; not seen live from here. The feed
 * cuts articles off at the fold, and comments are not in it: watch an article with `kind: site` for them.
 */
export const habrCrawler = feedPlatform({
  kind: 'habr',
  hosts: /(?:^|\.)habr\.com$/,
  site: 'habr.com',
  feedsOf,
  asDocument: (plain, item) => ({
    ...plain,
    externalId: plain.url.replace(/[?#].*$/, ''),
    url: plain.url.replace(/[?#].*$/, ''),
    text: item.text.replace(/\n?(?:Читать (?:далее|дальше)|Read more)\s*(?:→|&rarr;)?\s*$/i, ''),
    ...(plain.author
      ? {
          author: {
            ...plain.author,
            profileUrl: `https://habr.com/users/${encodeURIComponent(plain.author.handle)}/`,
          },
        }
      : {}),
  }),
});
