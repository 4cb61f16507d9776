import { actOnComplaint } from '../act/cases/open.ts';
import type { IdentityLink } from '../model/customer.ts';
import type { Author, Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import { levelOf } from '../model/tag.ts';
import type { Topic } from '../model/topic.ts';
import { noteActed } from '../store/alerts.ts';
import { getCustomers } from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { getAuthors, getDocuments } from '../store/documents.ts';
import { listMentions } from '../store/mentions.ts';
import { lockDocuments, recordStage } from '../store/progress.ts';
import { listTopics } from '../store/topics.ts';
import type { JobDeps } from './deps.ts';
import type { Audience } from './events/subscriptions.ts';
import { tellOfMentions } from './events/tell-mentions.ts';
import { isRecent } from './is-recent.ts';
import { linkAuthor } from './link-author.ts';
import { inForce, type Use, useRules } from './rules/use-rules.ts';

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
 * All that follows from one document, in one transaction. null: nothing to do, because it was changed or deleted
 * meanwhile or is not yet understood as it stands; understanding it hands it over again.
 */
function actOnDocument(
  deps: JobDeps,
  document: Document,
  author: Author | undefined,
  topics: ReadonlyMap<number, Topic>,
  rules: Use,
): Promise<number | null> {
  return deps.db.transaction(async (tx) => {
    const [state] = await lockDocuments(tx, [document.id]);
    if (state?.revision !== document.revision || state.understood < state.revision) return null;
    const link = author ? await linkAuthor(tx, deps, author, document) : null;
    await useRules(tx, deps, rules, [{ document, author: author ?? null }]);
    const audience = await deps.subscriptions.audienceOf(tx, document.id, deps.clock.now());
    const opened = author && link ? await openCases(tx, deps, document, author, link, topics, audience) : 0;
    await tellOfMentions(tx, deps, { document, author: author ?? null, link }, topics, audience);
    await noteActed(tx, document.id, deps.clock.now());
    await recordStage(tx, 'acted', document.id, document.revision, deps.clock.now());
    return opened;
  });
}

/**
 * Matches authors to customers, holds mentions against the rules and opens cases for the complaints of those that are known. Each document on its own: one
 * that fails does not hold up the others.
 */
export async function actOnDocuments(
  deps: JobDeps,
  { documentIds }: { documentIds: readonly DocumentId[] },
): Promise<ActSummary> {
  const summary: ActSummary = { documents: 0, casesOpened: 0 };
  const documents = await getDocuments(deps.db, documentIds);
  const authorIds = documents.flatMap((d) => d.authorId ?? []);
  const authors = new Map((await getAuthors(deps.db, authorIds)).map((a) => [a.id as number, a]));
  const topics = new Map((await listTopics(deps.db)).map((topic) => [topic.id as number, topic]));
  const rules = inForce(await deps.rules.current(deps.db), deps);
  let failed: unknown = null;
  for (const document of documents) {
    const author = authors.get(document.authorId ?? 0);
    try {
      const opened = await actOnDocument(deps, document, author, topics, rules);
      if (opened === null) continue;
      summary.casesOpened += opened;
      summary.documents += 1;
    } catch (error) {
      deps.log.error({ err: error, document: document.id }, 'a document could not be acted on');
      failed = error;
    }
  }
  // The others are done; the job is tried again for this one.
  if (failed) throw failed;
  return summary;
}
