import express, { type Request, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Webhook } from 'standardwebhooks';
import { inboundMessage, takeInbound } from '../src/act/cases/inbound.ts';
import { sendProblem } from './api/problem.ts';
import type { DashboardDeps } from './deps.ts';

const MAX_BODY = '64kb';
const PER_MINUTE = 600;
const MAX_ID = 200;

/** Signed with one of the endpoint's secrets, some minutes ago at most (Standard Webhooks 1.0.0). */
function isSigned(secrets: readonly string[], body: Buffer, req: Request): boolean {
  const headers = req.headers as Record<string, string>;
  return secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  });
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

async function take(deps: DashboardDeps, req: Request<{ key: string }>, res: Response): Promise<void> {
  const { key } = req.params;
  const secrets = deps.inboundSecrets.get(key) ?? [];
  const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const id = String(req.headers['webhook-id'] ?? '');
  // An endpoint that is not there is not told from one whose signature is wrong.
  if (id === '' || id.length > MAX_ID || !isSigned(secrets, body, req))
    return sendProblem(res, {
      status: 401,
      code: 'not-signed',
      title: 'The message is not signed with a secret of this endpoint, or is too old',
    });
  const message = inboundMessage.safeParse(readJson(body));
  if (!message.success) {
    const errors = message.error.issues.map(({ path, message: detail }) => ({
      pointer: `/${path.join('/')}`,
      detail,
    }));
    return sendProblem(res, {
      status: 400,
      code: 'bad-message',
      title: 'This is no message that is understood',
      errors,
    });
  }
  const taken = await deps.db.transaction((tx) =>
    takeInbound(tx, { endpoint: key, id }, message.data, deps.casePolicy, deps.clock.now()),
  );
  if (taken === 'unknown')
    return sendProblem(res, {
      status: 404,
      code: 'no-such-case',
      title: 'There is no such case, or it was withdrawn',
    });
  res.sendStatus(204);
}

/** `POST /hooks/crm/<endpoint>`: a CRM tells how a case stands. */
export function inboundRoutes(deps: DashboardDeps): Router {
  const router = Router();
  const limit = rateLimit({
    windowMs: 60_000,
    limit: PER_MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
  });
  router.post('/hooks/crm/:key', limit, express.raw({ type: () => true, limit: MAX_BODY }), (req, res) =>
    take(deps, req as Request<{ key: string }>, res),
  );
  return router;
}
