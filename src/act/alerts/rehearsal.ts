import type { AlertNumbers, Finding } from '../../model/alert.ts';
import type { DocumentId, SourceId, StoryId, TopicId } from '../../model/ids.ts';
import { belongs } from './policy.ts';

/** An incident as it would have been. */
export interface RehearsedIncident {
  openedAt: Date;
  /** When somebody would have been told: after quiet hours, where there are some. */
  toldAt: Date;
  endedAt: Date;
  count: number;
  topicId: TopicId | null;
  storyId: StoryId | null;
  sourceId: SourceId | null;
  numbers: AlertNumbers;
  /** A post of it. */
  document: DocumentId | null;
  title: string;
  /** Heading of that post, or its beginning. */
  example: string;
}

export interface Rehearsal {
  from: Date;
  to: Date;
  /** Messages that would have gone to each person or chat: what is held back goes as one. */
  messages: number;
  incidents: RehearsedIncident[];
  /** Why it ended before the present. */
  ended: 'all' | 'time' | 'aborted' | 'limit';
  tookMs: number;
}

export interface BookedIncident extends Pick<Finding, 'topicId' | 'storyId' | 'sourceId' | 'numbers'> {
  openedAt: Date;
  lastSeenAt: Date;
  cooldownMs: number;
  subjects: Set<string>;
  documents: Set<DocumentId>;
}

/** Incidents in memory, by the same rule as in the store: for the past. */
export function createIncidentBook(cooldownMs: number) {
  const all: BookedIncident[] = [];
  const open = new Map<string, BookedIncident>();
  const note = (finding: Finding, at: Date): void => {
    const candidates = finding.subjects.flatMap((subject) => open.get(subject) ?? []);
    const known = candidates.find((one) => belongs(finding, one, at));
    const { numbers, topicId, storyId, sourceId } = finding;
    const incident = known ?? {
      openedAt: at,
      lastSeenAt: at,
      cooldownMs,
      subjects: new Set<string>(),
      documents: new Set<DocumentId>(),
      numbers,
      topicId,
      storyId,
      sourceId,
    };
    if (!known) all.push(incident);
    incident.lastSeenAt = at;
    incident.storyId ??= storyId;
    for (const document of finding.documents) incident.documents.add(document);
    for (const subject of finding.subjects) {
      const other = open.get(subject);
      if (other && other !== incident && at.getTime() - other.lastSeenAt.getTime() < other.cooldownMs)
        continue;
      open.set(subject, incident);
      incident.subjects.add(subject);
    }
  };
  return { note, all };
}
