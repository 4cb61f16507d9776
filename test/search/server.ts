import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinary } from '../../src/search/binary.ts';
import { createMeilisearch, type SearchIndex } from '../../src/search/meilisearch.ts';
import { type MeiliProcess, startMeilisearch } from '../../src/search/process.ts';
import { log } from '../jobs/worker.ts';

/** Shared by all test files: the copy that is checked is 131 MB. */
const CACHE = join(tmpdir(), 'molva-test-bin');

/** A path, or '' where there is no Meilisearch for this platform. */
export async function meilisearchBinary(): Promise<string> {
  const found = await findBinary({
    named: process.env.MEILI_BINARY,
    path: process.env.PATH ?? '',
    cacheFolder: CACHE,
  });
  if ('path' in found) return found.path;
  process.stderr.write(`The tests of Meilisearch are left out: ${found.missing}\n`);
  return '';
}

export interface TestServer {
  process: MeiliProcess;
  folder: string;
  /** Another index of its own name. */
  open(name: string): Promise<SearchIndex>;
  stop(): Promise<void>;
}

export async function startTestServer(binary: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-meili-'));
  const server = await startMeilisearch({ binary, folder, maxMemoryBytes: 100 * 2 ** 20, log });
  const indexes: SearchIndex[] = [];
  return {
    process: server,
    folder,
    open: async (name) => {
      const index = createMeilisearch({ url: server.url, key: server.key, index: name });
      indexes.push(index);
      return index;
    },
    stop: async () => {
      for (const index of indexes) await index.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
