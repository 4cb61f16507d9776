import { Router } from 'express';
import type { DashboardDeps } from '../deps.ts';
import { apiDocument } from './document.ts';
import { apiErrors, sendProblem } from './problem.ts';
import { operations } from './registry.ts';
import { API_PATH, operationRoutes } from './serve.ts';

/** The API whole. What it looks like holds no secret: no token is asked for that. */
export function apiRoutes(deps: DashboardDeps): Router {
  const router = Router();
  let document: string | null = null;
  router.get(`${API_PATH}/openapi.json`, (_req, res) => {
    document ??= JSON.stringify(
      apiDocument(operations, { version: deps.version, url: deps.publicUrl }),
      null,
      1,
    );
    res.type('application/vnd.oai.openapi+json;version=3.1').send(document);
  });
  router.use(operationRoutes(deps, operations));
  // What stands nowhere, and what fails, is answered as a problem.
  router.use('/api', (_req, res) =>
    sendProblem(res, { status: 404, code: 'unknown', title: 'There is nothing at this address' }),
  );
  router.use('/api', apiErrors(deps));
  return router;
}
