import { html, type Markup } from '../../src/lib/html.ts';
import { type Author, isOnlyNamed } from '../../src/model/document.ts';
import type { AuthorId } from '../../src/model/ids.ts';
import { getAuthors } from '../../src/store/authors.ts';
import { type Card, cardsOfAuthor } from '../../src/store/cards.ts';
import { listIdentifiers } from '../../src/store/customers.ts';
import {
  type CheckCounts,
  countDecisions,
  drawCheck,
  listOpenReviews,
  listReviewCandidates,
} from '../../src/store/reviews.ts';
import type { Viewer } from '../auth/session.ts';
import { type Key, SKIP_KEY } from '../corrections/choices.ts';
import { keyAttributes, renderKeyName } from '../corrections/rows.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import { renderCard } from '../views/card.ts';
import { number, outside } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { shownText } from '../views/private.ts';
import { renderCandidate, type ShownCandidate } from './candidate.ts';
import { precisionOf } from './precision.ts';

const SHOWN = 3;
const MAX_POSTS = 20;
const FIRST_POSTS = 2;
/** Every so many decisions a link that was made without a person is put in between. */
const CHECK_EVERY = 5;
const NOBODY_KEY: Key = { code: 'Digit0', ru: '0', en: '0' };

/** An author, and the customers whom he may be. */
export interface Question {
  author: Author;
  posts: readonly Card[];
  candidates: readonly ShownCandidate[];
  /** The link was made without a person, and is only looked at to know how right such links are. */
  isCheck: boolean;
}

/** Whose turn it is; null: nobody's. */
export async function nextAuthor(
  { db }: DashboardDeps,
  skipped: readonly AuthorId[],
): Promise<AuthorId | null> {
  const [open] = await listOpenReviews(db, skipped, 1);
  const isTurn = (await countDecisions(db)) % CHECK_EVERY === CHECK_EVERY - 1;
  const check = isTurn || !open ? await drawCheck(db, skipped) : null;
  return check ?? open?.authorId ?? null;
}

/** null when nothing is to be asked of this author any more. */
export async function readQuestion(deps: DashboardDeps, id: AuthorId): Promise<Question | null> {
  const { db, vault } = deps;
  const [[author], candidates] = await Promise.all([
    getAuthors(db, [id]),
    listReviewCandidates(db, id, SHOWN),
  ]);
  if (!author || candidates.length === 0) return null;
  const shown: ShownCandidate[] = [];
  for (const one of candidates)
    shown.push({ ...one, identifiers: await listIdentifiers(db, vault, one.customerId) });
  const isCheck = candidates.some(({ state }) => state === 'linked');
  return { author, posts: await cardsOfAuthor(db, id, MAX_POSTS), candidates: shown, isCheck };
}

function renderAuthor(viewer: Viewer, { author, posts }: Question): Markup {
  const { t } = viewer;
  const { name, handle, site, profileUrl, about } = author;
  const shown = name ?? handle;
  return html`<section class="author"><h2>${profileUrl ? outside(profileUrl, shown) : shown} <small class="muted">${handle === shown ? '' : `@${handle} · `}${site}</small></h2>
    ${about ? html`<p><span class="muted">${t('review.profile')}:</span> ${shownText(viewer, about)}</p>` : ''}
    ${isOnlyNamed(author) ? html`<p class="note">${t('review.nameonly')}</p>` : ''}<h3>${t('review.posts')}</h3>${renderPosts(viewer, posts)}</section>`;
}

/** What names a topic comes first: it is why somebody asks. Beyond some the customers would be far below. */
function renderPosts(viewer: Viewer, posts: readonly Card[]): Markup {
  const telling = posts.toSorted((a, b) => Number(b.mentions.length > 0) - Number(a.mentions.length > 0));
  const cards = telling.map((card) => renderCard(viewer, card, { names: null }));
  const rest = cards.slice(FIRST_POSTS);
  const more = viewer.t('review.more', { n: number(viewer, rest.length) });
  return html`${cards.slice(0, FIRST_POSTS)}${rest.length === 0 ? '' : html`<details><summary>${more}</summary>${rest}</details>`}`;
}

export function renderPrecision(viewer: Viewer, counts: CheckCounts): Markup {
  const { t } = viewer;
  const shown = precisionOf(counts);
  if (!shown) return html`<p class="muted">${t('review.noprecision')}</p>`;
  const percent = (share: number): string => number(viewer, Math.round(share * 1000) / 10);
  return html`<p class="muted">${t('review.precision', {
    of: number(viewer, counts.of),
    right: number(viewer, counts.right),
    share: percent(shown.share),
    low: percent(shown.low),
    high: percent(shown.high),
  })}</p>`;
}

/** The author with all that he wrote, and at most three customers side by side. */
export function renderQuestion(
  viewer: Viewer,
  question: Question,
  { left, skipped }: { left: number; skipped: string },
): Markup {
  const { t } = viewer;
  const { author, candidates, isCheck } = question;
  return html`<h1>${t('review.title', { n: number(viewer, left) })}</h1>${renderHelp(viewer, 'review')}
    <p class="${isCheck ? 'note' : 'muted'}">${t(isCheck ? 'review.check' : 'review.why')}</p>
    ${renderAuthor(viewer, question)}
    <form method="post" action="/review" data-review>${csrfField(viewer)}<input type="hidden" name="author" value="${author.id}"><input type="hidden" name="check" value="${isCheck ? '1' : '0'}"><input type="hidden" name="skipped" value="${skipped}">
    <div class="candidates">${candidates.map((one, at) => renderCandidate(viewer, one, at))}</div>
    <p class="row"><button name="say" value="nobody"${keyAttributes(viewer, NOBODY_KEY)}>${t('review.nobody')}${renderKeyName(viewer, NOBODY_KEY)}</button>
    <button name="say" value="skip"${keyAttributes(viewer, SKIP_KEY)}>${t('review.skip')}${renderKeyName(viewer, SKIP_KEY)}</button></p></form>
    <p class="muted keys">${t('review.keys')}</p>`;
}
