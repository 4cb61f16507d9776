import type { TreeElement, TreeNode } from '../page-tree.ts';
import { cleanAddress } from './address.ts';
import { isPlaceholder } from './deleted.ts';
import { elementsAt, type Finder, firstAt } from './finder.ts';
import type { PostMarkup } from './markup.ts';
import type { PageTree, PostAuthor, ThreadPost } from './model.ts';
import { postIdIn, readQuote } from './quote.ts';
import { dateIn, readStamp } from './stamp.ts';
import { descendants, isWithin, lineOf, linksOf, outermost, textOf } from './tree-text.ts';

/** What reading one post needs to know of the page. */
export interface PostPage {
  page: PageTree;
  finder: Finder;
  markup: PostMarkup;
  threadUrl: string;
}

function idAt({ finder }: PostPage, post: TreeElement, places: PostMarkup['id']): string | undefined {
  for (const [place, pattern] of places) {
    for (const element of elementsAt(finder, post, place)) {
      const id = pattern.exec(firstAt({ find: () => [element] }, element, [place])?.value ?? '')?.[1];
      if (id !== undefined) return id;
    }
  }
  return undefined;
}

function hrefOf(element: TreeElement): string | undefined {
  if (element.attribs.href !== undefined) return element.attribs.href;
  for (const inner of descendants(element)) if (inner.attribs.href !== undefined) return inner.attribs.href;
  const { parent } = element;
  return parent && 'attribs' in parent && parent.name === 'a' ? parent.attribs.href : undefined;
}

function aboutOf({ finder, markup }: PostPage, post: TreeElement): string {
  if (markup.about === undefined) return '';
  return finder
    .find(post, markup.about)
    .map((element) => lineOf(element))
    .filter((line) => markup.aboutLead?.test(line) ?? true)
    .map((line) => (markup.aboutLead ? line.replace(markup.aboutLead, '') : line))
    .filter((line) => line !== '')
    .join('\n');
}

function profileOf(context: PostPage, post: TreeElement, named: TreeElement): string | undefined {
  const { finder, markup, page } = context;
  const href = firstAt(finder, post, markup.profile ?? [])?.value ?? hrefOf(named);
  return href === undefined || /^#|^javascript:/i.test(href) ? undefined : cleanAddress(href, page.url);
}

function readAuthor(context: PostPage, post: TreeElement): PostAuthor | undefined {
  const found = firstAt(context.finder, post, context.markup.author);
  if (found === undefined) return undefined;
  const profileUrl = profileOf(context, post, found.element);
  const about = aboutOf(context, post);
  return {
    name: found.value.slice(0, 200),
    ...(profileUrl === undefined ? {} : { profileUrl }),
    ...(about === '' ? {} : { about }),
  };
}

function readDateAt(
  context: PostPage,
  post: TreeElement,
  places: readonly string[],
  leaveOut?: Set<TreeNode>,
) {
  const { finder, page } = context;
  for (const place of places) {
    for (const element of finder.find(post, place)) {
      const date = readStamp(element, page.dates, leaveOut);
      if (date) return date;
    }
  }
  return undefined;
}

/** An edit note tells a name too, which may have digits: the date stands behind it. */
function readEdited(context: PostPage, post: TreeElement): Date | undefined {
  for (const place of context.markup.edited ?? []) {
    for (const element of context.finder.find(post, place)) {
      const times = [...descendants(element)].filter((at) => at.attribs.datetime !== undefined);
      const [time] = times;
      const line = lineOf(element);
      const date = time
        ? readStamp(time, context.page.dates)
        : (dateIn(line.replace(/^.*?[;:]\s*(?=.*\d)/, ''), context.page.dates) ??
          readStamp(element, context.page.dates));
      if (date) return date;
    }
  }
  return undefined;
}

