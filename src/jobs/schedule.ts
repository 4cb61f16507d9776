import cron, { type ScheduledTask } from 'node-cron';
import { foldMentionHours } from '../store/analytics.ts';
import { vacuumTables } from '../store/vacuum.ts';
import { actOnDocuments } from './act.ts';
import { watchAlerts } from './alerts/watch.ts';
import { checkCanaryDocuments } from './canary-documents.ts';
import { escalateCases } from './cases/escalate.ts';
import { refreshCoverage } from './coverage.ts';
import { enqueueDueSources, visitClaimed } from './crawl.ts';
import { pullDue } from './crm/pull.ts';
import { readDueStatuses } from './crm/statuses.ts';
import { deliverDue } from './deliver.ts';
import type { JobDeps } from './deps.ts';
import { issueDueDigests } from './digests.ts';
import { anchorChain, enqueueLooks } from './evidence/keep.ts';
import { takeEvidence } from './evidence/take.ts';
import { createIndexState, indexBehind } from './index-documents.ts';
import { judgeGenericValues } from './links/judge-again.ts';
import { learnWhenDue } from './links/learn.ts';
import { shareBudget } from './next-visit.ts';
import { goOnWithPast } from './rematch.ts';
import { keepRecall } from './report-miss.ts';
import { issueDueReports } from './reports.ts';
import { goOnWithRun } from './rules/run.ts';
import { summariseAlerts } from './rules/summaries.ts';
import { drawWhenDue } from './scorecard/draw.ts';
import { checkCanaries, judgeSources } from './source-health.ts';
import { mendStories } from './stories/mend.ts';
import { forgetOld, recoverLostWork } from './tidy.ts';
import { understandDocuments } from './understand.ts';
import { scoreWhenDue } from './value/score-customers.ts';
import { keepSubscriptions } from './websub.ts';

interface Tick {
  name: string;
  /** With seconds. Ticks only look what is due: times stand in the store and survive restarts. */
  cron: string;
  run(deps: JobDeps): Promise<unknown>;
}

function ticks(): Tick[] {
  const index = createIndexState();
  return [
    { name: 'crawl', cron: '* * * * * *', run: enqueueDueSources },
    { name: 'deliver', cron: '* * * * * *', run: deliverDue },
    { name: 'crm', cron: '*/15 * * * * *', run: pullDue },
    { name: 'cases', cron: '*/20 * * * * *', run: readDueStatuses },
    { name: 'index', cron: '* * * * * *', run: (deps) => indexBehind(deps, index) },
    { name: 'digests', cron: '*/5 * * * * *', run: issueDueDigests },
    { name: 'reports', cron: '*/20 * * * * *', run: issueDueReports },
    { name: 'evidence', cron: '*/2 * * * * *', run: enqueueLooks },
    { name: 'alerts', cron: '20 * * * * *', run: summariseAlerts },
    { name: 'cases', cron: '*/20 * * * * *', run: escalateCases },
    { name: 'watch', cron: '*/15 * * * * *', run: watchAlerts },
    { name: 'budget', cron: '30 * * * * *', run: shareBudget },
    { name: 'recover', cron: '0 * * * * *', run: recoverLostWork },
    { name: 'health', cron: '30 * * * * *', run: judgeSources },
    { name: 'canaries', cron: '45 */10 * * * *', run: checkCanaries },
    { name: 'planted', cron: '50 * * * * *', run: checkCanaryDocuments },
    { name: 'recall', cron: '10 * * * * *', run: keepRecall },
    { name: 'coverage', cron: '20 */5 * * * *', run: refreshCoverage },
    { name: 'scorecard', cron: '40 */10 * * * *', run: drawWhenDue },
    { name: 'websub', cron: '15 * * * * *', run: keepSubscriptions },
    { name: 'stories', cron: '25 * * * * *', run: mendStories },
    { name: 'customers', cron: '5 * * * * *', run: scoreWhenDue },
    { name: 'values', cron: '35 * * * * *', run: judgeGenericValues },
    { name: 'anchor', cron: '55 7 * * * *', run: anchorChain },
    { name: 'learn', cron: '0 41 3 * * *', run: learnWhenDue },
    { name: 'fold', cron: '15 */5 * * * *', run: ({ db }) => foldMentionHours(db) },
    { name: 'forget', cron: '0 17 3 * * *', run: forgetOld },
    { name: 'vacuum', cron: '0 52 3 * * *', run: ({ db }) => vacuumTables(db) },
    { name: 'vacuum-grown', cron: '0 22 * * * *', run: ({ db }) => vacuumTables(db, { grown: true }) },
  ];
}

export interface Schedule {
  /** Ends the ticks and waits for those under way. */
  stop(): Promise<void>;
}

/** Starts the workers and the clock. `crawlers`: visits at the same time. */
export async function startSchedule(deps: JobDeps, options: { crawlers: number }): Promise<Schedule> {
  const { queue, log } = deps;
  await queue.work(
    'crawl',
    { concurrency: options.crawlers },
    async (data, signal) => void (await visitClaimed(deps, data, signal)),
  );
  await queue.work(
    'understand',
    { concurrency: 1 },
    async (data) => void (await understandDocuments(deps, data)),
  );
  await queue.work('act', { concurrency: 1 }, async (data) => void (await actOnDocuments(deps, data)));
  await queue.work('rematch', { concurrency: 1 }, async (data) => void (await goOnWithPast(deps, data)));
  await queue.work(
    'evidence',
    { concurrency: 2 },
    async (data, signal) => void (await takeEvidence(deps, data, signal)),
  );
  await queue.work('rule-run', { concurrency: 1 }, (data) => goOnWithRun(deps, data));

  const running = new Set<Promise<unknown>>();
  const tasks = ticks().map(({ name, cron: expression, run }): ScheduledTask => {
    const once = async (): Promise<void> => {
      const work = run(deps).catch((error: unknown) =>
        log.error({ err: error, tick: name }, 'a scheduled step failed and is tried again'),
      );
      running.add(work);
      await work;
      running.delete(work);
    };
    return cron.schedule(expression, once, { noOverlap: true, name, logger: quietLogger(log) } as never);
  });
  return {
    stop: async () => {
      for (const task of tasks) await task.destroy();
      await Promise.allSettled(running);
    },
  };
}

/** node-cron tells of ticks that were skipped because the last one still runs: that is meant. */
function quietLogger(log: JobDeps['log']) {
  const debug = (message: unknown): void => log.debug({ message: String(message) }, 'node-cron');
  return {
    info: debug,
    warn: debug,
    debug,
    error: (message: unknown) => log.error({ message: String(message) }, 'node-cron'),
  };
}
