import type { PlaceOf } from '../../act/rules/apply.ts';
import type { Log } from '../../lib/log.ts';
import type { TopicId, UserId } from '../../model/ids.ts';
import type { Crm, Morphology } from '../../model/ports.ts';
import type { Rule } from '../../model/rule.ts';
import type { Topic } from '../../model/topic.ts';
import { createTrial, type Trial } from '../../query/trial.ts';
import type { Db } from '../../store/db.ts';
import { listRules, rulesVersion, setRuleTrouble } from '../../store/rules.ts';
import { loadNamed, type Named, type ReadyRule, readRule } from './read-rule.ts';

/** Rules, read and in order, with what is needed to hold mentions against them. */
export interface CompiledRules {
  rules: readonly ReadyRule[];
  /** Their conditions, by the same index; one reading of a document serves all. */
  trial: Trial;
  placeOf: PlaceOf;
  topics: ReadonlyMap<TopicId, Topic>;
  /** E-mails of users. */
  users: ReadonlyMap<UserId, string>;
}

export interface RuleSet {
  /** The rules in force, compiled; read again when any of them, or what they name, has changed. Notes what is wrong with them. */
  current(db: Db): Promise<CompiledRules>;
}

/** `order`: every rule that there is, for where two want the same. */
export function compileRules(
  rules: readonly ReadyRule[],
  order: readonly Rule[],
  named: Named,
  morphology: Morphology,
): CompiledRules {
  const places = new Map(order.map(({ key }, place) => [key, place]));
  const placeOf = (key: string): number => places.get(key) ?? Number.POSITIVE_INFINITY;
  return {
    rules,
    trial: createTrial(
      rules.map(({ query }) => query),
      morphology,
    ),
    placeOf,
    topics: new Map(named.topics.map((topic) => [topic.id, topic])),
    users: new Map(named.users.map(({ id, email }) => [id, email])),
  };
}

export function createRuleSet(morphology: Morphology, crms: ReadonlyMap<string, Crm>, log: Log): RuleSet {
  let known: { version: string; compiled: CompiledRules } | null = null;
  const compile = async (db: Db): Promise<CompiledRules> => {
    const [order, named] = [await listRules(db), await loadNamed(db, crms)];
    const ready: ReadyRule[] = [];
    for (const rule of order.filter(({ enabled }) => enabled)) {
      const read = readRule(rule, named);
      if (read.ready) ready.push(read.ready);
      else log.error({ rule: rule.key }, 'this rule cannot be used; mend it on the rules page');
      await setRuleTrouble(db, rule.id, read.trouble);
    }
    return compileRules(ready, order, named, morphology);
  };
  return {
    current: async (db) => {
      const version = await rulesVersion(db);
      if (known?.version !== version) known = { version, compiled: await compile(db) };
      return known.compiled;
    },
  };
}
