import type { CustomerRecord } from '../model/customer.ts';
import { addAudit } from '../store/audit.ts';
import type { ImportDeps } from './import-customers.ts';
import { rematchComplaints, saveInto } from './import-customers.ts';

/** What became of records that another program sent. */
export type SyncOutcome =
  | {
      saved: ReadonlyMap<string, { created: boolean }>;
      /** Left out: they were erased and are not to be collected again. */
      erased: ReadonlySet<string>;
    }
  /** External ids of customers who are not known and have no name to be added under: nothing was saved. */
  | { unknown: readonly string[] };

/** Records as other programs send them, some at a time. */
export interface CustomerSync {
  /** All of them or, where one cannot be, none. */
  save(records: readonly CustomerRecord[], actor: string): Promise<SyncOutcome>;
  /** Looks at earlier complaints now, if that is due. */
  close(): Promise<void>;
}

/** Who sends a thousand requests has earlier complaints looked at once. */
const REST_MS = 30_000;

class UnknownError extends Error {
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super('not known');
    this.ids = ids;
  }
}

export function createCustomerSync(
  deps: ImportDeps & { log: { error(fields: object, message: string): void } },
  restMs = REST_MS,
): CustomerSync {
  let timer: NodeJS.Timeout | null = null;

  async function rematch(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    await rematchComplaints(deps);
  }

  function rematchSoon(): void {
    if (timer) return;
    timer = setTimeout(() => {
      rematch().catch((error: unknown) =>
        deps.log.error({ err: error }, 'complaints could not be looked at again'),
      );
    }, restMs);
    timer.unref();
  }

  return {
    save: async (records, actor) => {
      try {
        const outcome = await deps.db.transaction(async (tx) => {
          const done = await saveInto(tx, deps, records);
          const { saved, erased } = done;
          const isTaken = (id: string): boolean => saved.has(id) || erased.has(id);
          const unknown = records.filter(({ externalId }) => !isTaken(externalId));
          if (unknown.length > 0) throw new UnknownError(unknown.map(({ externalId }) => externalId));
          const created = [...saved.values()].filter((one) => one.created).length;
          await addAudit(tx, {
            at: deps.clock.now(),
            actor,
            action: 'customers.synced',
            subject: 'customers',
            detail: { created, updated: saved.size - created },
          });
          return done;
        });
        rematchSoon();
        return outcome;
      } catch (error) {
        if (!(error instanceof UnknownError)) throw error;
        return { unknown: error.ids };
      }
    },
    close: async () => {
      if (timer) await rematch();
    },
  };
}
