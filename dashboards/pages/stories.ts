import { Router } from 'express';
import type { StoryId } from '../../src/model/ids.ts';
import { viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { renderStories } from '../stories/list.ts';
import { renderStoryPage } from '../stories/story.ts';
import { sendPage } from '../views/shell.ts';

export const stories: Page = {
  path: '/stories',
  title: 'menu.stories',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('stories.title'), await renderStories(deps, viewer, req.query));
    });
    router.get('/:id', async (req, res, next) => {
      const id = numberParam<StoryId>(req.params.id);
      const page = pageParam(req.query.page);
      const shown = id === null ? null : await renderStoryPage(deps, viewerOf(res), id, page);
      if (!shown) return next();
      sendPage(res, shown.title, shown.body);
    });
    return router;
  },
};
