import { type NextFunction, type Request, type Response, Router } from 'express';
import { listTopics } from '../../src/store/topics.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { actInLab } from '../topics/lab-actions.ts';
import { type LabForm, readLabForm } from '../topics/lab-form.ts';
import { LAB_PATH, NOTHING_SAID, renderLab, type Said, titleOf } from '../topics/lab-view.ts';
import { restoreVersion } from '../topics/restore-version.ts';
import { saveTopicForm } from '../topics/save-topic.ts';
import { sendPage } from '../views/shell.ts';

const SCRIPTS = ['/assets/live-form.js', '/assets/query-editor.js'];
async function show(deps: DashboardDeps, res: Response, form: LabForm, said: Said): Promise<void> {
  const viewer = viewerOf(res);
  sendPage(res, titleOf(viewer, form), await renderLab(deps, viewer, form, said), ...SCRIPTS);
}

/** Does what the pressed button says and shows the lab again, with the draft as it stands in the form. */
async function act(deps: DashboardDeps, req: Request, res: Response, form: LabForm): Promise<void> {
  const viewer = { ...viewerOf(res), user: userOf(res) };
  const body = (req.body ?? {}) as Record<string, unknown>;
  const [verb, version] = form.do.split(' ');
  if (verb === 'restore' && form.topic) {
    const anyway = body.anyway === 'yes';
    const refusal = await restoreVersion(deps, viewer, form.topic, numberParam(version ?? '') ?? 0, anyway);
    if (refusal === null) return res.redirect(303, `${LAB_PATH}?topic=${form.topic.key}&done=1`);
    res.status(400);
    return show(deps, res, form, { ...NOTHING_SAID, refusal });
  }
  if (form.do !== 'save') {
    const note = await actInLab(deps, viewer.user, viewer.zone, form);
    return show(deps, res, form, { ...NOTHING_SAID, note });
  }
  const refusal = await saveTopicForm(deps, viewer, body);
  if ('key' in refusal) return res.redirect(303, `${LAB_PATH}?topic=${refusal.key}&done=1`);
  res.status(400);
  return show(deps, res, form, { ...NOTHING_SAID, refusal });
}

function missing(res: Response, next: NextFunction): void {
  res.status(404);
  next(new Error('there is no such topic'));
}

export const lab: Page = {
  path: LAB_PATH,
  title: 'lab.title',
  access: 'topics:edit',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res, next) => {
      const form = readLabForm({ ...req.query, do: '' }, await listTopics(deps.db));
      if (!form) return missing(res, next);
      await show(deps, res, form, { ...NOTHING_SAID, isSaved: req.query.done === '1' });
    });
    router.post('/', async (req, res, next) => {
      const form = readLabForm(req.body, await listTopics(deps.db));
      if (!form) return missing(res, next);
      await act(deps, req, res, form);
    });
    return router;
  },
};
