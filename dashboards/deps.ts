import type { Log } from '../src/lib/log.ts';
import type { SourceId } from '../src/model/ids.ts';
import type { Clock, Morphology } from '../src/model/ports.ts';
import type { Search } from '../src/search/search.ts';
import type { Database, Db } from '../src/store/db.ts';
import type { Queue } from '../src/store/queue.ts';

/** One check of `/readyz`. `message` says what to do when it is not ok. */
export interface HealthCheck {
  name: string;
  ok: boolean;
  message: string;
}

/** What pages work with; handed in by the composition root. */
export interface DashboardDeps {
  db: Database;
  queue: Queue;
  search: Search;
  morphology: Morphology;
  clock: Clock;
  log: Log;
  version: string;
  /** Address under which people reach us, without a slash at its end. */
  publicUrl: string;
  /** How many reverse proxies stand in front. */
  proxies: number;
  health(): Promise<HealthCheck[]>;
  /** What only jobs can do. */
  actions: {
    crawlNow(tx: Db, source: SourceId): Promise<void>;
    /** After a topic was changed: the past is matched again in the background. */
    rematch(tx: Db): Promise<void>;
  };
}
