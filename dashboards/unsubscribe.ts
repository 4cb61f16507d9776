import { Router } from 'express';
import { findRecipientByToken, unsubscribe } from '../src/store/digests.ts';
import { viewerOf } from './auth/session.ts';
import type { DashboardDeps } from './deps.ts';
import { renderUnsubscribe } from './views/unsubscribe.ts';

/**
 * RFC 8058: a POST without login unsubscribes at once; a GET only shows a page with a button, because mail scanners
 * follow links.
 */
export function unsubscribeRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get('/unsubscribe/:token', async (req, res) => {
    const recipient = await findRecipientByToken(deps.db, req.params.token);
    const state = !recipient ? 'unknown' : recipient.unsubscribedAt ? 'done' : 'ask';
    res
      .status(recipient ? 200 : 404)
      .send(renderUnsubscribe(viewerOf(res), state, recipient?.email ?? '').toString());
  });
  router.post('/unsubscribe/:token', async (req, res) => {
    const done = await unsubscribe(deps.db, req.params.token, deps.clock.now());
    res
      .status(done ? 200 : 404)
      .send(renderUnsubscribe(viewerOf(res), done ? 'done' : 'unknown', '').toString());
  });
  return router;
}
