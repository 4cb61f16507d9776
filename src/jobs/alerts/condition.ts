import type { Alert } from '../../model/alert.ts';
import type { MentionId } from '../../model/ids.ts';
import { readRuleQuery } from '../../query/saved.ts';
import { createTrial } from '../../query/trial.ts';
import type { FoundMention } from '../../store/alert-facts.ts';
import type { Db } from '../../store/db.ts';
import { listMentionStatesById } from '../../store/decisions.ts';
import { listTopics } from '../../store/topics.ts';
import { listUsers } from '../../store/users.ts';
import type { JobDeps } from '../deps.ts';
import { knownDocuments } from '../known-facts.ts';
import { factsOfMention } from '../rules/mention-facts.ts';

/** Says of mentions whether they meet a condition, as rules do. */
export interface Condition {
  meet(db: Db, mentions: readonly FoundMention[], now: Date): Promise<Set<MentionId>>;
}

const all: Condition = { meet: async (_db, mentions) => new Set(mentions.map(({ id }) => id)) };

/** null: the condition cannot be read, because a topic that it names is gone. */
export async function openCondition(
  db: Db,
  resources: JobDeps['resources'],
  { condition, zone }: Pick<Alert, 'condition' | 'zone'>,
): Promise<Condition | null> {
  if (condition === '') return all;
  const [topics, users] = [await listTopics(db), await listUsers(db)];
  const read = readRuleQuery(condition, topics);
  if ('issues' in read) return null;
  const trial = createTrial([read.query], resources.morphology);
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  return {
    meet: async (tx, mentions, now) => {
      const met = new Set<MentionId>();
      const states = await listMentionStatesById(
        tx,
        mentions.map(({ id }) => id),
      );
      const ids = [...new Set(states.map(({ documentId }) => documentId))];
      const known = await knownDocuments(tx, resources, ids, { now, zone });
      for (const state of states) {
        const document = known.get(state.documentId);
        const topic = byId.get(state.topicId);
        if (!document || !topic) continue;
        trial.read(document);
        trial.setFacts(factsOfMention(document.facts ?? {}, state, topic, emails));
        if (trial.holds(0)) met.add(state.id);
      }
      return met;
    },
  };
}
