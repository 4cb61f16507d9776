import { join, resolve } from 'node:path';
import type { Environment } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import type { Log } from '../lib/log.ts';
import type { Clock, TagResources } from '../model/ports.ts';
import { findBinary } from '../search/binary.ts';
import { createMeilisearch, type SearchIndex } from '../search/meilisearch.ts';
import { type MeiliProcess, startMeilisearch } from '../search/process.ts';
import type { Search } from '../search/search.ts';
import type { Database } from '../store/db.ts';
import { openSearch } from './store-search.ts';

export interface Searching {
  search: Search;
  index: SearchIndex | null;
  /** Our child, when we run one. */
  process: MeiliProcess | null;
  close(): Promise<void>;
}

interface Parts {
  config: Config;
  env: Environment;
  db: Database;
  resources: TagResources;
  clock: Clock;
  log: Log;
  /** False for commands and for one of several processes: they use a running Meilisearch, and do not start one. */
  mayStart: boolean;
}

const REMEDY =
  'Search answers from the database meanwhile. For Meilisearch set MEILI_URL, put `meilisearch` on the PATH, or use compose.yaml.';

interface Server {
  url: string;
  key: string;
  process: MeiliProcess | null;
}

/** Order of choice: MEILI_URL, then a binary of our own to run. A string: why there is none. */
async function findServer({ config, env, log, mayStart }: Parts): Promise<Server | string> {
  const { mode, url, master_key: key = '', binary: named, max_memory: maxMemoryBytes } = config.search;
  if (mode === 'off') return 'Meilisearch is switched off (search.mode: off).';
  if (url) return { url, key, process: null };
  if (!mayStart)
    return 'There is no Meilisearch here: processes that share a database share one by MEILI_URL.';
  const folder = resolve(config.store.folder);
  const binary = await findBinary({ named, path: env.PATH ?? '', cacheFolder: join(folder, 'bin') });
  if ('missing' in binary) return `Meilisearch was not found: ${binary.missing}. ${REMEDY}`;
  const process = await startMeilisearch({
    binary: binary.path,
    folder: join(folder, 'meilisearch'),
    maxMemoryBytes,
    log,
  });
  return { url: process.url, key: process.key, process };
}

export async function openSearching(parts: Parts): Promise<Searching> {
  const { config, db, log } = parts;
  const server = await findServer(parts);
  if (typeof server === 'string') {
    if (parts.mayStart) log.warn(server);
    return {
      search: openSearch(db, server, parts),
      index: null,
      process: null,
      close: async () => undefined,
    };
  }
  const index = createMeilisearch({
    url: server.url,
    key: server.key,
    index: config.search.index,
  });
  return {
    search: openSearch(db, index, parts),
    index,
    process: server.process,
    close: async () => {
      await index.close();
      await server.process?.stop();
    },
  };
}
