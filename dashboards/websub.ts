import express, { type Request, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { isSigned } from '../src/lib/websub-signature.ts';
import {
  confirmSubscription,
  deleteSubscription,
  findSubscription,
  recordHubTrouble,
  recordPush,
  type Subscription,
} from '../src/store/websub.ts';
import type { DashboardDeps } from './deps.ts';

const MAX_PUSH = '5mb';
const DAY_MS = 86_400_000;
const LEASE_MS = { least: 60_000, usual: 10 * DAY_MS, most: 90 * DAY_MS };

function leaseMs(seconds: unknown): number {
  const ms = Number(seconds) * 1000;
  return ms > 0 ? Math.min(LEASE_MS.most, Math.max(LEASE_MS.least, ms)) : LEASE_MS.usual;
}

/** The hub asks whether it was we who asked (W3C WebSub, 5.3): whoever else subscribes us gets 404. */
async function verify(deps: DashboardDeps, req: Request, res: Response, known: Subscription): Promise<void> {
  const {
    'hub.mode': mode,
    'hub.topic': topic,
    'hub.challenge': challenge,
    'hub.lease_seconds': lease,
  } = req.query;
  const now = deps.clock.now();
  if (mode === 'denied' && topic === known.topic) {
    const reason = `the hub refused: ${String(req.query['hub.reason'] ?? '').slice(0, 200)}`;
    await recordHubTrouble(deps.db, known.id, reason, new Date(now.getTime() + DAY_MS), 'denied');
    res.sendStatus(200);
    return;
  }
  const isLeaving = known.state === 'unsubscribing';
  const isOurs =
    topic === known.topic && mode === (isLeaving ? 'unsubscribe' : 'subscribe') && known.askedAt !== null;
  if (!isOurs || typeof challenge !== 'string' || challenge === '') {
    res.sendStatus(404);
    return;
  }
  if (isLeaving) await deleteSubscription(deps.db, known.id);
  else await confirmSubscription(deps.db, known.id, now, leaseMs(lease));
  res.status(200).type('text/plain').send(challenge);
}

/**
 * News. The feed is then read by a visit, instead of taking what was sent: a visit knows robots.txt, revisions, excerpts and what
 * was there before, and nobody can put words into the store who only knows a secret.
 */
async function receive(deps: DashboardDeps, req: Request, res: Response, known: Subscription): Promise<void> {
  const body: Uint8Array = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  // Whether the signature was right is nobody's business (W3C WebSub, 8): the answer is the same.
  if (isSigned(req.get('x-hub-signature'), body, known.secret) && known.state === 'active') {
    await deps.db.transaction(async (tx) => {
      await recordPush(tx, known.id, deps.clock.now());
      await deps.actions.crawlNow(tx, known.sourceId);
    });
  }
  res.sendStatus(202);
}

/** Where hubs call. Open to everybody: the address is unguessable and news is signed. */
export function websubRoutes(deps: DashboardDeps): Router {
  const router = Router();
  const limit = rateLimit({ windowMs: 60_000, limit: 240, standardHeaders: false, legacyHeaders: false });
  const raw = express.raw({ type: () => true, limit: MAX_PUSH });
  const withSubscription =
    (work: typeof verify) =>
    async (req: Request<{ id: string }>, res: Response): Promise<void> => {
      const known = await findSubscription(deps.db, req.params.id);
      // 410 tells a hub that nobody is here any more.
      if (!known) res.sendStatus(410);
      else await work(deps, req, res, known);
    };
  router.get('/hooks/websub/:id', limit, withSubscription(verify));
  router.post('/hooks/websub/:id', limit, raw, withSubscription(receive));
  return router;
}
