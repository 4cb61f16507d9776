import type { Morphology } from '../../model/ports.ts';
import type { Topic } from '../../model/topic.ts';
import type { Query } from '../../query/ast.ts';
import type { QueryableDocument } from '../../query/document.ts';
import { readTopicQuery } from '../../query/saved.ts';
import { type Reason, whyNot } from '../../query/why-not.ts';

/** A topic that does not find a text, and why. */
export interface NearTopic {
  topic: Topic;
  reasons: Reason[];
  /** The query itself cannot be read. */
  isBroken: boolean;
}

/** More topics than that are not asked for their reasons, and none once that much time is up. */
const MOST = 300;
const WITHIN_MS = 1000;

/** Share of what the query asks for that the text lacks: with nothing lacking, an exclusion or a distance stands in the way. */
function lacking(query: Query, reasons: readonly Reason[]): number {
  const missing = reasons.filter(
    ({ code }) => code === 'missing' || code === 'none-of' || code === 'condition',
  );
  const parts = query.root.type === 'and' ? query.root.items.length : 1;
  return missing.length / parts;
}

/** Why each of the topics does not find the text, the nearest first. */
export function nearTopics(
  topics: readonly Topic[],
  all: readonly Topic[],
  document: QueryableDocument,
  morphology: Morphology,
): NearTopic[] {
  const ranked: (NearTopic & { score: number })[] = [];
  const until = performance.now() + WITHIN_MS;
  for (const topic of topics.slice(0, MOST)) {
    if (performance.now() > until) break;
    const read = readTopicQuery(topic.query, all, topic.key);
    if ('issues' in read) {
      const reasons = read.issues.map(
        ({ offset, length, message }): Reason => ({
          code: 'missing',
          at: { start: offset, end: offset + length },
          message,
        }),
      );
      ranked.push({ topic, reasons, isBroken: true, score: 2 });
      continue;
    }
    const reasons = whyNot(read.query, document, morphology);
    ranked.push({ topic, reasons, isBroken: false, score: lacking(read.query, reasons) });
  }
  ranked.sort((a, b) => a.score - b.score);
  return ranked.map(({ topic, reasons, isBroken }) => ({ topic, reasons, isBroken }));
}
