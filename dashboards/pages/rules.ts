import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html } from '../../src/lib/html.ts';
import type { RuleRunId } from '../../src/model/ids.ts';
import type { Rule } from '../../src/model/rule.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import { getRun } from '../../src/store/rule-runs.ts';
import { findRule, listRules, moveRule, removeRule, saveRule } from '../../src/store/rules.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { EMPTY_DRAFT, sinceOf } from '../rules/draft.ts';
import { listNameable, RULE_SCRIPT, renderRuleForm } from '../rules/form.ts';
import { renderRuleList } from '../rules/list.ts';
import { renderRule } from '../rules/rule.ts';
import { saveOrTry } from '../rules/save.ts';
import type { TextKey } from '../texts.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

type KeyRequest = Request<{ key: string }>;
/** Does one thing to one rule; what it returns goes into the audit, and nothing does when it is null. */
type Change = (tx: Db, rule: Rule, req: KeyRequest, res: Response) => Promise<Record<string, unknown> | null>;

function changing(deps: DashboardDeps, action: string, goTo: (rule: Rule) => string, change: Change) {
  return async (req: KeyRequest, res: Response, next: NextFunction): Promise<void> => {
    const rule = await findRule(deps.db, req.params.key);
    if (!rule) return next();
    await deps.db.transaction(async (tx) => {
      const detail = await change(tx, rule, req, res);
      if (detail === null) return;
      const at = deps.clock.now();
      await addAudit(tx, { at, actor: userOf(res).email, action, subject: `rule:${rule.key}`, detail });
    });
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
  await deps.db.transaction(async (tx) => {
    if (!(await deps.rules.undo(tx, run.id))) return;
    await addAudit(tx, {
      at: deps.clock.now(),
      actor: userOf(res).email,
      action: 'rule.undone',
      subject: `rule:${run.ruleKey}`,
      detail: { run: run.id },
    });
  });
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
    const move = changing(deps, 'rule.moved', toList, async (tx, { key }, req) => {
      const { by } = moveSchema.parse(req.body);
      return (await moveRule(tx, key, by === 'up' ? -1 : 1)) ? { by } : null;
    });
    const flip = changing(deps, 'rule.saved', toRule, async (tx, rule, req, res) => {
      const enabled = switchSchema.parse(req.body).enabled === '1';
      const { email, zone } = userOf(res);
      const saved = await saveRule(tx, { ...rule, enabled }, { actor: email, zone }, deps.clock.now());
      return saved.changed ? { enabled } : null;
    });
    const remove = changing(deps, 'rule.removed', toList, async (tx, { key }) => {
      await removeRule(tx, key, deps.clock.now());
      return {};
    });
    const run = changing(
      deps,
      'rule.run',
      ({ key }) => `/rules/${key}?done=1#runs`,
      async (tx, rule, req, res) => {
        const body = (req.body ?? {}) as Record<string, unknown>;
        const since = sinceOf(String(body.days ?? ''), deps.clock.now());
        const alerts = body.alerts === '1' && rule.actions.alert !== undefined;
        const id = await deps.rules.run(tx, { rule, since, alerts, actor: userOf(res).email });
        return { run: id, since, alerts };
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
