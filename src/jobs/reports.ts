import type { ReportEdges } from '../act/report/collect.ts';
import { issueReport } from '../act/report/issue.ts';
import { nextReportAt, type ReportSettings, type ScheduledKind } from '../act/report/schedule.ts';
import { type DigestRecipient, lockDueReport, scheduleReport } from '../store/digests.ts';
import type { JobDeps } from './deps.ts';
import { createDigestTalk } from './talk/digest-talk.ts';

export function reportEdges(deps: Pick<JobDeps, 'casePolicy' | 'resources'>): ReportEdges {
  const { dashboardUrl } = deps.casePolicy;
  return { dashboardUrl, talkOf: createDigestTalk(deps.resources.morphology) };
}

function settingsOf(recipient: DigestRecipient, kind: ScheduledKind): ReportSettings {
  const on = (kind === 'weekly' ? recipient.weeklyOn : recipient.monthlyOn) ?? 1;
  return { at: recipient.sendAt, zone: recipient.zone, on };
}

/** After a standstill only the newest report that has come due is written, as with digests. */
function lastDue(kind: ScheduledKind, settings: ReportSettings, first: Date, now: Date): Date {
  let due = first;
  for (let next = first; next <= now; next = nextReportAt(kind, settings, next)) due = next;
  return due;
}

async function issueNext(
  deps: JobDeps,
  kind: ScheduledKind,
  edges: ReportEdges,
  tried: string[],
): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const recipient = await lockDueReport(tx, kind, now, tried);
    if (!recipient) return false;
    tried.push(recipient.key);
    const settings = settingsOf(recipient, kind);
    const first = (kind === 'weekly' ? recipient.weeklyAt : recipient.monthlyAt) ?? now;
    const dueAt = lastDue(kind, settings, first, now);
    await issueReport(tx, recipient, { kind, settings, dueAt }, edges, now);
    await scheduleReport(tx, recipient.key, kind, nextReportAt(kind, settings, now));
    return true;
  });
}

/** Writes every report whose time has come. One that fails is left for the next tick and does not hold up the others. */
export async function issueDueReports(deps: JobDeps): Promise<number> {
  const edges = reportEdges(deps);
  let issued = 0;
  for (const kind of ['weekly', 'monthly'] as const) {
    const tried: string[] = [];
    for (;;) {
      const before = tried.length;
      try {
        if (!(await issueNext(deps, kind, edges, tried))) break;
        issued += 1;
      } catch (error) {
        if (tried.length === before) throw error;
        deps.log.error({ err: error, kind }, 'a report could not be written, it is tried again');
      }
    }
  }
  return issued;
}
