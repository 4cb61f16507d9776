import type { DocumentKind } from '../model/document.ts';
import type { TagResources } from '../model/ports.ts';
import type { ContextSwitch, ExampleText } from '../model/topic.ts';
import type { Query } from '../query/ast.ts';
import type { MentionCheck } from '../query/context/mention-check.ts';
import type { QueryableDocument } from '../query/document.ts';
import { createEvaluator } from '../query/evaluate.ts';
import { readTopicQuery } from '../query/saved.ts';
import { type ExampleFailure, type JudgedExample, whyFound, whyNot } from '../query/why-not.ts';
import { listExamples } from '../store/topic-examples.ts';
import { listTopics } from '../store/topics.ts';
import { learnStoredCheck, whyRefused } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import { accountAt, arrivalFacts, isOfficial, languageOf } from './document-facts.ts';
import { toldOf } from './told-of.ts';

const KIND: DocumentKind = 'post';

/** What is known of an example: its words, and what follows from them and its address. It has no source and no dates but `now`. */
export function exampleDocument(example: ExampleText, resources: TagResources, now: Date): QueryableDocument {
  const { title, text, author } = example;
  const document = { title, text, kind: KIND, declaredLanguage: null };
  const known = {
    ...document,
    url: example.url ?? '',
    links: [],
    signs: {},
    publishedAt: null,
    foundAt: now,
    parentExternalId: null,
  };
  const isOwn = isOfficial(accountAt(example.url, author), resources);
  const facts = arrivalFacts(known, {
    source: undefined,
    language: languageOf(document, resources),
    isOfficial: isOwn,
    told: toldOf(document, isOwn, resources),
  });
  return { title, text, authorHandle: author, authorName: null, facts };
}

/** What examples are held against. */
export interface Judge {
  query: Query;
  /** Of the topic. */
  name: string;
  /** null: everything that the query finds counts. */
  check: MentionCheck | null;
}

/** Holds examples against a query, with why those fail that do. */
export function judgeExamples<Example extends ExampleText>(
  { query, name, check }: Judge,
  examples: readonly Example[],
  resources: TagResources,
  now: Date,
): JudgedExample<Example>[] {
  const match = createEvaluator(query, resources.morphology);
  return examples.map((example) => {
    const document = exampleDocument(example, resources, now);
    const verdict = match(document);
    const context = verdict.matched && check ? check(document, verdict.spans) : null;
    const isFound = verdict.matched && context?.isMeant !== false;
    if (isFound === example.mustMatch) return { example, passes: true, reasons: [] };
    if (verdict.matched)
      return {
        example,
        passes: false,
        reasons: [isFound || !context ? whyFound(verdict, document) : whyRefused(name, context)],
      };
    return { example, passes: false, reasons: whyNot(query, document, resources.morphology) };
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

/** The stored examples of a topic that would fail if it were so; none when its query cannot be read. What is left out stays as it is. */
export async function checkStoredExamples(
  { db, clock, resources }: Pick<JobDeps, 'db' | 'clock' | 'resources'>,
  { key, query, ...changes }: { key: string; query: string; name?: string } & Partial<ContextSwitch>,
): Promise<ExampleFailure[]> {
  const topics = await listTopics(db);
  const topic = topics.find((one) => one.key === key);
  const read = readTopicQuery(query, topics, key);
  if (!topic || 'issues' in read) return [];
  const wanted = { ...topic, ...changes, query: read.query };
  const check = await learnStoredCheck(db, wanted, resources.morphology);
  return failingExamples({ ...wanted, check }, await listExamples(db, topic.id), resources, clock.now());
}
