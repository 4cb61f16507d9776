import { type Request, type Response, Router } from 'express';
import { InputError } from '../../src/lib/errors.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { FILE_KINDS } from '../../src/match/import/fields.ts';
import { FileError } from '../../src/match/import/mistakes.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import { readMappingForm } from '../customers-import/mapping.ts';
import { mistakesCsv } from '../customers-import/plan.ts';
import { renderTask, renderUpload } from '../customers-import/steps.ts';
import { IMPORT_PATH, MAX_UPLOAD_MB, uploadOf } from '../customers-import/upload.ts';
import { mistakeWords } from '../customers-import/words.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { sendPage } from '../views/shell.ts';

const REFRESH_SECONDS = '3';

function send(res: Response, body: Markup): void {
  const viewer = viewerOf(res);
  const title = viewer.t('import.title');
  sendPage(
    res,
    title,
    html`<p><a href="/customers">← ${viewer.t('menu.customers')}</a></p><h1>${title}</h1>${body}`,
  );
}

function sendMistake(res: Response, words: string): void {
  res.status(400);
  send(res, renderUpload(viewerOf(res), words));
}

/** While something is under way the page comes anew by itself, also where no script runs. */
function show({ customerImport }: DashboardDeps, req: Request, res: Response): void {
  const viewer = viewerOf(res);
  const task = customerImport.look(userOf(res).id);
  if (req.query.failed === 'toolarge')
    return sendMistake(res, viewer.t('import.toolarge', { max: MAX_UPLOAD_MB }));
  if (!task) return send(res, renderUpload(viewer));
  if (task.state === 'planning' || task.state === 'importing') res.set('refresh', REFRESH_SECONDS);
  const pages = { changes: pageParam(req.query.changes), mistakes: pageParam(req.query.mistakes) };
  send(res, renderTask(viewer, task, pages));
}

async function take({ customerImport }: DashboardDeps, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const upload = uploadOf(res);
  if (!upload)
    return sendMistake(
      res,
      viewer.t(res.locals.uploadFailed === 'unreadable' ? 'import.unreadable' : 'import.nofile'),
    );
  try {
    await customerImport.put(userOf(res).id, upload.name, upload.bytes);
    res.redirect(303, IMPORT_PATH);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    sendMistake(res, mistakeWords(viewer, error.mistake));
  }
}

async function choose({ customerImport }: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { kind, sheet } = (req.body ?? {}) as Record<string, unknown>;
  const user = userOf(res).id;
  const chosen = FILE_KINDS.find((one) => one === kind);
  const now = customerImport.look(user);
  const isOther = chosen !== undefined && chosen !== now?.mapping.kind;
  const isSheet = typeof sheet === 'string' && sheet !== now?.sheets?.chosen;
  try {
    await customerImport.choose(user, {
      ...(isOther ? { kind: chosen } : {}),
      ...(isSheet ? { sheet } : {}),
    });
    res.redirect(303, IMPORT_PATH);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    sendMistake(res, mistakeWords(viewerOf(res), error.mistake));
  }
}

function run({ customerImport }: DashboardDeps, res: Response): void {
  const { id, email } = userOf(res);
  try {
    customerImport.run(id, email);
    res.redirect(303, IMPORT_PATH);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    res.status(409);
    send(res, html`<p class="error" role="alert">${viewerOf(res).t('import.busy')}</p>`);
  }
}

export const customersImport: Page = {
  path: IMPORT_PATH,
  title: 'import.title',
  access: 'customers:bulk',
  menu: false,
  router: (deps) => {
    const router = Router();
    const desk = deps.customerImport;
    router.get('/', (req, res) => show(deps, req, res));
    router.post('/', (_req, res) => take(deps, res));
    router.post('/choose', (req, res) => choose(deps, req, res));
    router.post('/plan', async (req, res) => {
      const { id } = userOf(res);
      const task = desk.look(id);
      if (task) await desk.plan(id, readMappingForm(task, (req.body ?? {}) as Record<string, unknown>));
      res.redirect(303, IMPORT_PATH);
    });
    router.post('/run', (_req, res) => run(deps, res));
    router.post('/back', (_req, res) => {
      desk.back(userOf(res).id);
      res.redirect(303, IMPORT_PATH);
    });
    router.post('/drop', async (_req, res) => {
      await desk.drop(userOf(res).id);
      res.redirect(303, IMPORT_PATH);
    });
    router.get('/mistakes.csv', (_req, res, next) => {
      const plan = desk.look(userOf(res).id)?.plan;
      if (!plan) return next();
      res
        .attachment('mistakes.csv')
        .type('text/csv; charset=utf-8')
        .send(mistakesCsv(viewerOf(res), plan));
    });
    return router;
  },
};
