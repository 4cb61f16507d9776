import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { sha256 } from '../src/lib/hash.ts';
import { html } from '../src/lib/html.ts';
import { addLatePost, type ForumPost, type ForumThread, forumThreads, postPath } from './forum-posts.ts';
import { notFound, plain, type Reply, serveLoopback } from './loopback.ts';
import { articlePage, blogPage } from './pages/blog.ts';
import { feedText, newest } from './pages/feeds.ts';
import { forumIndexPage, forumPage, profilePage, threadPage } from './pages/forum.ts';
import { articlePath, BLOGS, type Blog, POSTS_PER_PAGE } from './sites.ts';
import { PEOPLE } from './texts/people.ts';

export interface World {
  /** The one origin of all sites, without a slash at the end. */
  url: string;
  /** Adds the complaint that was held back, dated `at`, and gives its address. The second call changes nothing. */
  publish(at: Date): string;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** 0 takes any free port. */
  port: number;
  /** The start of the world: everything in it was written in the three days before. */
  now: Date;
  /** How long `/slow/feed.xml` keeps one waiting. */
  slowMs?: number;
}

const ROBOTS = 'User-agent: *\nDisallow: /private/\n';
const CUT_OFF = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><chan';

/** Two blogs in Russian, one in English, a forum and three broken places, all under one origin on loopback. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { now } = options;
  const threads = forumThreads(now);
  const closing = new AbortController();
  let origin = '';
  const server = await serveLoopback(options.port, (request, url) => {
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET\n');
    if (url.pathname === '/slow/feed.xml') return slowReply(options.slowMs ?? 60_000, closing.signal);
    return (
      placeReply(url) ??
      forumReply(threads, url) ??
      BLOGS.map((blog) => blogReply(blog, url, request, origin, now)).find((reply) => reply !== null) ??
      notFound()
    );
  });
  origin = server.url;
  return {
    url: origin,
    publish: publisher(threads, origin),
    close: () => {
      closing.abort();
      return server.close();
    },
  };
}

function publisher(threads: ForumThread[], origin: string): (at: Date) => string {
  let added: ForumPost | null = null;
  return (at) => {
    added ??= addLatePost(threads, at);
    return added ? `${origin}${postPath(added)}` : origin;
  };
}

function placeReply(url: URL): Reply | null {
  if (url.pathname === '/')
    return page(
      html`<h1>Sample world</h1><ul>${BLOGS.map((blog) => html`<li><a href="${blog.path}">${blog.title}</a></li>`)}<li><a href="/forum/">Форум</a></li></ul>`
        .value,
    );
  if (url.pathname === '/robots.txt') return plain(200, ROBOTS);
  if (url.pathname === '/broken/feed.xml')
    return { type: 'application/rss+xml; charset=utf-8', body: CUT_OFF };
  return null;
}

async function slowReply(ms: number, signal: AbortSignal): Promise<Reply> {
  await delay(ms, undefined, { signal });
  return plain(200, 'Sorry to have kept you waiting\n');
}

function blogReply(blog: Blog, url: URL, request: IncomingMessage, origin: string, now: Date): Reply | null {
  if (url.pathname === blog.path) return page(blogPage(blog, now), blog.charset);
  if (url.pathname === blog.feed.path) return feedReply(blog, request, origin, now);
  const article = blog.articles.find((each) => articlePath(blog, each) === url.pathname);
  return article ? page(articlePage(blog, article, now), blog.charset) : null;
}

function feedReply(blog: Blog, request: IncomingMessage, origin: string, now: Date): Reply {
  const body = iconv.encode(feedText(blog, origin, now), blog.charset);
  const changed = newest(blog, now);
  const headers = { etag: `"${sha256(body).slice(0, 20)}"`, 'last-modified': changed.toUTCString() };
  const type = `${blog.feed.type}; charset=${blog.charset}`;
  const { 'if-none-match': tag, 'if-modified-since': since } = request.headers;
  const unchanged = tag === undefined ? Date.parse(since ?? '') >= changed.getTime() : tag === headers.etag;
  return unchanged ? { status: 304, type, body: '', headers } : { type, body, headers };
}

function forumReply(threads: readonly ForumThread[], url: URL): Reply | null {
  const ask = url.searchParams;
  switch (url.pathname) {
    case '/forum/':
    case '/forum/index.php':
      return page(forumIndexPage());
    case '/forum/viewforum.php':
      return ask.get('f') === '2' ? page(forumPage(threads)) : notFound();
    case '/forum/viewtopic.php':
      return threadReply(threads, ask);
    case '/forum/memberlist.php': {
      const handle = Object.keys(PEOPLE).find((each) => String(PEOPLE[each]?.id) === ask.get('u'));
      return handle === undefined ? notFound() : page(profilePage(handle));
    }
    default:
      return null;
  }
}

/** By thread and start, or by the number of a post, as the engine's permanent links do. */
function threadReply(threads: readonly ForumThread[], ask: URLSearchParams): Reply {
  const wanted = Number(ask.get('p') ?? Number.NaN);
  const thread = threads.find((each) =>
    ask.has('p') ? each.posts.some((post) => post.id === wanted) : String(each.id) === ask.get('t'),
  );
  if (!thread) return notFound();
  const first = ask.has('p')
    ? thread.posts.findIndex((post) => post.id === wanted)
    : Number(ask.get('start') ?? 0);
  if (!Number.isInteger(first) || first < 0 || first >= thread.posts.length) return notFound();
  return page(threadPage(thread, first - (first % POSTS_PER_PAGE)));
}

function page(text: string, charset = 'utf-8'): Reply {
  return { type: `text/html; charset=${charset}`, body: iconv.encode(text, charset) };
}
