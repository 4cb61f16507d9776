import type { Author, Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import type { KindTag, Tag } from '../model/tag.ts';
import type { TopicMatch } from '../query/matcher.ts';
import { getAuthors } from '../store/authors.ts';
import { correctionsInForce, type InForce } from '../store/corrections.ts';
import type { Db } from '../store/db.ts';
import { getDocuments } from '../store/documents.ts';
import { type NewMention, replaceMentionsOf, replaceTagsOf } from '../store/mentions.ts';
import { lockDocuments, recordStage, reopenActing, touchDocuments } from '../store/progress.ts';
import { type SourceName, sourceNames } from '../store/sources.ts';
import { applyCorrections } from '../understand/corrections.ts';
import { understandEach } from '../understand/understand.ts';
import { passes } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import { arrivalFacts, isOfficial, languageOf } from './document-facts.ts';
import { followModelInUse } from './models/follow.ts';
import { joinStories, prepareStories } from './stories/join.ts';
import { mentionOf } from './tagged-mention.ts';
import { toldOf } from './told-of.ts';
import type { CompiledTopics } from './topic-set.ts';

export interface UnderstandSummary {
  documents: number;
  mentions: number;
}

/** Topics are matched before the taggers run, since tone is told towards each of them; `lang:` needs the language before that. */
function matchTopics(
  deps: JobDeps,
  document: Document,
  { author, source, language, postKind }: Surroundings,
  topics: CompiledTopics,
): TopicMatch[] {
  const { resources } = deps;
  const isOwn = isOfficial(author, resources);
  const matches = topics.matcher.match({
    title: document.title,
    text: document.text,
    authorHandle: author?.handle ?? null,
    authorName: author?.name ?? null,
    facts: arrivalFacts(document, {
      source,
      language: language ?? languageOf(document, resources),
      isOfficial: isOwn,
      told: toldOf(document, isOwn, resources, postKind),
    }),
  });
  return matches.filter(({ key, spans }) => passes(topics.checks.get(key), document, spans));
}

function toMentions(
  matches: readonly TopicMatch[],
  tags: readonly Tag[],
  topics: CompiledTopics,
): NewMention[] {
  return matches.flatMap(({ key, spans }) => {
    const topic = topics.byKey.get(key);
    return topic ? mentionOf(topic, spans, tags) : [];
  });
}

interface Understood {
  document: Document;
  matches: TopicMatch[];
  /** As taggers gave them. */
  tags: Tag[];
}

/** What is known of a document beside its text. */
interface Surroundings {
  author: Author | undefined;
  source: SourceName | undefined;
  /** As people have corrected them; null: as they are told. */
  language: string | null;
  postKind: KindTag | null;
}

interface Matched {
  document: Document;
  matches: TopicMatch[];
  isOwn: boolean;
}

/** null when it cannot be read: one odd text must not hold up the others. It is tried again with lost work. */
function matchOne(
  deps: JobDeps,
  document: Document,
  surroundings: Surroundings,
  topics: CompiledTopics,
): Matched | null {
  try {
    const matches = matchTopics(deps, document, surroundings, topics);
    return { document, matches, isOwn: isOfficial(surroundings.author, deps.resources) };
  } catch (error) {
    refuse(deps, document, error);
    return null;
  }
}

/** Without those on which a tagger fails. */
function tagAll(deps: JobDeps, matched: readonly Matched[]): Understood[] {
  const texts = matched.map(({ document, matches, isOwn }) => ({
    document,
    targets: matches,
    isOfficial: isOwn,
  }));
  const tagged = understandEach(texts, deps.resources);
  return matched.flatMap(({ document, matches }, at) => {
    const tags = tagged[at] ?? [];
    if (!(tags instanceof Error)) return [{ document, matches, tags }];
    refuse(deps, document, tags);
    return [];
  });
}

function refuse({ log }: JobDeps, { id }: Document, error: unknown): void {
  log.error({ err: error, document: id }, 'a document could not be understood');
}

/** What people have said of their tags counts, as it stands now that nobody else can change it. Returns how many mentions there are. */
async function save(
  tx: Db,
  understood: readonly Understood[],
  corrections: readonly InForce[],
  topics: CompiledTopics,
  now: Date,
): Promise<number> {
  const tags = new Map<DocumentId, Tag[]>();
  const mentions = new Map<DocumentId, NewMention[]>();
  for (const { document, matches, tags: told } of understood) {
    const own = corrections.filter(({ documentId }) => documentId === document.id);
    const corrected = applyCorrections(told, own);
    tags.set(document.id, corrected);
    mentions.set(document.id, toMentions(matches, corrected, topics));
  }
  await replaceTagsOf(tx, tags, null);
  await replaceMentionsOf(tx, mentions, now);
  const documents = understood.map(({ document }) => document);
  await recordStage(tx, 'understood', documents, now);
  return [...mentions.values()].flat().length;
}

/**
 * Those that still are as they were read, in one transaction with the next stage's job. null when topics have changed
 * since: looked at behind the lock, so that the rematch that follows a change either sees our rows or comes after us. There is no next
 * stage for what is past.
 */
function saveAll(
  deps: JobDeps,
  understood: readonly Understood[],
  topics: CompiledTopics,
  isPast: boolean,
): Promise<UnderstandSummary | null> {
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
    const corrections = await correctionsInForce(tx, ids);
    const mentions = await save(tx, fresh, corrections, topics, now);
    const carriers = fresh.map(({ document }) => document);
    await joinStories(deps.db, tx, carriers, now);
    await touchDocuments(tx, ids, now);
    const news = isPast ? [] : ids;
    await reopenActing(tx, news);
    if (news.length > 0) await deps.queue.send(tx, 'act', { documentIds: news });
    return { documents: fresh.length, mentions };
  });
}

/** What topics can ask for, as people have said it of the whole document. */
function saidOfWhole(
  corrections: readonly InForce[],
  id: DocumentId,
): Pick<Surroundings, 'language' | 'postKind'> {
  const said = (kind: string) =>
    corrections.find((one) => one.documentId === id && one.kind === kind && one.target === '')?.after;
  const language = said('language');
  const postKind = said('kind');
  return {
    language: language ? (language.code as string) : null,
    postKind: postKind ? { kind: postKind.kind as KindTag['kind'], confidence: 1 } : null,
  };
}

/** Tags and mentions become what taggers and topics say today, and people have said. */
export async function understandDocuments(
  deps: JobDeps,
  { documentIds, isPast = false }: { documentIds: readonly DocumentId[]; isPast?: boolean },
): Promise<UnderstandSummary> {
  await followModelInUse(deps);
  for (;;) {
    const topics = await deps.topics.current(deps.db);
    const documents = await getDocuments(deps.db, documentIds);
    const authorIds = documents.flatMap((d) => d.authorId ?? []);
    const authors = new Map((await getAuthors(deps.db, authorIds)).map((a) => [a.id as number, a]));
    const sources = await sourceNames(
      deps.db,
      documents.map((document) => document.sourceId),
    );
    const corrections = await correctionsInForce(deps.db, documentIds);
    const matched = documents.flatMap((document) => {
      const source = sources.get(document.sourceId);
      const author = authors.get(document.authorId ?? 0);
      const said = saidOfWhole(corrections, document.id);
      return matchOne(deps, document, { author, source, ...said }, topics) ?? [];
    });
    const understood = tagAll(deps, matched);
    await prepareStories(deps.db, deps.clock.now());
    const saved = await saveAll(deps, understood, topics, isPast);
    if (saved !== null) return saved;
  }
}
