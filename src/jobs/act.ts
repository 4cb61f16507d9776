import { actOnComplaint } from '../act/cases/open.ts';
import type { IdentityLink } from '../model/customer.ts';
import type { Author, Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import { levelOf } from '../model/tag.ts';
import type { Topic } from '../model/topic.ts';
import { noteActed } from '../store/alerts.ts';
import { getAuthors } from '../store/authors.ts';
import { getCustomers } from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { getDocuments } from '../store/documents.ts';
import { listMentions } from '../store/mentions.ts';
import { lockDocuments, recordStage } from '../store/progress.ts';
import { listTopics } from '../store/topics.ts';
import type { JobDeps } from './deps.ts';
import type { Audience } from './events/subscriptions.ts';
import { tellOfMentions } from './events/tell-mentions.ts';
import { isRecent } from './is-recent.ts';
import { linkAuthors } from './link-author.ts';
import { inForce, type Subject, type Use, useRules } from './rules/use-rules.ts';

export interface ActSummary {
  documents: number;
  casesOpened: number;
}

/** Opens the cases of one document, save for mentions in the basket. Returns how many. */
async function openCases(
  tx: Db,
  deps: JobDeps,
  document: Document,
  author: Author,
  link: IdentityLink,
  topics: ReadonlyMap<number, Topic>,
  audience: Audience,
): Promise<number> {
  const now = deps.clock.now();
  if (!isRecent(document, deps.casePolicy.withinMs, now)) return 0;
  const [customer] = await getCustomers(tx, [link.customerId]);
  let opened = 0;
  for (const mention of await listMentions(tx, [document.id])) {
    const topic = topics.get(mention.topicId);
    // A case is work for somebody: of what only may be a complaint a person is told elsewhere.
    const isSure = levelOf(mention.complaint) === 'alert';
    const isMeant = isSure && mention.status !== 'not_us' && mention.basketAt === null;
    if (!customer || !topic || !isMeant) continue;
    const complaint = { mention, topic, document, author, customer, link };
    const endpoints = audience.of(mention.id, 'complaints');
    const outcome = await actOnComplaint(tx, complaint, deps.casePolicy, endpoints, now);
    if (outcome?.kind === 'open') opened += 1;
  }
  return opened;
}

/**
 * Those that there is something to do with, locked: not what was changed or deleted meanwhile or is not yet understood as it stands;
 * understanding it hands it over again.
 */
async function lockReady(tx: Db, subjects: readonly Subject[]): Promise<Subject[]> {
  const locked = await lockDocuments(
    tx,
    subjects.map(({ document }) => document.id),
  );
  const ready = locked.filter(({ revision, understood }) => understood >= revision);
  const revisions = new Map(ready.map(({ id, revision }) => [id, revision]));
  return subjects.filter(({ document }) => revisions.get(document.id) === document.revision);
}

/** All that follows from documents, in one transaction. */
function actOnAll(
  deps: JobDeps,
  subjects: readonly Subject[],
  topics: ReadonlyMap<number, Topic>,
  rules: Use,
): Promise<ActSummary> {
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const ready = await lockReady(tx, subjects);
    const written = ready.flatMap(({ document, author }) => (author ? { document, author } : []));
    const links = await linkAuthors(tx, deps, written);
    await useRules(tx, deps, rules, ready);
    let casesOpened = 0;
    for (const { document, author } of ready) {
      const link = links.get(document.id) ?? null;
      const audience = await deps.subscriptions.audienceOf(tx, document.id, now);
      if (author && link) casesOpened += await openCases(tx, deps, document, author, link, topics, audience);
      await tellOfMentions(tx, deps, { document, author, link }, topics, audience);
    }
    const documents = ready.map(({ document }) => document);
    await noteActed(
      tx,
      documents.map(({ id }) => id),
      now,
    );
    await recordStage(tx, 'acted', documents, now);
    return { documents: ready.length, casesOpened };
  });
}

/**
 * Matches authors to customers, holds mentions against the rules and opens cases for the complaints of those that are known: all documents
 * together, and when that fails each on its own, so that one does not hold up the others.
 */
export async function actOnDocuments(
  deps: JobDeps,
  { documentIds }: { documentIds: readonly DocumentId[] },
): Promise<ActSummary> {
  const documents = await getDocuments(deps.db, documentIds);
  const authorIds = documents.flatMap((d) => d.authorId ?? []);
  const authors = new Map((await getAuthors(deps.db, authorIds)).map((a) => [a.id as number, a]));
  const topics = new Map((await listTopics(deps.db)).map((topic) => [topic.id as number, topic]));
  const rules = inForce(await deps.rules.current(deps.db), deps);
  const subjects = documents.map((document) => ({
    document,
    author: authors.get(document.authorId ?? 0) ?? null,
  }));
  try {
    return await actOnAll(deps, subjects, topics, rules);
  } catch (error) {
    if (subjects.length < 2) throw error;
    deps.log.warn({ err: error }, 'documents could not be acted on together; each is tried on its own');
  }
  return actOnEach(deps, subjects, topics, rules);
}

async function actOnEach(
  deps: JobDeps,
  subjects: readonly Subject[],
  topics: ReadonlyMap<number, Topic>,
  rules: Use,
): Promise<ActSummary> {
  const summary: ActSummary = { documents: 0, casesOpened: 0 };
  let failed: unknown = null;
  for (const subject of subjects) {
    try {
      const { documents, casesOpened } = await actOnAll(deps, [subject], topics, rules);
      summary.documents += documents;
      summary.casesOpened += casesOpened;
    } catch (error) {
      deps.log.error({ err: error, document: subject.document.id }, 'a document could not be acted on');
      failed = error;
    }
  }
  // The others are done; the job is tried again for this one.
  if (failed) throw failed;
  return summary;
}
