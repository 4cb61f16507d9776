import type { Author, Document } from '../model/document.ts';
import type { DocumentId, TopicId } from '../model/ids.ts';
import type { Target } from '../model/ports.ts';
import type { Tag } from '../model/tag.ts';
import type { Mention } from '../model/topic.ts';
import { getAuthors } from '../store/authors.ts';
import { correctionsInForce } from '../store/corrections.ts';
import type { Db } from '../store/db.ts';
import { getDocuments } from '../store/documents.ts';
import { listMentions, replaceTagsOf, saveMentions, tagsOfDocuments } from '../store/mentions.ts';
import { lockDocuments, reopenActing, touchDocuments } from '../store/progress.ts';
import { sendDocuments } from '../store/queue.ts';
import { listTopics } from '../store/topics.ts';
import { applyCorrections, taggersValue } from '../understand/corrections.ts';
import { understandAgain } from '../understand/understand.ts';
import { ASKED_BY_TOPICS } from './asked-by-topics.ts';
import type { JobDeps } from './deps.ts';
import { isOfficial } from './document-facts.ts';
import { isRecent } from './is-recent.ts';
import { mentionOf } from './tagged-mention.ts';

type Deps = Pick<JobDeps, 'clock' | 'queue' | 'log' | 'resources'>;

/** What is found in a post that is older is no news: nobody is alerted or gets a case because a tagger has learnt. */
const NEWS_MS = 24 * 3_600_000;

/** A document as it was understood. */
export interface Retaggable {
  document: Document;
  /** As taggers gave them. */
  stored: Tag[];
  author: Author | undefined;
  /** With the key of their topics. */
  mentions: (Mention & { key: string })[];
}

const WITHOUT_TOPIC = '';

/** Those of `ids` that are understood as they stand. With `tx` locked nobody changes them meanwhile. */
export async function readRetaggable(
  db: Db,
  ids: readonly DocumentId[],
): Promise<Map<DocumentId, Retaggable>> {
  const keys = new Map<TopicId, string>((await listTopics(db)).map(({ id, key }) => [id, key]));
  const tags = await tagsOfDocuments(db, ids);
  const mentions = await listMentions(db, ids);
  const documents = await getDocuments(db, ids);
  const authors = await getAuthors(
    db,
    documents.flatMap(({ authorId }) => authorId ?? []),
  );
  return new Map(
    documents.map((document) => {
      const own = (tags.get(document.id) ?? []).map((tag) => ({ ...tag, value: taggersValue(tag) }));
      const stored = own.map(({ corrected: _, ...tag }: Tag) => tag);
      const named = mentions
        .filter(({ documentId }) => documentId === document.id)
        .map((mention) => ({ ...mention, key: keys.get(mention.topicId) ?? WITHOUT_TOPIC }))
        // One that is only kept because somebody works on it has no tags: its topic does not match any more.
        .filter(({ key }) => stored.some(({ target }) => target === key && target !== WITHOUT_TOPIC));
      const author = authors.find(({ id }) => id === document.authorId);
      return [document.id, { document, author, stored, mentions: named }];
    }),
  );
}

/** Tags of some kinds as they would be made now; null when a tagger fails on the text: one odd text must not hold up the others. */
export function tagAgain(
  { resources, log }: Pick<Deps, 'resources' | 'log'>,
  { document, author, stored, mentions }: Retaggable,
  kinds: ReadonlySet<string>,
): Tag[] | null {
  const targets = mentions.map(({ key, spans }): Target => ({ key, spans }));
  try {
    const text = { document, targets, isOfficial: isOfficial(author, resources) };
    return understandAgain(text, stored, kinds, resources);
  } catch (error) {
    log.error({ err: error, document: document.id }, 'a document could not be tagged again');
    return null;
  }
}

/** Do they say something else, whoever has said it in which version? */
function isChange(before: readonly Tag[], after: readonly Tag[]): boolean {
  const said = (tags: readonly Tag[]): string =>
    JSON.stringify(tags.map(({ kind, target, value }) => [`${kind} ${target}`, sorted(value)]).sort());
  return said(before) !== said(after);
}

function isAskedByTopics({ kind }: Tag): boolean {
  return ASKED_BY_TOPICS.has(kind);
}

/** The database gives the fields of a value in an order of its own. */
function sorted(value: unknown): unknown {
  return value && typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    : value;
}

/** What hangs on the tags in mentions follows. */
async function saveDerived(
  tx: Db,
  { document, mentions }: Retaggable,
  tags: readonly Tag[],
  now: Date,
): Promise<void> {
  const derived = mentions.map(({ topicId, key, spans }) => mentionOf({ id: topicId, key }, spans, tags));
  await saveMentions(tx, document.id, derived, now);
}

/** Those of `elsewhere` are understood again, which hands them on to be acted on; others that are news are acted on at once. */
async function handOn(
  tx: Db,
  { clock, queue }: Deps,
  changed: readonly Document[],
  elsewhere: ReadonlySet<DocumentId>,
): Promise<void> {
  const now = clock.now();
  const [news, past]: [DocumentId[], DocumentId[]] = [[], []];
  for (const document of changed) (isRecent(document, NEWS_MS, now) ? news : past).push(document.id);
  const isElsewhere = (id: DocumentId): boolean => elsewhere.has(id);
  await reopenActing(tx, news);
  await sendDocuments(
    queue,
    tx,
    'act',
    news.filter((id) => !isElsewhere(id)),
  );
  await sendDocuments(queue, tx, 'understand', news.filter(isElsewhere));
  const pastElsewhere = past.filter(isElsewhere);
  if (pastElsewhere.length > 0)
    await queue.send(tx, 'understand', { documentIds: pastElsewhere, isPast: true });
}

/**
 * Tags of some kinds of these documents become what taggers say today, and what hangs on them in mentions. Other kinds, people's words,
 * rules' and mentions' numbers stay; only what is news is acted on. Texts that topics may find otherwise now are understood again. In the
 * caller's transaction. Returns how many say something else.
 */
export async function retagDocuments(
  tx: Db,
  deps: Deps,
  ids: readonly DocumentId[],
  kinds: ReadonlySet<string>,
): Promise<number> {
  const locked = await lockDocuments(tx, ids);
  const ready = locked.filter(({ revision, understood }) => revision === understood).map(({ id }) => id);
  const read = await readRetaggable(tx, ready);
  const corrections = await correctionsInForce(tx, ready);
  const now = deps.clock.now();
  const changed: Document[] = [];
  const elsewhere = new Set<DocumentId>();
  const made = new Map<DocumentId, Tag[]>();
  for (const one of read.values()) {
    const { document, stored } = one;
    const fresh = tagAgain(deps, one, kinds);
    if (!fresh) continue;
    const others = stored.filter(({ kind }) => !kinds.has(kind));
    const own = corrections.filter(({ documentId }) => documentId === document.id);
    const tags = applyCorrections([...others, ...fresh], own);
    made.set(
      document.id,
      tags.filter(({ kind }) => kinds.has(kind)),
    );
    const before = stored.filter(({ kind }) => kinds.has(kind));
    if (!isChange(before, fresh)) continue;
    changed.push(document);
    if (isChange(before.filter(isAskedByTopics), fresh.filter(isAskedByTopics))) elsewhere.add(document.id);
    await saveDerived(tx, one, tags, now);
  }
  await replaceTagsOf(tx, made, [...kinds]);
  await touchDocuments(
    tx,
    changed.map(({ id }) => id),
    now,
  );
  await handOn(tx, deps, changed, elsewhere);
  return changed.length;
}
