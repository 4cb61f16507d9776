import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { DocumentId, MentionId } from '../../src/model/ids.ts';
import { MENTION_STATUSES } from '../../src/model/topic.ts';
import { addAudit } from '../../src/store/audit.ts';
import { setMentionStatus } from '../../src/store/mentions.ts';
import { allow } from '../access.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import { correctTag, undoTag } from '../corrections/actions.ts';
import type { DashboardDeps } from '../deps.ts';
import { readDocument } from '../mentions/reader.ts';
import { numberParam } from '../params.ts';
import { decide, decidedNotice } from '../rules/decisions.ts';
import { sendExplained } from '../rules/explained.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { sendPage } from '../views/shell.ts';

const statusSchema = z.object({
  mention: z.coerce.number().int().positive(),
  status: z.enum(MENTION_STATUSES),
});

async function changeStatus(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const { mention, status } = statusSchema.parse(req.body);
  const document = await setMentionStatus(deps.db, mention as MentionId, status);
  if (document === null) return next();
  await addAudit(deps.db, {
    at: deps.clock.now(),
    actor: userOf(res).email,
    action: 'mention.status',
    subject: `mention:${mention}`,
    detail: { status },
  });
  res.redirect(303, `/mentions/${document}?done=1`);
}

/** `said`: what came of what the reader did. */
async function sendDocument(
  deps: DashboardDeps,
  res: Response,
  next: NextFunction,
  id: DocumentId,
  said: Markup | '',
): Promise<void> {
  const viewer = viewerOf(res);
  const found = await readDocument(deps, viewer, id);
  if (!found) return next();
  const back = html`<p><a href="/mentions">← ${viewer.t('menu.mentions')}</a></p>`;
  sendPage(res, found.title, html`${said}${back}${found.body}`, '/assets/corrections.js');
}

/** One document whole: why it was found, how it is meant, who wrote it. */
export function documentRoutes(deps: DashboardDeps): Router {
  const router = Router();
  const show = (res: Response, next: NextFunction, id: DocumentId, mistakes: readonly string[]) =>
    sendDocument(deps, res, next, id, renderMistakes(mistakes));
  router.post('/decide', allow('mentions:work'), (req, res, next) => decide(deps, req, res, next));
  router.post('/correct', allow('mentions:work'), (req, res, next) => correctTag(deps, req, res, next, show));
  router.post('/correct/undo', allow('mentions:work'), (req, res, next) =>
    undoTag(deps, req, res, next, show),
  );
  router.get('/rules/:mention', (req, res, next) => sendExplained(deps, req, res, next));
  router.post('/status', allow('mentions:work'), (req, res, next) => changeStatus(deps, req, res, next));
  router.get('/:id', async (req, res, next) => {
    const id = numberParam<DocumentId>(req.params.id);
    if (id === null) return next();
    const said = decidedNotice(viewerOf(res), req.query);
    if (req.query.pane !== '1') return sendDocument(deps, res, next, id, said);
    // For a list that shows it beside itself (`mentions.js`).
    const found = await readDocument(deps, viewerOf(res), id);
    if (!found) return next();
    res.send(html`${said}${found.body}`.toString());
  });
  return router;
}
