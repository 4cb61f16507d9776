import { type Complaint, type Sentiment, type Span, type Tag, tagOf } from '../model/tag.ts';
import type { Topic } from '../model/topic.ts';
import type { NewMention } from '../store/mentions.ts';

/** A topic's mention as the document's tags say, people's words among them. Throws when a tagger was silent about it. */
export function mentionOf(topic: Pick<Topic, 'id' | 'key'>, spans: Span[], tags: readonly Tag[]): NewMention {
  const tone = tagOf<Sentiment>(tags, 'sentiment', topic.key);
  const complaint = tagOf<Complaint>(tags, 'complaint', topic.key);
  return {
    topicId: topic.id,
    spans,
    sentiment: tone.value,
    complaint: complaint.value,
    ...(tone.corrected ? { toned: tone.corrected } : {}),
  };
}
