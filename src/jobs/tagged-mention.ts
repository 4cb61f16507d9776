import type { Complaint, Sentiment, Span, Tag } from '../model/tag.ts';
import type { Topic } from '../model/topic.ts';
import type { NewMention } from '../store/mentions.ts';

function findTag<Value>(tags: readonly Tag[], kind: string, target: string): Tag<Value> {
  const tag = tags.find((one) => one.kind === kind && one.target === target);
  if (!tag) throw new Error(`the tagger "${kind}" gave no tag for target "${target}"`);
  return tag as Tag<Value>;
}

/** A topic's mention as the document's tags say, people's words among them. Throws when a tagger was silent about it. */
export function mentionOf(topic: Pick<Topic, 'id' | 'key'>, spans: Span[], tags: readonly Tag[]): NewMention {
  const tone = findTag<Sentiment>(tags, 'sentiment', topic.key);
  const complaint = findTag<Complaint>(tags, 'complaint', topic.key);
  return {
    topicId: topic.id,
    spans,
    sentiment: tone.value,
    complaint: complaint.value,
    ...(tone.corrected ? { toned: tone.corrected } : {}),
  };
}
