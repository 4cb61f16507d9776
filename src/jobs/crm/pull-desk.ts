import { errorCode } from '../../lib/errors.ts';
import type { Crm } from '../../model/ports.ts';
import { listPulls, type PullKind } from '../../store/crm-pulls.ts';
import type { JobDeps } from '../deps.ts';
import type { CrmPlan } from './plan.ts';
import { type PullSummary, pullNow } from './pull.ts';

type DeskDeps = Parameters<typeof pullNow>[0] & Pick<JobDeps, 'crmPlans'>;

/** A reading that somebody asked for. */
export interface PullWork {
  startedAt: Date;
  /** What is being read now; null: it has ended. */
  now: PullKind | null;
  /** Those of the store when it began. */
  before: number;
  /** Taken in since then. */
  records: number;
  done: Partial<Record<PullKind, PullSummary>>;
  /** Why it ended early; `stopped`: the program was. */
  error: unknown;
}

/** Readings in the background, one for each CRM. */
export interface PullDesk {
  /** False: one is under way, or there is nothing to read. */
  start(key: string): Promise<boolean>;
  /** The last one that was asked for since the program started. */
  look(key: string): Promise<PullWork | null>;
  close(): Promise<void>;
}

const KINDS = ['customers', 'purchases'] as const;

/** What can be read: as configured, or all where nothing is. */
export function pullKinds(plan: CrmPlan, crm: Crm | undefined): PullKind[] {
  const able = { customers: crm?.pullCustomers, purchases: crm?.pullPurchases };
  return KINDS.filter((kind) => able[kind] && (plan.pulls.length === 0 || plan.pulls.includes(kind)));
}

export function createPullDesk(deps: DeskDeps): PullDesk {
  const works = new Map<string, PullWork>();
  const running = new Set<Promise<void>>();
  const stop = new AbortController();

  async function takenIn(key: string): Promise<number> {
    const pulls = await listPulls(deps.db);
    return pulls.filter(({ endpoint }) => endpoint === key).reduce((sum, { records }) => sum + records, 0);
  }

  async function run(plan: CrmPlan, kinds: readonly PullKind[], work: PullWork): Promise<void> {
    try {
      for (const kind of kinds) {
        work.now = kind;
        const summary = await pullNow(deps, plan, kind, { anyway: true, signal: stop.signal });
        if (summary) work.done[kind] = summary;
      }
    } catch (error) {
      work.error = error;
      deps.log.warn({ endpoint: plan.key, code: errorCode(error) }, 'a CRM could not be read');
    } finally {
      work.now = null;
    }
  }

  return {
    start: async (key) => {
      const plan = deps.crmPlans.find((one) => one.key === key);
      const kinds = plan ? pullKinds(plan, deps.delivery.crms.get(key)) : [];
      if (!plan || !kinds[0] || works.get(key)?.now) return false;
      const work: PullWork = {
        startedAt: deps.clock.now(),
        now: kinds[0],
        before: 0,
        records: 0,
        done: {},
        error: null,
      };
      // Before anything is awaited: a second click finds it.
      works.set(key, work);
      work.before = await takenIn(key);
      const ended = run(plan, kinds, work).finally(() => running.delete(ended));
      running.add(ended);
      return true;
    },
    look: async (key) => {
      const work = works.get(key);
      return work ? { ...work, records: (await takenIn(key)) - work.before } : null;
    },
    close: async () => {
      stop.abort(new Error('the program stops'));
      await Promise.all(running);
    },
  };
}
