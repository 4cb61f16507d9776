const PATHS = ['feed', 'rss', 'rss.xml', 'atom.xml', 'index.xml', 'feed.xml', 'feed.json', '?feed=rss2'];
const BLOGS = ['blog/feed', 'blog/rss.xml'];
/** A polite number of guesses, which are asked one after another. */
const MAX_GUESSES = 8;

/** The folder that an address stands in: `/blog/post.html` → `/blog/`. */
function folderOf(address: string): URL {
  const url = new URL(address);
  url.search = '';
  const isFolder = url.pathname.endsWith('/') || !/\.[a-z0-9]{1,5}$/i.test(url.pathname);
  if (!url.pathname.endsWith('/'))
    url.pathname = isFolder ? `${url.pathname}/` : url.pathname.replace(/[^/]*$/, '');
  return url;
}

/** Where a site's feed often stands although no page says so; the likeliest first. */
export function wellKnownFeeds(address: string): string[] {
  const folder = folderOf(address);
  const root = new URL('/', folder);
  const near = PATHS.slice(0, 3).map((path) => new URL(path, folder).href);
  const atRoot = [...PATHS, ...BLOGS].map((path) => new URL(path, root).href);
  const all = folder.pathname === '/' ? atRoot : [...near, ...atRoot];
  return [...new Set(all)].slice(0, MAX_GUESSES);
}
