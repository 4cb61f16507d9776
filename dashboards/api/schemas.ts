import { Router } from 'express';
import { isSchemaName, jsonSchemaOf } from '../../src/act/cases/schemas.ts';
import { sendProblem } from './problem.ts';

/** What messages about cases look like: no secret, so no token is asked for. */
export function schemaRoutes(): Router {
  const router = Router();
  router.get('/api/v1/schemas/:name.json', (req, res) => {
    const { name } = req.params;
    if (!isSchemaName(name))
      return sendProblem(res, { status: 404, code: 'unknown', title: 'There is no such schema' });
    res.type('application/schema+json').send(JSON.stringify(jsonSchemaOf(name), null, 2));
  });
  return router;
}
