import { type Request, type Response, Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { AuthorId } from '../../src/model/ids.ts';
import { countChecks, countOpenReviews } from '../../src/store/reviews.ts';
import { allow } from '../access.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { UNDO_KEY } from '../corrections/choices.ts';
import { keyAttributes, renderKeyName } from '../corrections/rows.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import { noteCompared } from '../links/decisions.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { decideReview, skippedSchema, undoReview } from '../review/decide.ts';
import { nextAuthor, readQuestion, renderPrecision, renderQuestion } from '../review/question.ts';
import { renderWeights, revertReviewWeights } from '../review/weights.ts';
import type { TextKey } from '../texts.ts';
import { emptyWords } from '../views/empty.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const PATH = '/review';
const NOTICES: Record<string, TextKey> = {
  undone: 'review.undone',
  overtaken: 'review.overtaken',
  gone: 'review.gone',
  weights: 'weights.reverted',
  noweights: 'weights.cannot',
};

/** What was just decided, with the way back. */
function renderDone(viewer: Viewer, { done, act, of, what }: Request['query']): Markup {
  const { t } = viewer;
  const [number, author] = [numberParam(String(act)), numberParam(String(of))];
  if (done !== '1' || number === null)
    return renderNotice({ done }, t(NOTICES[String(what)] ?? 'review.saved'));
  return html`<form method="post" action="${PATH}/undo" class="note done" role="status" data-review>${csrfField(viewer)}<input type="hidden" name="act" value="${number}"><input type="hidden" name="of" value="${author ?? ''}">${t('review.saved')} <button${keyAttributes(viewer, UNDO_KEY)}>${t('link.undo')}${renderKeyName(viewer, UNDO_KEY)}</button></form>`;
}

async function show(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const skipped = skippedSchema.parse(req.query.skipped ?? '');
  const asked = numberParam<AuthorId>(String(req.query.author));
  const id = asked ?? (await nextAuthor(deps, skipped));
  const question = id === null ? null : await readQuestion(deps, id);
  if (asked !== null && !question) return res.redirect(303, `${PATH}?done=1&what=gone`);
  if (question) {
    const customers = question.candidates.map(({ customerId }) => customerId);
    await noteCompared(deps, userOf(res).email, question.author.id, customers);
  }
  const left = await countOpenReviews(deps.db);
  const main = question
    ? renderQuestion(viewer, question, { left, skipped: skipped.join(',') })
    : html`<h1>${t('menu.review')}</h1>${renderHelp(viewer, 'review')}<p class="empty">${emptyWords(viewer, t('review.none'), { href: '/customers/import', words: t('empty.customers'), right: 'customers:bulk' })}</p>`;
  const body = html`${renderDone(viewer, req.query)}${main}${renderPrecision(viewer, await countChecks(deps.db))}${await renderWeights(deps, viewer)}`;
  sendPage(res, t('menu.review'), body, '/assets/review.js');
}

/** Authors who may be customers: a person says who is who. */
export const review: Page = {
  path: PATH,
  title: 'menu.review',
  access: 'customers:work',
  menu: true,
  badge: (deps) => countOpenReviews(deps.db),
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => show(deps, req, res));
    router.post('/', (req, res) => decideReview(deps, req, res));
    router.post('/weights', allow('settings:edit'), (req, res, next) =>
      revertReviewWeights(deps, req, res, next),
    );
    router.post('/undo', (req, res, next) => undoReview(deps, req, res, next));
    return router;
  },
};
