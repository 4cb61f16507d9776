import type { Outcome } from '../../src/act/rules/apply.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Decision, EffectAction, Priority, RuleActions, RuleTrouble } from '../../src/model/rule.ts';
import { EFFECT_ACTIONS } from '../../src/model/rule.ts';
import type { Sentiment, SentimentLabel } from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';

/** One thing that a rule does: `метка «реклама»`. */
export function actionWords({ t }: Viewer, action: EffectAction, value: string): string {
  if (action === 'tone') return t('does.tone', { value: t(`tone.${value as SentimentLabel}`) });
  if (action === 'priority') return t('does.priority', { value: t(`priority.${value as Priority}`) });
  return t(`does.${action}`, { value });
}

/** All that a rule does, in the order in which it does it. */
export function allActionWords(viewer: Viewer, actions: RuleActions): string[] {
  const { tags = [], tone, priority, assign, basket, alert } = actions;
  const told = alert ? [...alert.mail, ...alert.webhooks].join(', ') : '';
  const all: [EffectAction, string | undefined][] = [
    ...tags.map((tag): [EffectAction, string] => ['tag', tag]),
    ['tone', tone],
    ['priority', priority],
    ['assign', assign],
    ['basket', basket ? '' : undefined],
    ['alert', alert ? told : undefined],
  ];
  return all.flatMap(([action, value]) => (value === undefined ? [] : actionWords(viewer, action, value)));
}

/** `меток 5, в корзину 2`; '' for nothing. */
export function countWords(
  viewer: Viewer,
  counts: readonly { action: EffectAction; count: number }[],
): string {
  return EFFECT_ACTIONS.flatMap((action) => {
    const n = counts.find((one) => one.action === action)?.count ?? 0;
    return n > 0 ? viewer.t(`did.${action}`, { n: number(viewer, n) }) : [];
  }).join(', ');
}

/** What a dry run would change: `Важность: обычная → высокая`. */
export function changeWords(viewer: Viewer, { action, value, before }: Outcome): string {
  const { t } = viewer;
  if (action === 'tone') {
    const { label } = before?.value as Sentiment;
    return `${t('rules.tone')}: ${t(`tone.${label}`)} → ${t(`tone.${value as SentimentLabel}`)}`;
  }
  if (action === 'priority')
    return `${t('rules.priority')}: ${t(`priority.${before?.value as Priority}`)} → ${t(`priority.${value as Priority}`)}`;
  return `+ ${actionWords(viewer, action, value)}`;
}

/** `правило «Вакансии»` or an address. `names`: of rules, by key. */
export function deciderWords({ t }: Viewer, decision: Decision, names: ReadonlyMap<string, string>): string {
  return 'person' in decision
    ? decision.person
    : t('decided.by.rule', { who: names.get(decision.rule) ?? decision.rule });
}

export function renderTrouble({ t, language }: Viewer, trouble: RuleTrouble | null): Markup {
  if (!trouble) return html``;
  const lines = trouble.messages.map((message) => html`<li>${message[language]}</li>`);
  return html`<div class="error" role="alert"><strong>${t('rules.trouble')}</strong><ul>${lines}</ul></div>`;
}
