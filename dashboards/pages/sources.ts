import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { InputError } from '../../src/lib/errors.ts';
import { html } from '../../src/lib/html.ts';
import { findSourceByKey } from '../../src/store/sources.ts';
import { allow } from '../access.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { sourceActionRoutes } from '../sources/actions.ts';
import { addChosen } from '../sources/add-one.ts';
import { renderFound, renderTried } from '../sources/found.ts';
import { renderList } from '../sources/list.ts';
import { mistakeWords } from '../sources/mistakes.ts';
import { renderImported } from '../sources/opml.ts';
import { renderSource } from '../sources/source.ts';
import { pathBack, renderWayBack, wayBackOf } from '../start/way-back.ts';
import type { TextKey } from '../texts.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

/** The person waits for the answer: looking and trying together may take so long. */
const LIMIT_MS = 28_000;

const chosenForm = z.object({
  kind: z.string().min(1).max(40),
  url: z.string().trim().min(1).max(2000),
  name: z.string().trim().max(200),
});

const NOTICES: Record<string, TextKey> = {
  visit: 'notice.visiting',
  added: 'source.added',
  known: 'source.known',
  removed: 'source.removed',
  mended: 'selectors.saved',
};

function noticeKey({ what }: { what?: unknown }): TextKey {
  return NOTICES[String(what)] ?? 'notice.saved';
}

/** Mistakes of the person are told beside the form; others go their way. */
async function sendMistake(
  deps: DashboardDeps,
  res: Response,
  error: unknown,
  field: 'mistake' | 'opmlMistake',
  address = '',
): Promise<void> {
  if (!(error instanceof InputError)) throw error;
  const viewer = viewerOf(res);
  res.status(400);
  const body = await renderList(deps, viewer, { address, [field]: mistakeWords(viewer, error) });
  sendPage(res, viewer.t('menu.sources'), body);
}

async function find(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const address = String(req.body?.address ?? '').slice(0, 2100);
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const found = await deps.sources.discover(address, signal);
    const [best] = found.candidates;
    const preview = best ? await deps.sources.preview(best, signal) : null;
    sendPage(
      res,
      viewer.t('source.found'),
      renderFound(viewer, address, found, preview, wayBackOf(req.body)),
    );
  } catch (error) {
    await sendMistake(deps, res, error, 'mistake', address);
  }
}

function readChosen(req: Request): z.infer<typeof chosenForm> {
  const form = chosenForm.safeParse(req.body ?? {});
  if (form.success && /^https?:\/\//.test(form.data.url) && URL.canParse(form.data.url)) return form.data;
  throw new InputError([{ at: 'address', message: 'not an address' }]);
}

async function tryOut(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  try {
    const chosen = readChosen(req);
    const preview = await deps.sources.preview(chosen, AbortSignal.timeout(LIMIT_MS));
    sendPage(res, chosen.name, renderTried(viewer, { ...chosen, back: wayBackOf(req.body) }, preview));
  } catch (error) {
    await sendMistake(deps, res, error, 'mistake');
  }
}

async function add(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  try {
    const chosen = readChosen(req);
    const actor = userOf(res).email;
    const added = await deps.db.transaction((tx) => addChosen(deps, tx, chosen, actor));
    const what = added.isKnown ? 'known' : 'added';
    const back = wayBackOf(req.body);
    const to = back ? pathBack(back) : `/sources/${added.key}`;
    res.redirect(303, `${to}?done=1&what=${what}`);
  } catch (error) {
    await sendMistake(deps, res, error, 'mistake');
  }
}

async function importList(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  try {
    const { opml = '', pasted = '' } = (req.body ?? {}) as { opml?: string; pasted?: string };
    const text = String(opml).trim() === '' ? String(pasted) : String(opml);
    const done = await deps.sources.importOpml(text, userOf(res).email);
    const way = renderWayBack(viewer, wayBackOf(req.body));
    sendPage(
      res,
      viewer.t('menu.sources'),
      html`${way}${renderImported(viewer, done)}${await renderList(deps, viewer)}`,
    );
  } catch (error) {
    await sendMistake(deps, res, error, 'opmlMistake');
  }
}

async function showSource(
  deps: DashboardDeps,
  req: Request<{ key: string }>,
  res: Response,
  next: () => void,
): Promise<void> {
  const viewer = viewerOf(res);
  const source = await findSourceByKey(deps.db, req.params.key);
  if (!source) return next();
  const notice = renderNotice(req.query, viewer.t(noticeKey(req.query)));
  sendPage(res, source.name, html`${notice}${await renderSource(deps, viewer, source)}`);
}

export const sources: Page = {
  path: '/sources',
  title: 'menu.sources',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const notice = renderNotice(req.query, viewer.t(noticeKey(req.query)));
      sendPage(res, viewer.t('menu.sources'), html`${notice}${await renderList(deps, viewer)}`);
    });
    router.post('/find', allow('sources:edit'), (req, res) => find(deps, req, res));
    router.post('/preview', allow('sources:edit'), (req, res) => tryOut(deps, req, res));
    router.post('/add', allow('sources:edit'), (req, res) => add(deps, req, res));
    router.post('/import', allow('sources:edit'), (req, res) => importList(deps, req, res));
    router.get('/export.opml', allow('sources:edit'), async (_req, res) => {
      res
        .attachment('molva.opml')
        .type('text/x-opml')
        .send(await deps.sources.exportOpml());
    });
    router.get('/:key', (req, res, next) => showSource(deps, req, res, next));
    router.use(sourceActionRoutes(deps));
    return router;
  },
};
