import type { Finding } from '../../../model/alert.ts';
import type { MentionFact } from '../kind.ts';

/** A mention belongs to its story's incident; one that carries no story is its own. */
export function findingOf({ documentId, topicId, storyId, severity }: MentionFact): Finding {
  return {
    subjects: [subjectOf(documentId, storyId)],
    topicId,
    storyId,
    sourceId: null,
    documents: [documentId],
    numbers: { severity },
  };
}

export function subjectOf(documentId: number, storyId: number | null): string {
  return storyId === null ? `document:${documentId}` : `story:${storyId}`;
}
