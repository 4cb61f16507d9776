import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html } from '../../src/lib/html.ts';
import type { RuleRunId } from '../../src/model/ids.ts';
import type { Rule } from '../../src/model/rule.ts';
import { getRun } from '../../src/store/rule-runs.ts';
import { findRule, listRules } from '../../src/store/rules.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { dropRule, shiftRule, startRuleRun, switchRule, undoRuleRun } from '../rules/changes.ts';
import { EMPTY_DRAFT, sinceOf } from '../rules/draft.ts';
import { listNameable, RULE_SCRIPT, renderRuleForm } from '../rules/form.ts';
import { renderRuleList } from '../rules/list.ts';
import { renderRule } from '../rules/rule.ts';
import { saveOrTry } from '../rules/save.ts';
import type { TextKey } from '../texts.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

type KeyRequest = Request<{ key: string }>;
/** Does one thing to one rule. */
type Change = (rule: Rule, req: KeyRequest, by: { actor: string; zone: string }) => Promise<unknown>;

function changing(deps: DashboardDeps, goTo: (rule: Rule) => string, change: Change) {
  return async (req: KeyRequest, res: Response, next: NextFunction): Promise<void> => {
    const rule = await findRule(deps.db, req.params.key);
    if (!rule) return next();
    const { email: actor, zone } = userOf(res);
    await change(rule, req, { actor, zone });
    res.redirect(303, goTo(rule));
  };
}

async function sendList(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const list = await renderRuleList(deps, viewer, await listRules(deps.db));
  const form = hasRight(viewer.user, 'rules:edit')
    ? renderRuleForm(viewer, EMPTY_DRAFT, await listNameable(deps), { isKnown: false, mistakes: [] })
    : '';
  const notice = renderNotice(req.query, t('rules.done'));
  sendPage(
    res,
    t('menu.rules'),
    html`${notice}<h1>${t('menu.rules')}</h1>${renderHelp(viewer, 'rules')}${list}${form}`,
    RULE_SCRIPT,
  );
}

async function undoRun(
  deps: DashboardDeps,
  req: Request<{ id: string }>,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const id = numberParam<RuleRunId>(req.params.id);
  const run = id === null ? null : await getRun(deps.db, id);
  if (!run) return next();
  await undoRuleRun(deps, run, userOf(res).email);
  res.redirect(303, `/rules/${run.ruleKey}?done=1#runs`);
}

/** What has been done, in words: a rule that is off judges nothing. */
function noticeOf({ enabled }: Rule, what: unknown): TextKey {
  return what === 'saved' && enabled ? 'rules.saved' : 'rules.done';
}

const moveSchema = z.object({ by: z.enum(['up', 'down']) });
const switchSchema = z.object({ enabled: z.enum(['0', '1']) });

export const rules: Page = {
  path: '/rules',
  title: 'menu.rules',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    const toList = (): string => '/rules?done=1';
    const toRule = ({ key }: Rule): string => `/rules/${key}?done=1`;
    const move = changing(deps, toList, (rule, req, { actor }) =>
      shiftRule(deps, rule, moveSchema.parse(req.body).by, actor),
    );
    const flip = changing(deps, toRule, (rule, req, by) =>
      switchRule(deps, rule, switchSchema.parse(req.body).enabled === '1', by),
    );
    const remove = changing(deps, toList, (rule, _req, { actor }) => dropRule(deps, rule, actor));
    const run = changing(
      deps,
      ({ key }) => `/rules/${key}?done=1#runs`,
      (rule, req, { actor }) => {
        const body = (req.body ?? {}) as Record<string, unknown>;
        const since = sinceOf(String(body.days ?? ''), deps.clock.now());
        return startRuleRun(deps, rule, { since, alerts: body.alerts === '1' }, actor);
      },
    );
    router.get('/', (req, res) => sendList(deps, req, res));
    router.post('/', allow('rules:edit'), (req, res) => saveOrTry(deps, req, res));
    router.post('/runs/:id/undo', allow('rules:edit'), (req: Request<{ id: string }>, res, next) =>
      undoRun(deps, req, res, next),
    );
    router.get('/:key', async (req, res, next) => {
      const rule = await findRule(deps.db, req.params.key);
      if (!rule) return next();
      const viewer = viewerOf(res);
      const notice = renderNotice(req.query, viewer.t(noticeOf(rule, req.query.what)));
      sendPage(res, rule.name, html`${notice}${await renderRule(deps, viewer, rule)}`, RULE_SCRIPT);
    });
    router.post('/:key/move', allow('rules:edit'), move);
    router.post('/:key/switch', allow('rules:edit'), flip);
    router.post('/:key/remove', allow('rules:edit'), remove);
    router.post('/:key/run', allow('rules:edit'), run);
    return router;
  },
};
