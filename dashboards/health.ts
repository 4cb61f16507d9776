import { Router } from 'express';
import type { DashboardDeps } from './deps.ts';

/** `/healthz`: the process lives. `/readyz`: what it needs is there. For load balancers and people with curl. */
export function healthRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => void res.json({ ok: true }));
  router.get('/version', (_req, res) => void res.json({ version: deps.version }));
  router.get('/readyz', async (_req, res) => {
    const checks = await deps.health();
    const ok = checks.every((check) => check.ok);
    res.status(ok ? 200 : 503).json({ ok, checks });
  });
  return router;
}
