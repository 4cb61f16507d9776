import { type Request, type Response, Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { SampleProgress } from '../../src/model/scorecard.ts';
import { listMistakes } from '../../src/store/scorecard-items.ts';
import { countOpenItems } from '../../src/store/scorecard-samples.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import type { Page } from '../page.ts';
import { LABEL_PATH } from '../scorecard/card.ts';
import { renderWeeks } from '../scorecard/chart.ts';
import { renderFalls } from '../scorecard/falls.ts';
import { renderFigures } from '../scorecard/figures.ts';
import { labelCard, showCard } from '../scorecard/label.ts';
import { renderMistakes } from '../scorecard/mistakes.ts';
import { daysOf } from '../scorecard/words.ts';
import { drawSample } from '../scorecard/work.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const PATH = '/scorecard';
const MISTAKES = 20;
/** One card, by keys. */
const SECONDS_EACH = 6;

function renderDraw(viewer: Viewer, isFirst: boolean): Markup {
  return html`<form method="post" action="${PATH}/draw">${csrfField(viewer)}<button${isFirst ? html` class="primary"` : ''}>${viewer.t('scorecard.draw')}</button></form>`;
}

function renderSample(viewer: Viewer, sample: SampleProgress | null): Markup {
  const { t } = viewer;
  const head = html`<h2>${t('scorecard.sample')}</h2>`;
  if (!sample) return html`${head}<p class="empty">${t('scorecard.none')}</p>${renderDraw(viewer, true)}`;
  const { open, labelled, skipped } = sample;
  const total = open + labelled + skipped;
  const days = daysOf(viewer, sample);
  if (open === 0)
    return html`${head}<p>${t('scorecard.complete', { ...days, labelled, total })}</p>${renderDraw(viewer, false)}`;
  const minutes = Math.max(1, Math.round((open * SECONDS_EACH) / 60));
  return html`${head}<p>${t('scorecard.left', { ...days, open, total, minutes })}</p>
    <progress max="${total}" value="${total - open}" aria-label="${t('scorecard.at', { at: total - open, total })}"></progress>
    <p><a class="button primary" href="${LABEL_PATH}">${t('scorecard.start')}</a></p>`;
}

function noticeOf({ t }: Viewer, { what, n }: Request['query']): string {
  if (what === 'finished') return t('scorecard.finished');
  const drawn = /^\d{1,6}$/.test(String(n)) ? Number(n) : 0;
  return drawn > 0 ? t('scorecard.drawn', { n: drawn }) : t('scorecard.drawn.none');
}

async function show(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const [card, mistakes] = await Promise.all([deps.scorecard.read(), listMistakes(deps.db, MISTAKES)]);
  const hasLabels = card.groups.length > 0;
  const body = html`${renderNotice(req.query, noticeOf(viewer, req.query))}<h1>${t('scorecard.title')}</h1>${renderHelp(viewer, 'scorecard')}
    <p class="muted">${t('scorecard.lead')}</p>
    ${renderFalls(viewer, card.falls, { href: '#mistakes', words: t('scorecard.fall.link') })}
    ${renderSample(viewer, card.sample)}
    ${renderFigures(viewer, card)}${renderWeeks(viewer, card.weeks)}
    ${hasLabels ? renderMistakes(viewer, mistakes) : ''}`;
  sendPage(res, t('scorecard.title'), body);
}

async function draw(deps: DashboardDeps, res: Response): Promise<void> {
  const drawn = await drawSample(deps, userOf(res).email);
  res.redirect(303, drawn === null ? PATH : `${PATH}?done=1&n=${drawn}`);
}

/** How well the taggers do, and the labelling that tells it. */
export const scorecard: Page = {
  path: PATH,
  title: 'menu.scorecard',
  access: 'mentions:work',
  menu: true,
  badge: (deps) => countOpenItems(deps.db),
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => show(deps, req, res));
    router.post('/draw', (_req, res) => draw(deps, res));
    router.get('/label', (req, res, next) => showCard(deps, req, res, next));
    router.post('/label', (req, res, next) => labelCard(deps, req, res, next));
    return router;
  },
};
