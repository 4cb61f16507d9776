import { readingBy } from '../../extract/reading.ts';
import { backoffMs } from '../../lib/backoff.ts';
import { errorCode, PermanentError, RetryLaterError } from '../../lib/errors.ts';
import type { CaseId, DocumentId } from '../../model/ids.ts';
import type { Page } from '../../model/ports.ts';
import { getAuthors } from '../../store/authors.ts';
import type { Db } from '../../store/db.ts';
import { getDocument } from '../../store/documents.ts';
import { addRecords, type NewRecord } from '../../store/evidence-chain.ts';
import { beginLook, endLook, holdLook, type Look, nextLook } from '../../store/evidence-looks.ts';
import { getSource } from '../../store/sources.ts';
import { findSuppressed } from '../../store/suppressions.ts';
import type { JobDeps } from '../deps.ts';
import { comparePage, readableOn } from './compare-page.ts';
import { crawledRecords, goneRecord, isNotedGone, type KnownText, knownText } from './note-crawled.ts';
import { editRecord, failureRecord, pageRecords, type Scene, seenRecord, withheld } from './page-records.ts';
import { peopleOnPage } from './people-on-page.ts';

export type EvidenceDeps = Pick<JobDeps, 'db' | 'clock' | 'log' | 'fetchFor' | 'read' | 'vault'>;

/** For the page and its picture, waiting for the host's turn included. */
const LOOK_LIMIT_MS = 150_000;
/** 1, 2, 4, 8, 16, 30 minutes: about an hour. */
const MOST_RETRIES = 6;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 30 * 60_000;

/** What one look brought. */
interface Outcome {
  records: NewRecord[];
  readable?: Look['readable'];
  /** Keyed hashes of those who stand on the page. */
  people: string[];
}

async function fetchPage(
  deps: EvidenceDeps,
  { document, source }: Scene,
  signal: AbortSignal,
): Promise<Page> {
  const fetch = deps.fetchFor(signal, source ?? undefined, { isForEvidence: true });
  const page = await fetch(document.url);
  if (!page)
    throw new PermanentError(
      'broken-answer',
      'The site answered that nothing has changed, which nobody asked.',
    );
  return page;
}

async function lookAgain(
  deps: EvidenceDeps,
  scene: Scene,
  page: Page,
  known: KnownText,
  readable: 'exact' | 'words',
): Promise<NewRecord[]> {
  const { caseId, document, at } = scene;
  const wasGone = await isNotedGone(deps.db, caseId, document);
  const finding = await comparePage(readingBy(deps), page, { document, known: known.text, readable }, at);
  const noted = (kind: 'deletion' | 'returned') => goneRecord(kind, caseId, document, 'look', at);
  if (finding.what === 'edit')
    return [...(await pageRecords(scene, page)), await editRecord(scene, page, finding)];
  if (finding.what === 'gone' && !wasGone) return [...(await pageRecords(scene, page)), noted('deletion')];
  // What the crawler holds for gone it will find again itself.
  const isBack = finding.what === 'seen' && wasGone && document.deletedAt === null;
  if (isBack) return [...(await pageRecords(scene, page)), noted('returned')];
  return [seenRecord(scene, page)];
}

async function lookAt(deps: EvidenceDeps, look: Look, scene: Scene, signal: AbortSignal): Promise<Outcome> {
  const { document, at } = scene;
  const page = await fetchPage(deps, scene, signal);
  const [author = null] = document.authorId === null ? [] : await getAuthors(deps.db, [document.authorId]);
  const read = readingBy(deps);
  const people = await peopleOnPage(read, deps.vault, page, author, at);
  const known = await knownText(deps.db, scene.caseId, document);
  if (known && look.readable !== null && look.readable !== 'no')
    return { people, records: await lookAgain(deps, scene, page, known, look.readable) };
  if (look.readable !== null) return { people, records: [seenRecord(scene, page)] };
  const readable = await readableOn(read, page, document, known?.text ?? document.text, at);
  return { people, records: await pageRecords(scene, page), readable };
}

