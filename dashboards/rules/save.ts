import type { Request, Response } from 'express';
import { html } from '../../src/lib/html.ts';
import type { Rule, RuleDefinition } from '../../src/model/rule.ts';
import { findRule, listRules } from '../../src/store/rules.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { keyOfName } from '../name-key.ts';
import { sendPage } from '../views/shell.ts';
import { keepRule } from './changes.ts';
import { checkRule, conditionMistakes } from './check.ts';
import { type RuleDraft, readDraft, sinceOf, toDefinition } from './draft.ts';
import { listNameable, RULE_SCRIPT, renderRuleForm } from './form.ts';
import { renderRuleList } from './list.ts';
import { type FormState, renderRule } from './rule.ts';
import { renderTried } from './tried.ts';

type Checked = { rule: Rule; definition: RuleDefinition } | { mistakes: string[] };

/** The rule that the form says, or all that is wrong with it in the reader's words. */
async function check(
  deps: DashboardDeps,
  viewer: Viewer,
  draft: RuleDraft,
  known: Rule | null,
  isNew: boolean,
): Promise<Checked> {
  const read = toDefinition(draft);
  const mistakes = 'mistakes' in read ? read.mistakes.map((key) => viewer.t(key)) : [];
  if (draft.condition !== '') mistakes.push(...(await conditionMistakes(deps, viewer, draft.condition)));
  if (isNew && known) mistakes.push(viewer.t('rules.mistake.taken'));
  if ('mistakes' in read || mistakes.length > 0) return { mistakes };
  const checked = await checkRule(deps, viewer, read.definition, known);
  return 'mistakes' in checked ? checked : { ...checked, definition: read.definition };
}

async function sendForm(
  deps: DashboardDeps,
  res: Response,
  known: Rule | null,
  state: FormState,
): Promise<void> {
  const viewer = viewerOf(res);
  const body = known
    ? await renderRule(deps, viewer, known, state)
    : html`<h1>${viewer.t('menu.rules')}</h1>${await renderRuleList(deps, viewer, await listRules(deps.db))}
      ${renderRuleForm(viewer, state.draft, await listNameable(deps), { isKnown: false, mistakes: state.mistakes })}${state.tried}`;
  sendPage(res, known?.name ?? viewer.t('menu.rules'), body, RULE_SCRIPT);
}

/** A new rule needs no key: its name gives one. */
async function withKey(deps: DashboardDeps, draft: RuleDraft, isNew: boolean): Promise<RuleDraft> {
  if (!isNew || draft.key !== '') return draft;
  const taken = (await listRules(deps.db)).map(({ key }) => key);
  return { ...draft, key: keyOfName(draft.name, taken) };
}

/** Until the reader goes away. */
function untilClosed(res: Response): AbortSignal {
  const leaving = new AbortController();
  res.once('close', () => leaving.abort());
  return leaving.signal;
}

/** Saves the rule of the form, or tries it on the past and shows the form again. */
export async function saveOrTry(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const body = (req.body ?? {}) as Record<string, unknown>;
  const isNew = body.known !== '1';
  const draft = await withKey(deps, readDraft(body), isNew);
  const known = await findRule(deps.db, draft.key);
  const shown = isNew ? null : known;
  const checked = await check(deps, viewer, draft, known, isNew);
  if ('mistakes' in checked) {
    res.status(400);
    return sendForm(deps, res, shown, { draft, mistakes: checked.mistakes, tried: html`` });
  }
  if (body.what === 'try') {
    const since = sinceOf(draft.days, viewer.now);
    const result = await deps.rules.dryRun(checked.rule, since, untilClosed(res));
    const tried = renderTried(viewer, result, checked.definition.actions.alert !== undefined);
    return sendForm(deps, res, shown, { draft, mistakes: [], tried });
  }
  const by = { actor: userOf(res).email, zone: viewer.zone };
  await keepRule(deps, checked.definition, known, by);
  res.redirect(303, `/rules/${draft.key}?done=1&what=saved`);
}
