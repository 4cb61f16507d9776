import type { CheerioAPI } from 'cheerio/slim';
import { type DateContext, readDate } from './dates.ts';
import { htmlLinks, htmlToText } from './html-text.ts';
import { loadTree, type Selection } from './page-tree.ts';
import { cleanAddress, queryNumber } from './phpbb-address.ts';
import { nextPage } from './phpbb-pager.ts';

interface ForumAuthor {
  handle: string;
  /** Absent for guests. */
  profileUrl?: string;
  /** Signature and profile fields. */
  about?: string;
}

export interface ForumPost {
  /** The post's number. */
  externalId: string;
  /** Without session id. */
  permalink: string;
  author?: ForumAuthor;
  publishedAt?: Date;
  /** The author's own words: quotations and signature left out. */
  text: string;
  /** With quotations. */
  fullText: string;
  /** Number of the post that the first quotation names. */
  quotedId?: string;
  links: string[];
}

export interface ThreadPage {
  /** The thread's number, when the page says. */
  externalId?: string;
  title: string;
  /** The thread's first page. */
  url: string;
  language?: string;
  posts: ForumPost[];
  nextPage?: string;
}

/** Captions and buttons inside a post's body. */
const FURNITURE = '.codebox > p, dl.codebox > dt, .signature, .notice, .attachbox dt, cite, script, style';

function bodyText($: CheerioAPI, content: Selection, leaveOut: string): string {
  const copy = content.clone();
  copy.find(leaveOut).remove();
  return htmlToText($.html(copy));
}

/** Where the name stands: by class, or in old themes by place. */
const NAMES = [
  '.postprofile .username, .postprofile .username-coloured',
  '.author .username, .author .username-coloured',
  '.author strong a',
  '.author strong',
  '.postprofile dt a[href*="viewprofile"]',
];

function readAuthor($: CheerioAPI, post: Selection, url: string): ForumAuthor | undefined {
  const name = NAMES.map((selector) => post.find(selector).first()).find(
    (found) => found.text().trim() !== '',
  );
  if (name === undefined) return undefined;
  const handle = name.text().replace(/\s+/g, ' ').trim();
  if (handle === '') return undefined;
  const profileUrl = cleanAddress(name.attr('href'), url);
  const fields = post.find('.postprofile .profile-custom-field, .signature').toArray();
  const about = fields
    .map((field) => htmlToText($.html(field)).replace(/\n/g, ' '))
    .join('\n')
    .trim();
  return { handle, ...(profileUrl === undefined ? {} : { profileUrl }), ...(about === '' ? {} : { about }) };
}

/** `time` carries the instant; older themes write it behind the last ». */
function readPostDate(post: Selection, context: DateContext): Date | undefined {
  const line = post.find('p.author, .author').first();
  const time = line.find('time').first();
  const text = line.text();
  const candidates = [time.attr('datetime'), time.text(), text.slice(text.lastIndexOf('»') + 1)];
  for (const candidate of candidates) {
    const date = candidate?.trim() ? readDate(candidate.trim(), context) : undefined;
    if (date) return date;
  }
  return undefined;
}

function quotedPost($: CheerioAPI, content: Selection, url: string): string | undefined {
  for (const link of content.find('blockquote cite a').toArray()) {
    const number = $(link).attr('data-post-id') ?? queryNumber(cleanAddress($(link).attr('href'), url), 'p');
    if (number !== undefined && /^\d{1,12}$/.test(number)) return number;
  }
  return undefined;
}

function linksOf($: CheerioAPI, content: Selection, url: string): string[] {
  const copy = content.clone();
  copy.find('cite').remove();
  return htmlLinks($.html(copy), url);
}

function permalinkOf($: CheerioAPI, post: Selection, id: string, url: string): string {
  const link = post
    .find('.author a, h3 a')
    .filter((_at, element) => new RegExp(`p=${id}\\b.*#p${id}$`).test($(element).attr('href') ?? ''));
  return cleanAddress(link.first().attr('href') ?? `./viewtopic.php?p=${id}#p${id}`, url) ?? url;
}

/** Undefined for a post that was deleted or is hidden: nothing of it is left to read. */
function readPost($: CheerioAPI, post: Selection, url: string, context: DateContext): ForumPost | undefined {
  const externalId = /^p(\d{1,12})$/.exec(post.attr('id') ?? '')?.[1];
  const content = post.find('.content').first();
  if (externalId === undefined || content.length === 0) return undefined;
  const author = readAuthor($, post, url);
  const publishedAt = readPostDate(post, context);
  const quotedId = quotedPost($, content, url);
  return {
    externalId,
    permalink: permalinkOf($, post, externalId, url),
    ...(author === undefined ? {} : { author }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    text: bodyText($, content, `blockquote, ${FURNITURE}`),
    fullText: bodyText($, content, FURNITURE),
    ...(quotedId === undefined ? {} : { quotedId }),
    links: linksOf($, content, url),
  };
}

interface TreeNode {
  parent: TreeNode | null;
}

/** Those that stand in none of the others, given in the page's order: a post within a post would be read over and over. */
function outermost<Node extends TreeNode>(nodes: readonly Node[]): Node[] {
  const all = new Set<TreeNode>(nodes);
  return nodes.filter((node) => {
    for (let above = node.parent; above; above = above.parent) if (all.has(above)) return false;
    return true;
  });
}

/** A page of a phpBB 3 thread (viewtopic, prosilver and its descendants). Deleted posts are left out. */
export function readThreadPage(html: string, url: string, context: DateContext): ThreadPage {
  const $ = loadTree(html);
  const heading = $('h2.topic-title, h2.topictitle, #page-body h2, h2:has(a[href*="viewtopic"])').first();
  const address = cleanAddress(heading.find('a').attr('href'), url) ?? cleanAddress(url, url) ?? url;
  const found = outermost($('div.post').toArray()).map((element) => readPost($, $(element), url, context));
  const externalId = queryNumber(address, 't');
  const language = $('html').attr('lang');
  const next = nextPage($, url);
  return {
    ...(externalId === undefined ? {} : { externalId }),
    title: heading.text().replace(/\s+/g, ' ').trim(),
    url: address,
    ...(language ? { language } : {}),
    posts: found.filter((post) => post !== undefined),
    ...(next === undefined ? {} : { nextPage: next }),
  };
}