/** All that the look brought and the plan of the next one: both or neither. Pages on which somebody stands who was erased are not kept. */
async function save(
  db: Db,
  look: Look,
  { records, people = [] }: Partial<Outcome>,
  next: Parameters<typeof endLook>[2],
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const isForbidden = (await findSuppressed(tx, people)).size > 0;
    if (!(await endLook(tx, look, next))) return false;
    await addRecords(tx, isForbidden ? withheld(records ?? []) : (records ?? []));
    return true;
  });
}

function retryAt(error: unknown, attempts: number, now: Date): Date | null {
  const isOver = attempts >= MOST_RETRIES;
  if (!(error instanceof RetryLaterError) || isOver) return null;
  const delay = backoffMs(attempts + 1, FIRST_RETRY_MS, LONGEST_RETRY_MS);
  return new Date(now.getTime() + Math.max(delay, Math.min(error.delayMs ?? 0, LONGEST_RETRY_MS)));
}

function tooSlow(cause: unknown): RetryLaterError {
  return new RetryLaterError('timeout', 'The page took too long.', { cause });
}

/** What the crawler has noticed, before anything is asked of the site. False: the look is nobody's any more. */
async function saveCrawled(
  { db }: EvidenceDeps,
  look: Look,
  { document, source, at }: Scene,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await holdLook(tx, look))) return false;
    await addRecords(tx, await crawledRecords(tx, look.caseId, document, source, at));
    return true;
  });
}

async function sceneOf({ db, clock }: EvidenceDeps, look: Look): Promise<Scene | null> {
  const document = await getDocument(db, look.documentId);
  if (!document) return null;
  const source = await getSource(db, document.sourceId);
  return { caseId: look.caseId, document, source, attempts: look.attempts + 1, at: clock.now() };
}

export type Taken = 'nothing' | 'taken' | 'later';

/** What follows from a look that brought no page. */
async function saveFailure(deps: EvidenceDeps, look: Look, scene: Scene, error: unknown): Promise<Taken> {
  const again = retryAt(error, look.attempts, scene.at);
  if (again) {
    const isOurs = await save(deps.db, look, {}, { dueAt: again, attempts: look.attempts + 1 });
    return isOurs ? 'later' : 'nothing';
  }
  const record = failureRecord(scene, error);
  deps.log.info({ case: look.caseId, code: errorCode(error) }, 'a page could not be taken as evidence');
  const next = { dueAt: nextLook(look.startedAt, scene.at), attempts: 0 };
  return (await save(deps.db, look, { records: [record] }, next)) ? 'taken' : 'nothing';
}

/**
 * Looks at the page behind a complaint, if that is due: what the crawler has noticed meanwhile, the page, what became of the text. Never throws for what
 * the page does: that it is gone, forbidden or broken is a record itself. What may be otherwise soon is tried again for an hour.
 */
export async function takeEvidence(
  deps: EvidenceDeps,
  job: { caseId: CaseId; documentId: DocumentId },
  stop: AbortSignal,
  limitMs: number = LOOK_LIMIT_MS,
): Promise<Taken> {
  const look = await beginLook(deps.db, job, deps.clock.now());
  const scene = look && (await sceneOf(deps, look));
  if (!look || !scene || !(await saveCrawled(deps, look, scene))) return 'nothing';
  const limit = AbortSignal.timeout(limitMs);
  try {
    const outcome = await lookAt(deps, look, scene, AbortSignal.any([stop, limit]));
    const { readable } = outcome;
    const next = { dueAt: nextLook(look.startedAt, scene.at), attempts: 0, readable };
    return (await save(deps.db, look, outcome, next)) ? 'taken' : 'nothing';
  } catch (error) {
    // Due again at once, whoever does it.
    if (stop.aborted)
      return (await save(deps.db, look, {}, { dueAt: scene.at, attempts: look.attempts }))
        ? 'later'
        : 'nothing';
    return saveFailure(deps, look, scene, limit.aborted ? tooSlow(error) : error);
  }
}