function permalinkOf(context: PostPage, post: TreeElement, id: string | undefined): string | undefined {
  const { finder, markup, page, threadUrl } = context;
  const links = (markup.permalink ?? []).flatMap((selector) => finder.find(post, selector));
  const hrefs = links.map(({ attribs }) => attribs.href ?? '').filter((href) => !/^(?:#|$)/.test(href));
  // A post that quotes another links it in the same way.
  const isOwn = new RegExp(`(?:^|\\D)${id ?? ''}(?:\\D|$)`);
  const own = id === undefined ? hrefs[0] : hrefs.find((href) => isOwn.test(href));
  if (own !== undefined) return cleanAddress(own, page.url);
  if (id === undefined) return undefined;
  return cleanAddress(markup.makePermalink?.(id, threadUrl) ?? `#post-${id}`, threadUrl);
}

function readLikes({ finder, markup }: PostPage, post: TreeElement): number | undefined {
  const found = firstAt(finder, post, markup.likes ?? [])?.value;
  const digits = found === undefined ? undefined : /\d[\d {2}.,]*/.exec(found)?.[0].replace(/\D/g, '');
  return digits ? Number(digits) : undefined;
}

function isDeleted({ finder, markup }: PostPage, post: TreeElement, text: string): boolean {
  if (markup.deleted !== undefined && finder.find(post, markup.deleted).length > 0) return true;
  return isPlaceholder(text);
}

interface Texts {
  text: string;
  fullText: string;
  links: string[];
  quotes: readonly TreeElement[];
}

function readTexts({ finder, markup, page }: PostPage, post: TreeElement, body: TreeElement): Texts {
  const inBody = (selector: string | undefined) =>
    selector === undefined
      ? []
      : finder.find(post, selector).filter((at) => at !== body && isWithin(at, body));
  const quotes = inBody(markup.quotes);
  const furniture = new Set<TreeNode>(inBody(markup.furniture));
  const others = new Set<TreeNode>([...furniture, ...quotes]);
  return {
    text: textOf(body, others),
    fullText: quotes.length === 0 ? textOf(body, others) : textOf(body, furniture),
    links: linksOf(body, page.url, furniture),
    quotes: outermost(quotes),
  };
}

function replyOf(context: PostPage, post: TreeElement): ThreadPost['quoteOf'] {
  const { finder, markup } = context;
  const found = firstAt(finder, post, markup.replyTo ?? []);
  const link = finder.find(post, (markup.replyTo ?? ['\\0'])[0]?.split('@')[0] || '\\0')[0];
  const linked = link?.attribs['data-reply-to'] ?? postIdIn(hrefOf(link ?? post) ?? '');
  const id = idAt(context, post, markup.replyId ?? []) ?? (found && linked);
  if (found === undefined && id === undefined) return undefined;
  return { ...(found ? { author: found.value } : {}), ...(id === undefined ? {} : { id }) };
}

function bodyOf({ finder, markup }: PostPage, post: TreeElement): TreeElement | undefined {
  for (const selector of markup.body) {
    const [body] = finder.find(post, selector);
    if (body) return body;
  }
  return undefined;
}

/** Undefined when the block is no post after all: neither body nor sign of deletion. */
export function readPost(context: PostPage, post: TreeElement): ThreadPost | undefined {
  const body = bodyOf(context, post);
  const texts = body ? readTexts(context, post, body) : { text: '', fullText: '', links: [], quotes: [] };
  const deleted = isDeleted(context, post, texts.text);
  if (body === undefined && !deleted) return undefined;
  const id = idAt(context, post, context.markup.id);
  const permalink = permalinkOf(context, post, id);
  const author = readAuthor(context, post);
  const publishedAt = readDateAt(context, post, context.markup.date, new Set<TreeNode>(body ? [body] : []));
  const editedAt = readEdited(context, post);
  const quoteOf = readQuote(context.finder, post, texts.quotes, context.markup) ?? replyOf(context, post);
  const likes = readLikes(context, post);
  return {
    ...(id === undefined ? {} : { id }),
    ...(permalink === undefined ? {} : { permalink }),
    ...(author === undefined ? {} : { author }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(editedAt === undefined ? {} : { editedAt }),
    text: deleted ? '' : texts.text,
    fullText: deleted ? '' : texts.fullText,
    ...(quoteOf === undefined ? {} : { quoteOf }),
    ...(likes === undefined ? {} : { likes }),
    ...(deleted ? { deleted: true as const } : {}),
    links: deleted ? [] : texts.links,
  };
}
