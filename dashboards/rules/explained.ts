import type { NextFunction, Request, Response } from 'express';
import type { Outcome } from '../../src/act/rules/apply.ts';
import type { RuleExplained } from '../../src/act/rules/reports.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { MentionId } from '../../src/model/ids.ts';
import { listMentionStatesById } from '../../src/store/decisions.ts';
import { listRuleNames } from '../../src/store/rules.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';
import { actionWords } from './words.ts';

/** Who had the last word about one action of a rule. */
function outcomeWords(
  { t }: Viewer,
  { result, standing }: Outcome,
  rule: string,
  names: ReadonlyMap<string, string>,
): string {
  if (result === 'same' && standing && 'rule' in standing && standing.rule === rule)
    return t('rules.why.did.own');
  if (result === 'person' && standing && 'person' in standing)
    return t('rules.why.did.person', { who: standing.person });
  if (result === 'rule' && standing && 'rule' in standing)
    return t('rules.why.did.rule', { who: names.get(standing.rule) ?? standing.rule });
  return t(
    result === 'case'
      ? 'rules.why.did.case'
      : result === 'done'
        ? 'rules.why.did.done'
        : 'rules.why.did.same',
  );
}

function renderOutcomes(
  viewer: Viewer,
  { rule, outcomes }: RuleExplained,
  names: ReadonlyMap<string, string>,
): Markup {
  const items = outcomes.map(
    (outcome) =>
      html`<li>${actionWords(viewer, outcome.action, outcome.value)} <small class="muted">${outcomeWords(viewer, outcome, rule.key, names)}</small></li>`,
  );
  return html`<ul class="plain">${items}</ul>`;
}

function renderVerdict({ t, language }: Viewer, { verdict, reasons, trouble }: RuleExplained): Markup {
  const lines = [...reasons.map(({ message }) => message), ...(trouble?.messages ?? [])];
  return html`${t(`rules.why.${verdict}`)}${lines.map((message) => html`<br><small class="muted">${message[language]}</small>`)}`;
}

/** What each rule makes of one mention, and who had the last word. */
export async function sendExplained(
  deps: DashboardDeps,
  req: Request<{ mention: string }>,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const id = numberParam<MentionId>(req.params.mention);
  const explained = id === null ? null : await deps.rules.explain(id);
  if (!explained || id === null) return next();
  const viewer = viewerOf(res);
  const { t } = viewer;
  const names = await listRuleNames(deps.db);
  const [state] = await listMentionStatesById(deps.db, [id]);
  const rows = explained.map((one, at) => [
    `${at + 1}`,
    html`<a href="/rules/${one.rule.key}">${one.rule.name}</a><br><code>${one.rule.condition.slice(0, 300).toWellFormed()}</code>`,
    renderVerdict(viewer, one),
    renderOutcomes(viewer, one, names),
  ]);
  const head = ['№', t('rules.rule'), t('rules.why.verdict'), t('rules.does')];
  sendPage(
    res,
    t('rules.why'),
    html`<p><a href="/mentions/${state?.documentId ?? ''}">← ${t('mention.document')}</a></p><h1>${t('rules.why')}</h1>
    <p class="muted">${t('rules.why.lead')} ${t('rules.order')}</p>${renderTable(head, rows, t('rules.none'))}`,
  );
}
