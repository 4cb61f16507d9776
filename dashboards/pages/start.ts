import { Router } from 'express';
import { dismissHint } from '../../src/store/dismissed-hints.ts';
import { readSetUp } from '../../src/store/first-run.ts';
import { allow } from '../access.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { showBrand, takeBrand } from '../start/brand-routes.ts';
import { renderCustomers } from '../start/customers.ts';
import { showDigest, takeDigest, testEndpoint } from '../start/digest-routes.ts';
import { renderLook } from '../start/look.ts';
import { MAY_SET_UP, REMINDER } from '../start/reminder.ts';
import { sendStep } from '../start/send-step.ts';
import { showSources, takeSources } from '../start/sources-routes.ts';
import { pathOf, START_PATH, stepToDo } from '../start/steps.ts';

/** The first five minutes, a step an address. What each saves is saved as the pages of its own save it. */
export const start: Page = {
  path: START_PATH,
  title: 'start.title',
  access: MAY_SET_UP,
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (_req, res) => res.redirect(303, pathOf(stepToDo(await readSetUp(deps.db)))));
    router.get('/brand', (req, res) => showBrand(deps, req, res));
    router.post('/brand', (req, res) => takeBrand(deps, req, res));
    router.get('/sources', (req, res) => showSources(deps, req, res));
    router.post('/sources', allow('sources:edit'), (req, res) => takeSources(deps, req, res));
    router.get('/customers', async (_req, res) =>
      sendStep(deps, res, 'customers', await renderCustomers(deps, viewerOf(res))),
    );
    router.get('/digest', (req, res) => showDigest(deps, req, res));
    router.post('/digest', allow('digests:own'), (req, res) => takeDigest(deps, req, res));
    router.post('/digest/test', allow('settings:edit'), (req, res, next) =>
      testEndpoint(deps, req, res, next),
    );
    router.get('/look', async (_req, res) => {
      const { topics } = await readSetUp(deps.db);
      const body = await renderLook(deps, viewerOf(res), topics);
      await sendStep(deps, res, 'look', body, { scripts: ['/assets/first-look.js'] });
    });
    router.post('/hide', async (_req, res) => {
      await dismissHint(deps.db, userOf(res).id, REMINDER, deps.clock.now());
      res.redirect(303, '/today');
    });
    return router;
  },
};
