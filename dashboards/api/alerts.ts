import { Router } from 'express';
import { takeIncident } from '../../src/act/alerts/take.ts';
import type { IncidentId } from '../../src/model/ids.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { requireToken, tokenOf } from './bearer.ts';
import { apiErrors, sendProblem } from './problem.ts';

/** `POST /api/v1/incidents/:id/take`: a program takes an incident for whoever works with it. */
export function alertApiRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.post('/api/v1/incidents/:id/take', ...requireToken(deps, 'alerts:write'), async (req, res) => {
    const id = numberParam<IncidentId>(String(req.params.id));
    const by = `api:${tokenOf(res).name}`;
    const now = deps.clock.now();
    const taken = id === null ? null : await deps.db.transaction((tx) => takeIncident(tx, id, by, now));
    if (!taken)
      return sendProblem(res, { status: 404, code: 'no-incident', title: 'There is no such incident' });
    res.json({ id: taken.id, acknowledged_by: taken.acknowledgedBy, acknowledged_at: taken.acknowledgedAt });
  });
  router.use('/api/v1/incidents', apiErrors(deps));
  return router;
}
