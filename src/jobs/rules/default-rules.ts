import type { RuleDefinition } from '../../model/rule.ts';
import type { PostKind } from '../../model/tag.ts';
import { addAudit } from '../../store/audit.ts';
import type { Db } from '../../store/db.ts';
import { listRuleNames, saveRule } from '../../store/rules.ts';
import { claimSeed } from '../../store/seeded-rules.ts';

const ACTOR = 'molva';

/**
 * A model only guesses, and is as sure of a giveaway where somebody complains of one. To hide a complaint is much worse than to show an
 * advert: so nothing is hidden that may be a complaint towards anything that the post names, that has words of a fault, of a denial or of
 * how it went, or that a known customer has written. Measured in docs/understanding.md.
 */
const NEVER = [
  'intent:complaint OR complaint:(alert | review) OR has:fault OR has:customer',
  'не OR нет OR выиграл* OR победил* OR прислал* OR получил* OR обещал* OR =выбрали OR =объявили OR итоги',
  'not OR never OR =won OR =was OR =were OR =got OR =came',
];

function conditionOf(kind: PostKind): string {
  return [`intent:${kind} sure>=90`, ...NEVER.map((words) => `NOT (${words})`)].join('\n');
}

function toBasket(kind: PostKind, key: string, name: string): RuleDefinition {
  return { key, name, condition: conditionOf(kind), actions: { basket: true }, enabled: true };
}

/** In both languages: who reads them is not known. */
export const DEFAULT_RULES: readonly RuleDefinition[] = [
  toBasket('spam', 'basket-spam', 'Спам · Spam'),
  toBasket('advert', 'basket-adverts', 'Реклама · Adverts'),
  toBasket('vacancy', 'basket-vacancies', 'Вакансии · Vacancies'),
  toBasket('giveaway', 'basket-giveaways', 'Розыгрыши · Giveaways'),
];

/** Gives this store the rules that come with the program, each once for all time: people change, switch off and delete them. */
export async function seedRules(tx: Db, now: Date): Promise<void> {
  const taken = await listRuleNames(tx);
  for (const rule of DEFAULT_RULES) {
    if (!(await claimSeed(tx, rule.key, now)) || taken.has(rule.key)) continue;
    await saveRule(tx, rule, { actor: ACTOR, zone: 'UTC' }, now);
    const { condition, actions, enabled } = rule;
    const detail = { before: null, after: { condition, actions, enabled } };
    await addAudit(tx, { at: now, actor: ACTOR, action: 'rule.saved', subject: `rule:${rule.key}`, detail });
  }
}
