import type { Author, Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Complaint, LanguageTag, Sentiment, Tag } from '../model/tag.ts';
import { prepareDocument } from '../query/document.ts';
import type { TopicMatch } from '../query/matcher.ts';
import type { Db } from '../store/db.ts';
import { getAuthors, getDocuments, recordStage, touchDocuments } from '../store/documents.ts';
import { type NewMention, replaceMentions, replaceTags } from '../store/mentions.ts';
import { language } from '../understand/taggers/language.ts';
import { understand } from '../understand/understand.ts';
import type { JobDeps } from './deps.ts';
import type { CompiledTopics } from './topic-set.ts';

export interface UnderstandSummary {
  documents: number;
  mentions: number;
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}

/** Topics are matched before the taggers run, since tone is told towards each of them; `lang:` needs the language before that. */
function matchTopics(
  deps: JobDeps,
  document: Document,
  author: Author | undefined,
  topics: CompiledTopics,
): TopicMatch[] {
  const { resources } = deps;
  const [tag] = language.tag({ document, tags: [], targets: [] }, resources);
  const prepared = prepareDocument(
    {
      title: document.title,
      text: document.text,
      site: hostOf(document.url),
      language: (tag?.value as LanguageTag | undefined)?.code ?? null,
      authorHandle: author?.handle ?? null,
      authorName: author?.name ?? null,
    },
    resources.morphology,
  );
  return topics.matcher.match(prepared);
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
  topics: CompiledTopics,
): Understood | null {
  try {
    const matches = matchTopics(deps, document, author, topics);
    const tags = understand({ document, targets: matches }, deps.resources);
    return { document, tags, mentions: toMentions(matches, tags, topics) };
  } catch (error) {
    deps.log.error({ err: error, document: document.id }, 'a document could not be understood');
    return null;
  }
}

async function save(tx: Db, { document, tags, mentions }: Understood, now: Date): Promise<void> {
  await replaceTags(tx, document.id, tags);
  await replaceMentions(tx, document.id, mentions, now);
  await touchDocuments(tx, [document.id], now);
  await recordStage(tx, 'understood', document.id, document.revision);
}

/** Tags and mentions become what taggers and topics say today; the next stage's job is part of the same transaction. */
export async function understandDocuments(
  deps: JobDeps,
  { documentIds }: { documentIds: readonly DocumentId[] },
): Promise<UnderstandSummary> {
  const topics = await deps.topics.current(deps.db);
  const documents = await getDocuments(deps.db, documentIds);
  const authors = new Map(
    (
      await getAuthors(
        deps.db,
        documents.flatMap((d) => d.authorId ?? []),
      )
    ).map((a) => [a.id, a]),
  );
  const understood = documents.flatMap((document) => {
    const author = document.authorId === null ? undefined : authors.get(document.authorId);
    return understandOne(deps, document, author, topics) ?? [];
  });
  if (understood.length === 0) return { documents: 0, mentions: 0 };
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    for (const one of understood) await save(tx, one, now);
    await deps.queue.send(tx, 'act', { documentIds: understood.map((one) => one.document.id) });
  });
  return {
    documents: understood.length,
    mentions: understood.reduce((sum, one) => sum + one.mentions.length, 0),
  };
}
