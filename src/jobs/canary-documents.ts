import { errorCode, InputError } from '../lib/errors.ts';
import type { Document } from '../model/document.ts';
import { addAudit } from '../store/audit.ts';
import {
  type CanaryDocument,
  claimCanaries,
  linkCanaryMiss,
  plantCanary,
  recordCanaryFound,
  recordCanaryMissed,
} from '../store/canary-documents.ts';
import { findSourceByKey } from '../store/sources.ts';
import type { JobDeps } from './deps.ts';
import { findStored } from './recall/find-stored.ts';
import { type MissReport, readReport, type TraceDeps } from './recall/report.ts';
import { noteMiss, retraceMiss, TRACE_LIMIT_MS } from './report-miss.ts';
import { traceMiss } from './trace-miss.ts';

const HOUR = 3_600_000;
const LOOK_MS = 60_000;
const BATCH = 50;
const MOST_HOURS = 24 * 90;
const MOST_WORDS = 500;

export interface PlantedCanary {
  /** Key of the source that is to bring it. */
  source: string;
  /** Of the post, or… */
  address: string;
  /** …words that stand in it. */
  words: string;
  withinHours: number;
}

/** Plants a post that its source must bring within some hours. @throws InputError */
export async function plantCanaryDocument(
  deps: Pick<TraceDeps, 'db' | 'clock'>,
  { source: key, address, words, withinHours }: PlantedCanary,
  by: string,
): Promise<number> {
  const source = await findSourceByKey(deps.db, key);
  if (!source) throw new InputError([{ at: 'source', message: `there is no source "${key}"` }]);
  if (!(withinHours >= 1 && withinHours <= MOST_HOURS))
    throw new InputError([{ at: 'hours', message: `from 1 to ${MOST_HOURS} hours` }]);
  if (words.length > MOST_WORDS)
    throw new InputError([{ at: 'words', message: `at most ${MOST_WORDS} characters` }]);
  const report = readReport({ address, text: words, topic: null });
  const canary = {
    sourceId: source.id,
    address: report.address ?? '',
    words: report.text ?? '',
    withinMs: Math.round(withinHours * HOUR),
    plantedBy: by,
  };
  const now = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    const id = await plantCanary(tx, canary, now);
    await addAudit(tx, { at: now, actor: by, action: 'canary.planted', subject: `source:${source.id}` });
    return id;
  });
}

function reportOf({ address, words, sourceId }: CanaryDocument): MissReport {
  return {
    address: address === '' ? null : address,
    otherAddress: null,
    text: words === '' ? null : words,
    topic: null,
    canaryOf: sourceId,
  };
}

/** The time is up: traced, and noted in the ledger as if a person had reported it. Once. */
async function noteMissed(deps: JobDeps, canary: CanaryDocument): Promise<void> {
  const report = reportOf(canary);
  const trace = await traceMiss(deps, report, AbortSignal.timeout(TRACE_LIMIT_MS));
  if (!(await recordCanaryMissed(deps.db, canary.id, deps.clock.now()))) return;
  await linkCanaryMiss(deps.db, canary.id, await noteMiss(deps, report, null, trace, 'canary'));
}

/** A visit that was under way at the last look may have stored since what bears an earlier time. */
const MARGIN_MS = 15 * 60_000;

/** The entry that it opened closes with it. */
async function noteFound(deps: JobDeps, canary: CanaryDocument, document: Document): Promise<void> {
  await recordCanaryFound(deps.db, canary.id, document.id, document.foundAt);
  if (canary.missId !== null) await retraceMiss(deps, canary.missId, AbortSignal.timeout(TRACE_LIMIT_MS));
}

async function look(deps: JobDeps, canary: CanaryDocument): Promise<void> {
  const { address, words, sourceId, plantedAt, withinMs, missedAt, checkedAt } = canary;
  const sought = {
    addresses: address === '' ? [] : [address],
    text: words === '' ? null : words,
    sources: [sourceId],
    only: sourceId,
    since: checkedAt && new Date(checkedAt.getTime() - MARGIN_MS),
  };
  const { stored } = await findStored(deps.db, sought, deps.clock.now());
  if (stored && stored.hasWords !== false) return noteFound(deps, canary, stored.document);
  const isLate = deps.clock.now().getTime() > plantedAt.getTime() + withinMs;
  if (isLate && missedAt === null) await noteMissed(deps, canary);
}

/** Looks in the store for the canaries that have not come yet. Returns how many were looked for. */
export async function checkCanaryDocuments(deps: JobDeps): Promise<number> {
  const now = deps.clock.now();
  const due = await claimCanaries(deps.db, now, new Date(now.getTime() - LOOK_MS), BATCH);
  for (const canary of due) {
    try {
      await look(deps, canary);
    } catch (error) {
      deps.log.error({ canary: canary.id, code: errorCode(error) }, 'a planted post could not be looked for');
    }
  }
  return due.length;
}
