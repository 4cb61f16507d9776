import type { Author, Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Complaint, Sentiment, Tag } from '../model/tag.ts';
import type { TopicMatch } from '../query/matcher.ts';
import type { Db } from '../store/db.ts';
import { getAuthors, getDocuments } from '../store/documents.ts';
import { type NewMention, replaceMentions, replaceTags } from '../store/mentions.ts';
import { lockDocuments, recordStage, reopenActing, touchDocuments } from '../store/progress.ts';
import { type SourceName, sourceNames } from '../store/sources.ts';
import { understand } from '../understand/understand.ts';
import { passes } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import { arrivalFacts, isOfficial, languageOf } from './document-facts.ts';
import { joinStories, prepareStories } from './stories/join.ts';
import type { CompiledTopics } from './topic-set.ts';

export interface UnderstandSummary {
  documents: number;
  mentions: number;
}

/** Topics are matched before the taggers run, since tone is told towards each of them; `lang:` needs the language before that. */
function matchTopics(
  deps: JobDeps,
  document: Document,
  author: Author | undefined,
  source: SourceName | undefined,
  topics: CompiledTopics,
): TopicMatch[] {
  const { resources } = deps;
  const matches = topics.matcher.match({
    title: document.title,
    text: document.text,
    authorHandle: author?.handle ?? null,
    authorName: author?.name ?? null,
    facts: arrivalFacts(document, {
      source,
      language: languageOf(document, resources),
      isOfficial: isOfficial(author, resources),
    }),
  });
  return matches.filter(({ key, spans }) => passes(topics.checks.get(key), document, spans));
}

function tagValue<T>(tags: readonly Tag[], kind: string, target: string): T {
  const tag = tags.find((t) => t.kind === kind && t.target === target);
  if (!tag) throw new Error(`the tagger "${kind}" gave no tag for target "${target}"`);
  return tag.value as T;
}

function toMentions(
  matches: readonly TopicMatch[],
  tags: readonly Tag[],
  topics: CompiledTopics,
): NewMention[] {
  return matches.flatMap(({ key, spans }) => {
    const topic = topics.byKey.get(key);
    if (!topic) return [];
    const sentiment = tagValue<Sentiment>(tags, 'sentiment', key);
    const complaint = tagValue<Complaint>(tags, 'complaint', key);
    return [{ topicId: topic.id, spans, sentiment, complaint }];
  });
}

interface Understood {
  document: Document;
  tags: Tag[];
  mentions: NewMention[];
}

/** null when a tagger fails on it: one odd text must not hold up the others. It is tried again with lost work. */
function understandOne(
  deps: JobDeps,
  document: Document,
  author: Author | undefined,
  source: SourceName | undefined,
  topics: CompiledTopics,
): Understood | null {
  try {
    const matches = matchTopics(deps, document, author, source, topics);
    const text = { document, targets: matches, isOfficial: isOfficial(author, deps.resources) };
    const tags = understand(text, deps.resources);
    return { document, tags, mentions: toMentions(matches, tags, topics) };
  } catch (error) {
    deps.log.error({ err: error, document: document.id }, 'a document could not be understood');
    return null;
  }
}

async function save(tx: Db, { document, tags, mentions }: Understood, now: Date): Promise<void> {
  await replaceTags(tx, document.id, tags);
  await replaceMentions(tx, document.id, mentions, now);
  await recordStage(tx, 'understood', document.id, document.revision);
}

/**
 * Those that still are as they were read, in one transaction with the next stage's job. null when topics have changed
 * since: looked at behind the lock, so that the rematch that follows a change either sees our rows or comes after us.
 */
function saveAll(
  deps: JobDeps,
  understood: readonly Understood[],
  topics: CompiledTopics,
): Promise<Understood[] | null> {
  return deps.db.transaction(async (tx) => {
    const locked = await lockDocuments(
      tx,
      understood.map((one) => one.document.id),
    );
    if (!(await deps.topics.isCurrent(tx, topics))) return null;
    const revisions = new Map(locked.map((state) => [state.id, state.revision]));
    const fresh = understood.filter(({ document }) => revisions.get(document.id) === document.revision);
    const ids = fresh.map((one) => one.document.id);
    const now = deps.clock.now();
    for (const one of fresh) await save(tx, one, now);
    const carriers = fresh.map(({ document }) => document);
    await joinStories(deps.db, tx, carriers, now);
    await touchDocuments(tx, ids, now);
    await reopenActing(tx, ids);
    if (ids.length > 0) await deps.queue.send(tx, 'act', { documentIds: ids });
    return fresh;
  });
}

/** Tags and mentions become what taggers and topics say today. */
export async function understandDocuments(
  deps: JobDeps,
  { documentIds }: { documentIds: readonly DocumentId[] },
): Promise<UnderstandSummary> {
  for (;;) {
    const topics = await deps.topics.current(deps.db);
    const documents = await getDocuments(deps.db, documentIds);
    const authorIds = documents.flatMap((d) => d.authorId ?? []);
    const authors = new Map((await getAuthors(deps.db, authorIds)).map((a) => [a.id as number, a]));
    const sources = await sourceNames(
      deps.db,
      documents.map((document) => document.sourceId),
    );
    const understood = documents.flatMap((document) => {
      const source = sources.get(document.sourceId);
      return understandOne(deps, document, authors.get(document.authorId ?? 0), source, topics) ?? [];
    });
    await prepareStories(deps.db, deps.clock.now());
    const saved = await saveAll(deps, understood, topics);
    if (saved === null) continue;
    return { documents: saved.length, mentions: saved.reduce((sum, one) => sum + one.mentions.length, 0) };
  }
}
