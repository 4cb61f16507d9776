import type { SourceActions } from '../../dashboards/deps.ts';
import { discover } from '../jobs/discover.ts';
import type { DiscoverDeps } from '../jobs/discovery-search.ts';
import { exportOpml, importOpml } from '../jobs/import-opml.ts';
import {
  addSource,
  type ManageSourcesDeps,
  mendSource,
  removeSource,
  rescheduleSource,
} from '../jobs/manage-sources.ts';
import { previewCandidate } from '../jobs/preview.ts';
import { assessSource } from '../jobs/source-health.ts';
import type { LookWithSelectors } from '../jobs/try-selectors.ts';
import type { Clock } from '../model/ports.ts';
import type { Database } from '../store/db.ts';

interface ActionParts {
  db: Database;
  clock: Clock;
  discovery: DiscoverDeps;
  manage: ManageSourcesDeps;
  lookWithSelectors: LookWithSelectors;
  /** By the hubs of WebSub. */
  isReachable: boolean;
}

/** What the dashboard does with sources, by the jobs that it may not import. */
export function sourceActions(parts: ActionParts): SourceActions {
  const { db, clock, discovery, manage, lookWithSelectors, isReachable } = parts;
  return {
    isReachable,
    discover: (address, signal) => discover(discovery, address, signal),
    preview: (chosen, signal) => previewCandidate(discovery, { ...chosen, settings: {} }, signal),
    lookWithSelectors,
    add: (tx, chosen) => addSource(manage, tx, chosen),
    change: (tx, source, change) => rescheduleSource(manage, tx, source, change),
    mend: (tx, source, settings) => mendSource(manage, tx, source, settings),
    remove: async (tx, source) => void (await removeSource(manage, tx, source)),
    importOpml: (text, actor) => importOpml({ ...manage, db }, text, actor),
    exportOpml: async () => (await exportOpml(db, clock.now())).text,
    assess: (id) => assessSource(db, id, clock.now()),
  };
}
