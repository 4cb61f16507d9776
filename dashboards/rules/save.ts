import type { Request, Response } from 'express';
import { unsavedRule } from '../../src/act/rules/unsaved.ts';
import { html } from '../../src/lib/html.ts';
import type { Rule, RuleDefinition } from '../../src/model/rule.ts';
import { describeIssue } from '../../src/query/issues.ts';
import { readRuleQuery } from '../../src/query/saved.ts';
import { addAudit } from '../../src/store/audit.ts';
import { findRule, listRules, saveRule } from '../../src/store/rules.ts';
import { listTopics } from '../../src/store/topics.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { keyOfName } from '../name-key.ts';
import { sendPage } from '../views/shell.ts';
import { type RuleDraft, readDraft, sinceOf, toDefinition } from './draft.ts';
import { listNameable, RULE_SCRIPT, renderRuleForm } from './form.ts';
import { renderRuleList } from './list.ts';
import { type FormState, renderRule } from './rule.ts';
import { renderTried } from './tried.ts';

/** What is wrong with the condition, with a caret under the place. */
async function conditionMistakes(deps: DashboardDeps, viewer: Viewer, condition: string): Promise<string[]> {
  const read = readRuleQuery(condition, await listTopics(deps.db));
  if ('query' in read) return [];
  return read.issues.map((issue) => describeIssue(condition, issue, viewer.language));
}

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
  const rule = unsavedRule(read.definition, known, viewer.zone, viewer.now);
  const { trouble } = await deps.rules.check(rule);
  return trouble
    ? { mistakes: trouble.messages.map((message) => message[viewer.language]) }
    : { rule, definition: read.definition };
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
  const { email } = userOf(res);
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    const saved = await saveRule(tx, checked.definition, { actor: email, zone: viewer.zone }, now);
    if (!saved.changed) return;
    const { condition, actions, enabled } = checked.definition;
    const before = known
      ? { condition: known.condition, actions: known.actions, enabled: known.enabled }
      : null;
    await addAudit(tx, {
      at: now,
      actor: email,
      action: 'rule.saved',
      subject: `rule:${draft.key}`,
      detail: { before, after: { condition, actions, enabled } },
    });
  });
  res.redirect(303, `/rules/${draft.key}?done=1&what=saved`);
}
