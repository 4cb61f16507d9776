import { type Request, type Response, Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import { firstPostAt, listMentionKinds } from '../../src/store/analytics.ts';
import { listTopics } from '../../src/store/topics.ts';
import { type Ask, askHref, readAsk } from '../analytics/ask.ts';
import type { Block, BlockAsk } from '../analytics/figure.ts';
import { FILE_KINDS, sendFile } from '../analytics/files.ts';
import { thinWords } from '../analytics/findings.ts';
import { renderAskForm } from '../analytics/form.ts';
import { blocks } from '../analytics/registry.ts';
import { sidesOf, sumPosts } from '../analytics/side.ts';
import { renderBlock, renderLate } from '../analytics/view.ts';
import { periodWords } from '../analytics/words.ts';
import { hasRight, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { addressWith } from '../search-form.ts';
import { sendPage } from '../views/shell.ts';

const SCRIPT = '/assets/analytics.js';

async function askOf(deps: DashboardDeps, req: Request, res: Response): Promise<BlockAsk> {
  const viewer = viewerOf(res);
  const ask = readAsk(req.query, await listTopics(deps.db), viewer);
  const [kinds, since] = [await listMentionKinds(deps.db), await firstPostAt(deps.db)];
  return { deps, viewer, ask, since, ...sidesOf(deps.db, kinds, ask) };
}

/** Files are offered to those who may take them. */
async function hasPictures({ deps, viewer }: BlockAsk): Promise<boolean> {
  return hasRight(viewer.user, 'reports:make') && (await deps.charts.hasBrowser());
}

/** All of them, for printing and for browsers without programs. */
const WHOLE = 'whole';

async function renderBlocks(asked: BlockAsk, isWhole: boolean): Promise<Markup[]> {
  const { viewer, ask } = asked;
  const shown = { ask, hasPictures: await hasPictures(asked), isAlone: false };
  const rendered: Markup[] = [];
  for (const block of blocks) {
    const isLate = !isWhole && (block.isLow || block.isSlow?.(ask));
    const figure = isLate ? 'late' : await block.read(asked);
    if (figure === 'late') rendered.push(renderLate(viewer, block, ask));
    else if (figure) rendered.push(renderBlock(viewer, block, figure, shown));
  }
  return rendered;
}

function latencyDays({ period }: Ask): number {
  return [1, 7, 30, 90].find((days) => days >= period.days) ?? 365;
}

function renderThin(viewer: Viewer, posts: number): Markup | '' {
  const words = thinWords(viewer, posts);
  return words === '' ? '' : html`<p class="note">${words}</p>`;
}

async function renderBody(asked: BlockAsk, isWhole: boolean): Promise<Markup> {
  const { viewer, ask, own } = asked;
  const { t } = viewer;
  if (ask.topics.length === 0) return html`<p class="empty">${t('topic.none')}</p>`;
  const posts = sumPosts(await own.counts());
  const total = html`<p><a href="${own.href({})}">${t.count('mentions', posts)}</a> <span class="muted">· ${periodWords(viewer, ask.period)} · ${viewer.zone}</span></p>${renderThin(viewer, posts)}`;
  const inside =
    posts === 0
      ? html`<p class="empty">${t('analytics.empty')}</p>`
      : html`<div class="blocks">${await renderBlocks(asked, isWhole)}</div>${isWhole ? '' : html`<p><a href="${addressWith(askHref(ask), WHOLE, '1')}">${t('analytics.whole')}</a></p>`}`;
  const latency = hasRight(viewer.user, 'cases:read')
    ? html`<p><a href="/latency?days=${latencyDays(ask)}">${t('analytics.latency')}</a></p>`
    : '';
  return html`${renderAskForm(viewer, ask)}${total}${inside}${latency}`;
}

async function sendAll(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const asked = await askOf(deps, req, res);
  const { t } = asked.viewer;
  const body = html`<h1>${t('analytics.title')}</h1><p class="muted">${t('analytics.lead')}</p>${await renderBody(asked, req.query[WHOLE] === '1')}`;
  sendPage(res, t('analytics.title'), body, SCRIPT);
}

/** One block alone: as a page, as a piece of the whole one, or as a file. False: there is no such thing. */
async function sendPart(
  deps: DashboardDeps,
  req: Request<{ part: string }>,
  res: Response,
): Promise<boolean> {
  const [key, kind, rest] = req.params.part.split('.', 3);
  const block = blocks.find((one) => one.key === key);
  const fileKind = FILE_KINDS.find((one) => one === kind);
  if (!block || rest !== undefined || (kind !== undefined && kind !== 'html' && !fileKind)) return false;
  const asked = await askOf(deps, req, res);
  if (fileKind && !hasRight(asked.viewer.user, 'reports:make')) {
    res.status(403);
    throw new Error('forbidden');
  }
  const figure = await block.read(asked);
  if (fileKind) return figure !== null && (await sendFile(res, asked, block, figure, fileKind));
  await sendBlock(res, asked, block, figure, kind === 'html');
  return true;
}

async function sendBlock(
  res: Response,
  asked: BlockAsk,
  block: Block,
  figure: Awaited<ReturnType<Block['read']>>,
  isPiece: boolean,
): Promise<void> {
  const { viewer, ask } = asked;
  const { t } = viewer;
  const shown = figure
    ? renderBlock(viewer, block, figure, { ask, hasPictures: await hasPictures(asked), isAlone: !isPiece })
    : html`<p class="empty">${t('analytics.empty')}</p>`;
  if (isPiece) return void res.send(shown.toString());
  const back = html`<p><a href="${askHref(ask)}">← ${t('analytics.title')}</a></p>`;
  const of = html`<p class="muted">${periodWords(viewer, ask.period)}${ask.chosen.map(({ name }) => ` · ${name}`)}</p>`;
  sendPage(
    res,
    t(block.title),
    html`${back}<h1>${t(block.title)}</h1>${of}${renderThin(viewer, sumPosts(await asked.own.counts()))}${shown}`,
    SCRIPT,
  );
}

/** What is said, in numbers: each leads to its posts. */
export const analytics: Page = {
  path: '/analytics',
  title: 'analytics.title',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => sendAll(deps, req, res));
    router.get('/:part', async (req, res, next) => {
      if (!(await sendPart(deps, req, res))) next();
    });
    return router;
  },
};
