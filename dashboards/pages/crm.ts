import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { crmGuides } from '../../src/act/crm/guides.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { CaseId } from '../../src/model/ids.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import { renderGuide } from '../crm/guide.ts';
import { renderCrms } from '../crm/list.ts';
import { noteAsked } from '../crm/note.ts';
import { type CrmView, renderCrm } from '../crm/one.ts';
import { standings } from '../crm/standings.ts';
import type { ConnectedCrm, DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { sendPage } from '../views/shell.ts';

const REFRESH_SECONDS = '3';

type KeyRequest = Request<{ key: string }>;
/** What is asked of a CRM, and what the page then tells. */
type Ask = (req: KeyRequest, crm: ConnectedCrm) => Promise<Partial<CrmView> | null>;

function sendUnder(res: Response, title: string, body: Markup): void {
  sendPage(res, title, html`<p><a href="/crm">← ${viewerOf(res).t('crm.all')}</a></p>${body}`);
}

/** While it is read the page comes anew by itself, also where no script runs. */
async function sendOne(
  deps: DashboardDeps,
  res: Response,
  key: string,
  told: Partial<CrmView>,
): Promise<void> {
  const crm = deps.crm.list().find((one) => one.key === key);
  const [standing] = crm ? await standings(deps, [crm]) : [];
  if (!standing) return;
  const pull = await deps.crm.lookAtPull(key);
  if (pull?.now && res.req.method === 'GET') res.set('refresh', REFRESH_SECONDS);
  sendUnder(res, key, renderCrm(viewerOf(res), { standing, pull, ...told }));
}

const bodyOf = (req: KeyRequest): Record<string, unknown> => (req.body ?? {}) as Record<string, unknown>;

/** `case`: empty for a sample. null: it is not a number. */
function chosenCase(text: unknown): { chosen: string; id: CaseId | null } | null {
  const chosen = typeof text === 'string' ? text.trim() : '';
  const id = numberParam<CaseId>(chosen);
  return chosen !== '' && id === null ? null : { chosen, id };
}

function asks(deps: DashboardDeps): Record<'check' | 'discover' | 'preview' | 'test', Ask> {
  const { crm } = deps;
  return {
    check: async (_req, { key, can }) => (can.check ? { check: await crm.check(key) } : null),
    discover: async (_req, { key, can }) => (can.discover ? { shape: await crm.discover(key) } : null),
    preview: async (req, { key, can }) => {
      if (!can.draft) return null;
      const raw = bodyOf(req).case;
      const chosen = chosenCase(raw);
      if (!chosen)
        return {
          drafts: {
            chosen: String(raw).slice(0, 15),
            answer: { failure: { code: 'no-case', message: '' } },
          },
        };
      return { drafts: { chosen: chosen.chosen, answer: await crm.preview(key, chosen.id) } };
    },
    test: async (req, { key }) => {
      const { id, confirm } = bodyOf(req);
      const known = z.uuid().safeParse(id);
      if (confirm !== '1' || !known.success) return { test: { id: randomUUID(), answer: null } };
      return { test: { id: known.data, answer: await crm.openTest(key, known.data) } };
    },
  };
}

const ACTIONS = {
  check: 'crm.checked',
  discover: 'crm.discovered',
  preview: 'crm.previewed',
  test: 'crm.tested',
} as const;

/** What was asked is there to be read; whether it failed is said on the page. */
function statusOf({ check, shape, drafts, test }: Partial<CrmView>): number {
  if (test && test.answer === null) return 400;
  const answers = [check, shape, drafts?.answer, test?.answer ?? undefined];
  return answers.some((answer) => answer && 'failure' in answer) ? 502 : 200;
}

/** The CRMs that are connected: how they stand, what is there, what would be made there. Credentials are not shown here. */
export const crm: Page = {
  path: '/crm',
  title: 'menu.crm',
  access: 'settings:edit',
  menu: true,
  router: (deps) => {
    const router = Router();
    const findCrm = (key: string) => deps.crm.list().find((one) => one.key === key);
    const note = (res: Response, action: string, key: string) =>
      noteAsked(deps, { actor: userOf(res).email, action, key });
    router.get('/', async (_req, res) => {
      const viewer = viewerOf(res);
      const title = viewer.t('menu.crm');
      sendPage(res, title, html`<h1>${title}</h1>${renderCrms(viewer, await standings(deps))}`);
    });
    router.get('/connect/:kind', (req, res, next) => {
      const guide = crmGuides.find(({ kind }) => kind === req.params.kind);
      if (!guide) return next();
      const viewer = viewerOf(res);
      sendUnder(res, viewer.t('crm.guide.title', { name: guide.name }), renderGuide(viewer, guide));
    });
    router.get('/:key', async (req, res, next) => {
      if (!findCrm(req.params.key)) return next();
      await sendOne(deps, res, req.params.key, { isBusy: req.query.busy === '1' });
    });
    for (const [name, ask] of Object.entries(asks(deps)) as [keyof typeof ACTIONS, Ask][])
      router.post(`/:key/${name}`, async (req: KeyRequest, res, next) => {
        const found = findCrm(req.params.key);
        const told = found ? await ask(req, found) : null;
        if (!found || !told) return next();
        if (told.test?.answer !== null) await note(res, ACTIONS[name], found.key);
        res.status(statusOf(told));
        await sendOne(deps, res, found.key, told);
      });
    router.post('/:key/pull', async (req: KeyRequest, res, next) => {
      const { key } = req.params;
      const found = findCrm(key);
      if (!found || found.pulls.length === 0) return next();
      const isStarted = await deps.crm.startPull(key);
      if (isStarted) await note(res, 'crm.pull.started', key);
      res.redirect(303, `/crm/${encodeURIComponent(key)}${isStarted ? '' : '?busy=1'}#pull`);
    });
    return router;
  },
};
