import type { RuleExplained } from '../../act/rules/reports.ts';
import type { MentionId } from '../../model/ids.ts';
import { whyNot } from '../../query/why-not.ts';
import { listMentionStatesById, type MentionState } from '../../store/decisions.ts';
import { listRules } from '../../store/rules.ts';
import type { JobDeps } from '../deps.ts';
import { knownDocuments } from '../known-facts.ts';
import { judgeMentions } from './judge.ts';
import { factsOfMention } from './mention-facts.ts';
import { loadNamed, readRule } from './read-rule.ts';
import { compileRules } from './rule-set.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources' | 'delivery'>;

/** Each rule in order, what it makes of the mention and who had the last word. null: there is no such mention. */
export async function explainRules(deps: Deps, id: MentionId): Promise<RuleExplained[] | null> {
  const { db, clock, resources } = deps;
  const [state] = await listMentionStatesById(db, [id]);
  if (!state) return null;
  const now = clock.now();
  const document = (await knownDocuments(db, resources, [state.documentId], { now })).get(state.documentId);
  const [order, named] = [await listRules(db), await loadNamed(db, deps.delivery.crms)];
  // As it stands after all rules: each is asked alone, on a copy.
  return order.map((rule): RuleExplained => {
    const { ready, trouble } = readRule(rule, named);
    const nothing = { rule, reasons: [], outcomes: [], trouble };
    if (!rule.enabled) return { ...nothing, verdict: 'off' };
    if (!ready || !document) return { ...nothing, verdict: 'trouble' };
    const compiled = compileRules([ready], order, named, resources.morphology);
    const copy: MentionState = structuredClone(state);
    const [judged] = judgeMentions(compiled, document, [copy], () => true, now);
    const [fired] = judged?.fired ?? [];
    if (fired) {
      const verdict = state.createdAt >= ready.inForceSince ? 'meets' : 'older';
      return { ...nothing, verdict, outcomes: fired.outcomes };
    }
    const topic = compiled.topics.get(state.topicId) ?? { key: '', name: '' };
    const facts = factsOfMention(document.facts ?? {}, state, topic, compiled.users);
    Object.assign(facts, { now, zone: rule.zone });
    return {
      ...nothing,
      verdict: 'misses',
      reasons: whyNot(ready.query, { ...document, facts }, resources.morphology),
    };
  });
}
