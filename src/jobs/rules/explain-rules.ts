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
  const read = order.map((rule) => ({ rule, ...readRule(rule, named) }));
  const ready = read.flatMap((one) => (one.rule.enabled && one.ready ? [one.ready] : []));
  const compiled = compileRules(ready, order, named, resources.morphology);
  const copy: MentionState = structuredClone(state);
  const [judged] = document ? judgeMentions(compiled, document, [copy], () => true, now) : [];
  const firedBy = new Map(judged?.fired.map((fired) => [fired.rule.key, fired]));
  const topic = compiled.topics.get(state.topicId) ?? { key: '', name: '' };
  return read.map(({ rule, ready, trouble }): RuleExplained => {
    const nothing = { rule, reasons: [], outcomes: [], trouble };
    if (!rule.enabled) return { ...nothing, verdict: 'off' };
    if (!ready || !document) return { ...nothing, verdict: 'trouble' };
    const fired = firedBy.get(rule.key);
    if (fired) {
      const verdict = state.createdAt >= ready.inForceSince ? 'meets' : 'older';
      return { ...nothing, verdict, outcomes: fired.outcomes };
    }
    const facts = factsOfMention(document.facts ?? {}, copy, topic, compiled.users);
    Object.assign(facts, { now, zone: rule.zone });
    return {
      ...nothing,
      verdict: 'misses',
      reasons: whyNot(ready.query, { ...document, facts }, resources.morphology),
    };
  });
}
