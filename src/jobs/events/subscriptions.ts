import type { Log } from '../../lib/log.ts';
import type { DocumentId, MentionId } from '../../model/ids.ts';
import type { TagResources } from '../../model/ports.ts';
import type { Subscribed, Subscription } from '../../model/subscription.ts';
import { readRuleQuery } from '../../query/saved.ts';
import { createTrial, type Trial } from '../../query/trial.ts';
import type { Db } from '../../store/db.ts';
import { lockMentionStates } from '../../store/decisions.ts';
import { listTopics, topicsVersion } from '../../store/topics.ts';
import { listUsers } from '../../store/users.ts';
import { knownDocuments } from '../known-facts.ts';
import { factsOfMention } from '../rules/mention-facts.ts';

/** Which endpoints hear of which mention. */
export interface Audience {
  of(mention: MentionId, event: Subscribed): string[];
}

export interface Subscriptions {
  /** Endpoints that want this, whatever it is about. */
  wanting(event: Subscribed): string[];
  /** For the mentions of a document, in the transaction that has locked it. */
  audienceOf(tx: Db, document: DocumentId, now: Date): Promise<Audience>;
}

interface Filters {
  version: string;
  trial: Trial;
  /** Key of the endpoint → index of its condition. */
  places: ReadonlyMap<string, number>;
}

/** A condition that cannot be read any more lets everything through: too much is told rather than a complaint lost. */
function compile(
  subscriptions: readonly Subscription[],
  topics: Awaited<ReturnType<typeof listTopics>>,
  resources: TagResources,
  version: string,
  log: Log,
): Filters {
  const read = subscriptions.flatMap(({ key, filter }) => {
    if (filter === null) return [];
    const parsed = readRuleQuery(filter, topics);
    if ('query' in parsed) return [{ key, query: parsed.query }];
    log.error({ endpoint: key }, 'the filter of this endpoint cannot be read; it is told of everything');
    return [];
  });
  return {
    version,
    trial: createTrial(
      read.map(({ query }) => query),
      resources.morphology,
    ),
    places: new Map(read.map(({ key }, at) => [key, at])),
  };
}

export function createSubscriptions(
  subscriptions: readonly Subscription[],
  resources: TagResources,
  log: Log,
): Subscriptions {
  let known: Filters | null = null;
  const hasFilters = subscriptions.some(({ filter }) => filter !== null);

  async function filters(tx: Db): Promise<Filters> {
    const version = await topicsVersion(tx);
    if (known?.version !== version)
      known = compile(subscriptions, await listTopics(tx), resources, version, log);
    return known;
  }

  /** Endpoint keys whose condition each mention does not meet. */
  async function refused(tx: Db, id: DocumentId, now: Date): Promise<Map<MentionId, Set<string>>> {
    const { trial, places } = await filters(tx);
    const document = (await knownDocuments(tx, resources, [id], { now })).get(id);
    const states = document ? await lockMentionStates(tx, [id]) : [];
    const topics = new Map((await listTopics(tx)).map((topic) => [topic.id, topic]));
    const users = new Map((await listUsers(tx)).map(({ id: user, email }) => [user, email]));
    if (document) trial.read(document);
    return new Map(
      states.map((state) => {
        const topic = topics.get(state.topicId);
        const no = new Set<string>();
        if (!topic) return [state.id, no];
        const facts = factsOfMention(document?.facts ?? {}, state, topic, users);
        trial.setFacts(facts);
        for (const { key, zone } of subscriptions) {
          const place = places.get(key);
          facts.now = now;
          facts.zone = zone;
          if (place !== undefined && !trial.holds(place)) no.add(key);
        }
        return [state.id, no];
      }),
    );
  }

  const wanting = (event: Subscribed): string[] =>
    subscriptions.filter(({ events }) => events.includes(event)).map(({ key }) => key);
  return {
    wanting,
    audienceOf: async (tx, document, now) => {
      const no = hasFilters ? await refused(tx, document, now) : new Map<MentionId, Set<string>>();
      return { of: (mention, event) => wanting(event).filter((key) => !no.get(mention)?.has(key)) };
    },
  };
}
