import type { Topic } from '../../model/topic.ts';
import type { Facts } from '../../query/facts.ts';
import type { MentionState } from '../../store/decisions.ts';
import type { CompiledRules } from './rule-set.ts';

const DONE = new Set(['answered', 'closed', 'not_us']);

/** Of a document's signs, those that are said of one mention are told by that mention. */
function withSign(signs: readonly string[] | undefined, sign: string, isThere: boolean): string[] {
  const others = (signs ?? []).filter((one) => one !== sign);
  return isThere ? [...others, sign] : others;
}

/**
 * What is known of the document, as far as it concerns one mention: topic, tone, status, tags and person are the mention's; `tone(лютик):`
 * still asks of another topic. Read from `state` at the moment it is asked, so that a rule sees what those before it have done.
 */
export function factsOfMention(
  document: Facts,
  state: MentionState,
  topic: Pick<Topic, 'key' | 'name'>,
  users: CompiledRules['users'],
): Facts {
  // The document's facts stand behind: some of them are found out only when they are asked.
  return Object.create(document, {
    subject: { value: topic.key },
    topic: { value: [topic.key, topic.name] },
    status: { value: [state.status] },
    tag: { get: () => state.tags },
    assigned: { get: () => users.get(state.assignedTo ?? (0 as never)) ?? [] },
    has: { get: () => withSign(document.has, 'case', state.hasCase) },
    is: { value: withSign(document.is, 'unanswered', !DONE.has(state.status)) },
    towards: {
      get: () => {
        const { sentiment, isComplaint, level } = state;
        return new Map(document.towards).set(topic.key, { tone: sentiment.label, isComplaint, level });
      },
    },
    now: { value: document.now, writable: true },
    zone: { value: document.zone, writable: true },
  }) as Facts;
}
