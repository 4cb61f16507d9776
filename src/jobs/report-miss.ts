import { backoffMs } from '../lib/backoff.ts';
import { errorCode, InputError } from '../lib/errors.ts';
import type { TopicId } from '../model/ids.ts';
import type { MissClosing, MissTrace } from '../model/recall.ts';
import { addAudit } from '../store/audit.ts';
import { findByPage } from '../store/document-address.ts';
import { listMentions } from '../store/mentions.ts';
import {
  addMiss,
  claimDueMisses,
  claimMissesToLookFor,
  getMiss,
  type Miss,
  saveTrace,
} from '../store/recall-misses.ts';
import { findTopicByKey } from '../store/topics.ts';
import type { JobDeps } from './deps.ts';
import {
  type MissReport,
  type PastedReport,
  readReport,
  reportKey,
  type TraceDeps,
} from './recall/report.ts';
import { traceMiss } from './trace-miss.ts';

const MINUTE = 60_000;
/** How soon a site is asked again, and how seldom at last. */
const SOONEST_MS = 10 * MINUTE;
const SELDOMEST_MS = 7 * 24 * 60 * MINUTE;
/** One trace: the person waits for the first one. */
export const TRACE_LIMIT_MS = 25_000;
/** How often the store is searched for what is open, and how many entries at a time. */
const LOOK_MS = 5 * MINUTE;
const LOOKS = 100;
const TRACES = 5;

/** Late is not missed, unless that was what was reported. */
function closingOf({ cause }: MissTrace, before: Miss | null): MissClosing | null {
  if (before === null) return cause === 'caught' ? 'was-there' : null;
  const isCaught = cause === 'caught' || (cause === 'too-late' && before.cause !== 'too-late');
  return isCaught ? 'caught' : null;
}

/** Nothing changes by itself about what was found late. */
function nextTrace({ cause }: MissTrace, traces: number, now: Date): Date | null {
  return cause === 'too-late' ? null : new Date(now.getTime() + backoffMs(traces, SOONEST_MS, SELDOMEST_MS));
}

async function topicIdOf(deps: TraceDeps, { topic }: MissReport): Promise<TopicId | null> {
  if (topic === null) return null;
  const found = await findTopicByKey(deps.db, topic);
  if (!found) throw new InputError([{ at: 'topic', message: `there is no topic "${topic}"` }]);
  return found.id;
}

/** Traces a post without noting it down. @throws InputError */
export async function traceReport(
  deps: TraceDeps,
  pasted: PastedReport,
  signal: AbortSignal,
): Promise<MissTrace> {
  const report = readReport(pasted);
  await topicIdOf(deps, report);
  return traceMiss(deps, report, signal);
}

/** Traces a miss and notes it in the ledger. Returns its number there. @throws InputError */
export async function reportMiss(
  deps: TraceDeps,
  pasted: PastedReport,
  by: string,
  signal: AbortSignal,
): Promise<{ id: number; trace: MissTrace }> {
  const report = readReport(pasted);
  const topicId = await topicIdOf(deps, report);
  const trace = await traceMiss(deps, report, signal);
  const id = await noteMiss(deps, report, topicId, trace, by);
  return { id, trace };
}

/** Into the ledger. The audit names the entry, not the address. */
export async function noteMiss(
  deps: TraceDeps,
  report: MissReport,
  topicId: TopicId | null,
  trace: MissTrace,
  by: string,
): Promise<number> {
  const now = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    const miss = {
      address: trace.address ?? '',
      text: report.text ?? '',
      reportKey: reportKey(report),
      topicId,
      sourceId: report.canaryOf,
      reportedBy: by,
      trace,
      closing: closingOf(trace, null),
      nextTraceAt: nextTrace(trace, 1, now),
    };
    const id = await addMiss(tx, miss, now);
    await addAudit(tx, { at: now, actor: by, action: 'miss.reported', subject: `miss:${id}` });
    return id;
  });
}

function reportOf({ address, text, topicKey, sourceId }: Miss): MissReport {
  return {
    address: address === '' ? null : address,
    otherAddress: null,
    text: text === '' ? null : text,
    topic: topicKey,
    canaryOf: sourceId,
  };
}

/** Traces an entry again; caught, it closes itself. Closed ones are only traced. null: there is no such entry. */
export async function retraceMiss(
  deps: TraceDeps,
  id: number,
  signal: AbortSignal,
): Promise<MissTrace | null> {
  const miss = await getMiss(deps.db, id);
  if (!miss) return null;
  const trace = await traceMiss(deps, reportOf(miss), signal);
  const now = deps.clock.now();
  const closing = closingOf(trace, miss);
  await saveTrace(deps.db, id, trace, { closing, nextTraceAt: nextTrace(trace, miss.traces + 1, now) }, now);
  return trace;
}

/**
 * Cheap, because it is asked of every open entry every few minutes: is the page there by its address, and a mention of it? Words are
 * looked for when the entry is traced again; planted posts are looked for by a job of their own.
 */
async function isInStore({ db }: TraceDeps, miss: Miss): Promise<boolean> {
  if (miss.address === '' || miss.sourceId !== null) return false;
  const mentions = await listMentions(db, await findByPage(db, miss.address));
  return mentions.some(({ topicId }) => miss.topicId === null || topicId === miss.topicId);
}

/** Searches the store for what is open: what was caught meanwhile closes itself. No site is asked. Returns how many were closed. */
export async function closeCaughtMisses(deps: JobDeps): Promise<number> {
  const now = deps.clock.now();
  const before = new Date(now.getTime() - LOOK_MS);
  let closed = 0;
  for (const miss of await claimMissesToLookFor(deps.db, now, before, LOOKS)) {
    if (!(await isInStore(deps, miss))) continue;
    const trace = await traceMiss(deps, reportOf(miss), new AbortController().signal, { ask: false });
    const closing = closingOf(trace, miss);
    if (closing && (await saveTrace(deps.db, miss.id, trace, { closing, nextTraceAt: null }, now)))
      closed += 1;
  }
  return closed;
}

/** Traces open entries whose time has come, ever more rarely. One that fails does not hold up the others. */
export async function retraceDueMisses(deps: JobDeps): Promise<number> {
  const now = deps.clock.now();
  const lease = new Date(now.getTime() + SOONEST_MS);
  const due = await claimDueMisses(deps.db, now, lease, TRACES);
  for (const { id } of due) {
    try {
      await retraceMiss(deps, id, AbortSignal.timeout(TRACE_LIMIT_MS));
    } catch (error) {
      // What is wrong with a site is part of the trace: this is a mistake of ours.
      deps.log.error({ miss: id, code: errorCode(error) }, 'a missed post could not be traced again');
    }
  }
  return due.length;
}

/** What keeps the ledger up to date. */
export async function keepRecall(deps: JobDeps): Promise<number> {
  const closed = await closeCaughtMisses(deps);
  return closed + (await retraceDueMisses(deps));
}
