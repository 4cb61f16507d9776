import { loadTree, THREAD_LIMITS } from '../page-tree.ts';
import type { PageTree } from './model.ts';
import { type PageLink, pageLinks } from './page-links.ts';
import { isSameList, pageNumber } from './page-number.ts';

const NEXT_WORD =
  /^(?:[\s»›>→⟩▶⇒…|]*)(?:next(?: page| \d+)?|след(?:\.|ующая|ующие|ующий)?(?: страница| стр\.?)?|впер[её]д|дал(?:ее|ьше)|older(?: (?:posts|entries|articles|comments|topics))?|more(?: (?:posts|results|stories|entries))?|показать ещ[её]|ранее|load more|show more|weiter|nächste(?: seite)?|suivante?|siguiente|próxima|avanti|successiva|volgende|nästa|次へ|次のページ|下一页|下页)(?:[\s»›>→⟩▶⇒.…|]*)$/i;
const ARROW = /^(?:>|›|»|→|⟩|▶|⇒|&gt;|>>)$/;
const NEXT_CLASS = /(?:^|[\s_-])next(?:$|[\s_-])|next(?:page|link)|page-?next|pagenext/i;
/** A step to another thread, post, day or picture, or back. */
const OTHER_STEP =
  /prev|back|newer|назад|пред|new(?:er)? |thread|topic|тем[аы]|article|стать|photo|фото|album|day|month|year|week|день|месяц|год|chapter|issue|unread|nextnewest|nextoldest|video|slide|carousel/i;
const PAGER = /pag(?:e|in|er)|(?:^|[\s_-])nav|lister|wp-pagenavi|seite/i;

/** How much a link looks like the way to the next page of this very list; 0 and less: not at all. */
function scoreOf(link: PageLink, here: Here): number {
  if (link.address === here.address || link.isSamePage) return 0;
  const number = pageNumber(link.address);
  const isPart = isSameList(link.address, here.address);
  const isStep =
    OTHER_STEP.test(`${link.text} ${link.label}`) || /next(?:newest|oldest)|goto=next/i.test(link.address);
  if (isStep) return 0;
  const isBackward = isPart && here.number !== undefined && (number ?? 0) < here.number;
  if (isBackward) return 0;
  let score = 0;
  if (link.isRelNext) score += 5;
  if (NEXT_WORD.test(link.text)) score += 4;
  else if (NEXT_WORD.test(link.label)) score += 3;
  else if (ARROW.test(link.text)) score += 2;
  if (NEXT_CLASS.test(link.marks)) score += 3;
  if (link.isAfterCurrent) score += 4;
  if (score === 0) return 0;
  if (isPart) score += 4;
  if (PAGER.test(link.around)) score += 1;
  return score;
}

interface Here {
  address: string;
  number: number | undefined;
}

/** Less than this may be anything. */
const ENOUGH = 5;

/** Address of the next page of this list or thread; undefined on the last one. */
export function nextPageIn(page: PageTree, selector?: string): string | undefined {
  const here = { address: page.url, number: pageNumber(page.url) };
  const links = pageLinks(page);
  const own = selector === undefined ? [] : page.$(selector).toArray();
  const byEngine = links.find(
    (link) => own.includes(link.element) && !link.isSamePage && link.address !== page.url,
  );
  if (byEngine) return byEngine.address;
  let best: { score: number; address: string } | undefined;
  for (const link of links) {
    const score = scoreOf(link, here);
    if (score >= ENOUGH && score > (best?.score ?? 0)) best = { score, address: link.address };
  }
  return best?.address ?? followingNumber(links, here);
}

/** A pager without marks: the link to the number behind this page's own. */
function followingNumber(links: readonly PageLink[], here: Here): string | undefined {
  const wanted = (here.number ?? 1) + 1;
  const found = links.find(
    (link) => link.text === String(wanted) && isSameList(link.address, here.address) && !link.isSamePage,
  );
  return found?.address;
}

/** Highest page that a pager of this list links. */
export function lastPageIn(page: PageTree): string | undefined {
  let last: { number: number; address: string } | undefined;
  for (const link of pageLinks(page)) {
    const isNumbered = /^\d{1,6}$/.test(link.text) && isSameList(link.address, page.url);
    const number = isNumbered ? Number(link.text) : 0;
    if (number > 1 && number > (last?.number ?? 0)) last = { number, address: link.address };
  }
  return last?.address;
}

/** The next page of any list or thread page; never the next thread, never an archive's next day. */
export function findNextPage(html: string, url: string): string | undefined {
  const $ = loadTree(html, { limits: THREAD_LIMITS });
  return nextPageIn({ $, url, dates: { now: new Date(0), zone: 0 } });
}
