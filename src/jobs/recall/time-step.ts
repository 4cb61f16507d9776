import type { Document } from '../../model/document.ts';
import type { MissFix } from '../../model/recall.ts';
import type { Source } from '../../model/source.ts';
import { firstFoundAt } from '../../store/source-places.ts';
import type { Covering } from './covering.ts';
import { type Finding, passed } from './finding.ts';
import type { TraceDeps } from './report.ts';
import { makeStep } from './words.ts';

const HOUR = 3_600_000;
/** Later than that, and than some intervals, is late for an answer in public. */
const LATE_MS = 3 * HOUR;
const INTERVALS = 3;
const SOONEST_MS = 5 * 60_000;

/** What was there when we first came had waited for us to come at all. */
async function wasBefore(deps: TraceDeps, { sourceId, foundAt, publishedAt }: Document): Promise<boolean> {
  const first = await firstFoundAt(deps.db, sourceId);
  if (!first || !publishedAt) return false;
  return publishedAt < first || foundAt.getTime() <= first.getTime() + HOUR;
}

/** Twice as often, where that is for us to say and not often already. */
function soonerBy({ key, origin, schedule, everyMs }: Source): MissFix {
  const wanted = Math.max(SOONEST_MS, Math.round(everyMs / 2));
  if (origin === 'config' || schedule.kind === 'cron' || wanted >= everyMs)
    return { kind: 'look-at-source', source: key };
  return { kind: 'shorten-interval', source: key, schedule: schedule.kind, everyMs: wanted };
}

/** Was it found in time? */
export async function timeStep(
  deps: TraceDeps,
  document: Document | null,
  covering: Covering | null,
): Promise<Finding> {
  if (!document || !covering) return passed(makeStep('skipped', 'time.skipped'));
  const { publishedAt, foundAt } = document;
  if (!publishedAt) return passed(makeStep('unknown', 'time.unknown'));
  const { source, health } = covering;
  const tookMs = Math.max(0, foundAt.getTime() - publishedAt.getTime());
  const facts = {
    tookMs,
    everyMs: source.everyMs,
    ...(health.delayMs === null ? {} : { usualMs: Math.round(health.delayMs) }),
  };
  if (await wasBefore(deps, document)) return passed(makeStep('ok', 'time.before', { facts }));
  if (tookMs <= Math.max(LATE_MS, INTERVALS * source.everyMs))
    return passed(makeStep('ok', 'time.ok', { facts }));
  return {
    step: makeStep('failed', 'time.late', { values: { source: source.name }, facts }),
    cause: 'too-late',
    fix: soonerBy(source),
  };
}
