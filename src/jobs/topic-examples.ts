import type { DocumentKind } from '../model/document.ts';
import type { TagResources } from '../model/ports.ts';
import type { ExampleText } from '../model/topic.ts';
import type { Query } from '../query/ast.ts';
import type { QueryableDocument } from '../query/document.ts';
import { createEvaluator } from '../query/evaluate.ts';
import { readTopicQuery } from '../query/saved.ts';
import { type ExampleFailure, type JudgedExample, whyFound, whyNot } from '../query/why-not.ts';
import { listExamples } from '../store/topic-examples.ts';
import { listTopics } from '../store/topics.ts';
import type { JobDeps } from './deps.ts';
import { arrivalFacts, languageOf } from './document-facts.ts';

const KIND: DocumentKind = 'post';

/** What is known of an example: its words, and what follows from them and its address. It has no source and no dates but `now`. */
export function exampleDocument(example: ExampleText, resources: TagResources, now: Date): QueryableDocument {
  const { title, text, author } = example;
  const document = { title, text, kind: KIND, declaredLanguage: null };
  const code = languageOf(document, resources);
  const known = {
    ...document,
    url: example.url ?? '',
    links: [],
    signs: {},
    publishedAt: null,
    foundAt: now,
    parentExternalId: null,
  };
  return { title, text, authorHandle: author, authorName: null, facts: arrivalFacts(known, undefined, code) };
}

/** Holds examples against a query, with why those fail that do. */
export function judgeExamples<Example extends ExampleText>(
  query: Query,
  examples: readonly Example[],
  resources: TagResources,
  now: Date,
): JudgedExample<Example>[] {
  const match = createEvaluator(query, resources.morphology);
  return examples.map((example) => {
    const document = exampleDocument(example, resources, now);
    const verdict = match(document);
    if (verdict.matched === example.mustMatch) return { example, passes: true, reasons: [] };
    const reasons = verdict.matched
      ? [whyFound(verdict, document)]
      : whyNot(query, document, resources.morphology);
    return { example, passes: false, reasons };
  });
}

/** The examples that a query does not do justice to, with why. */
export function failingExamples<Example extends ExampleText>(
  ...given: Parameters<typeof judgeExamples<Example>>
): ExampleFailure<Example>[] {
  return judgeExamples(...given)
    .filter(({ passes }) => !passes)
    .map(({ example, reasons }) => ({ example, reasons }));
}

/** The stored examples of a topic that would fail if it had this query; none of a query that cannot be read. */
export async function checkStoredExamples(
  { db, clock, resources }: Pick<JobDeps, 'db' | 'clock' | 'resources'>,
  key: string,
  query: string,
): Promise<ExampleFailure[]> {
  const topics = await listTopics(db);
  const topic = topics.find((one) => one.key === key);
  const read = readTopicQuery(query, topics, key);
  if (!topic || 'issues' in read) return [];
  return failingExamples(read.query, await listExamples(db, topic.id), resources, clock.now());
}
