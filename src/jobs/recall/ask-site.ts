import { postNumberOf } from '../../extract/address-place.ts';
import { htmlToText } from '../../extract/html-text.ts';
import type { Read } from '../../extract/readers.ts';
import { readingBy } from '../../extract/reading.ts';
import { statedZone } from '../../extract/stated-zone.ts';
import type { ThreadPost } from '../../extract/thread/model.ts';
import { findLoginForm } from '../../fetch/login-form.ts';
import { bareLetters } from '../../lib/bare-letters.ts';
import { sameAddressKey } from '../../lib/canonical-url.ts';
import { PermanentError } from '../../lib/errors.ts';
import type { Page } from '../../model/ports.ts';
import type { Source } from '../../model/source.ts';
import type { MissReport, TraceDeps } from './report.ts';

/** A post as it was read off its page now. */
export interface ReadPost {
  title: string | null;
  text: string;
  author: string | null;
  publishedAt: Date | null;
  links: string[];
}

/** What the site answered. */
export interface Answer {
  page: Page;
  /** null: nothing to read was found. */
  post: ReadPost | null;
  /** Do the pasted words stand on the page, as a reader sees it? null when none were pasted. */
  hasWords: boolean | null;
  /** Under which the page says that it is to be known. */
  canonical: string | null;
}

const MOSCOW = 180;
/** Of a page, to look for words in. */
const LOOKED_AT = 3_000_000;
/** A page with a login form and fewer words is that form. */
const FEW_LETTERS = 600;
const LOGIN_PATH =
  /\/(?:login|log-in|signin|sign-in|auth|oauth|sso)(?:[/.?]|$)|[?&](?:mode|action|act|app)=login\b/i;

/** A login page that answers as if nothing were wrong. */
function isLoginWall({ text, url }: Page, asked: string): boolean {
  const wasSentOn = sameAddressKey(url) !== sameAddressKey(asked);
  if (wasSentOn && LOGIN_PATH.test(url)) return true;
  if (!/type\s*=\s*["']?password/i.test(text) || findLoginForm(text, url, {}) === null) return false;
  return bareLetters(htmlToText(text.slice(0, LOOKED_AT))).length < FEW_LETTERS;
}

function asPost(post: ThreadPost, title: string | null): ReadPost {
  const { fullText, author, publishedAt, links } = post;
  // With quotations: people paste what they see.
  return {
    title,
    text: post.text || fullText,
    author: author?.name ?? null,
    publishedAt: publishedAt ?? null,
    links,
  };
}

/** Of the posts of a page: the one that has the words, that the address names, or the first. */
function choosePost(posts: readonly ThreadPost[], { address, text }: MissReport): ThreadPost | undefined {
  const words = text === null ? '' : bareLetters(text);
  const number = postNumberOf(address ?? '');
  return (
    (words === '' ? undefined : posts.find((post) => bareLetters(post.fullText).includes(words))) ??
    (number === undefined
      ? undefined
      : posts.find(({ id, permalink }) => id === number || permalink?.endsWith(number))) ??
    posts[0]
  );
}

async function readPost(
  read: Read,
  page: Page,
  report: MissReport,
  now: Date,
): Promise<Pick<Answer, 'post' | 'canonical'>> {
  const dates = { now, zone: statedZone(page.text) ?? MOSCOW };
  const thread = await read('readThread', page.text, page.url, dates);
  const living = thread.posts.filter((post) => !post.deleted && post.fullText !== '');
  if (thread.engine !== 'generic' && living.length > 0) {
    const chosen = choosePost(living, report);
    return {
      post: chosen ? asPost(chosen, chosen === living[0] ? thread.title : null) : null,
      canonical: null,
    };
  }
  const article = await read('readArticle', page.text, page.url, dates);
  const canonical = article.canonicalUrl ?? null;
  const words = report.text === null ? '' : bareLetters(report.text);
  const comment =
    words === '' || bareLetters(article.text).includes(words)
      ? undefined
      : article.comments.find((one) => bareLetters(one.fullText).includes(words));
  if (comment) return { post: asPost(comment, null), canonical };
  if (article.text.trim() === '') return { post: null, canonical };
  const post = {
    title: article.title || null,
    text: article.text,
    author: article.author ?? null,
    publishedAt: article.publishedAt ?? null,
    links: article.links,
  };
  return { post, canonical };
}

/**
 * What the site shows at the address now, asked as politely as by a crawler: robots.txt, the guard against private addresses,
 * limits of size and time. `source`: whose cookies and login are used.
 * @throws as fetching does, and PermanentError `login-needed`
 */
export async function askSite(
  deps: TraceDeps,
  report: MissReport,
  address: string,
  source: Source | null,
  signal: AbortSignal,
): Promise<Answer> {
  const page = await deps.fetchFor(signal, source ?? undefined)(address);
  if (!page)
    throw new PermanentError(
      'broken-answer',
      'The site answered that nothing has changed, which nobody asked.',
    );
  if (isLoginWall(page, address))
    throw new PermanentError('login-needed', 'The site shows a login form in place of the page.');
  const { post, canonical } = await readPost(readingBy(deps), page, report, deps.clock.now());
  const words = report.text === null ? null : bareLetters(report.text);
  const hasWords =
    words === null ? null : bareLetters(htmlToText(page.text.slice(0, LOOKED_AT))).includes(words);
  return { page, post, canonical, hasWords };
}
