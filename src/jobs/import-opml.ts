import { readOpml, writeOpml } from '../extract/opml.ts';
import { errorMessage, InputError } from '../lib/errors.ts';
import { addAudit } from '../store/audit.ts';
import type { Database, Db } from '../store/db.ts';
import { listSources } from '../store/sources.ts';
import { addSource, type ManageSourcesDeps } from './manage-sources.ts';

export interface OpmlImport {
  added: number;
  /** Addresses that were watched before. */
  known: number;
  mistakes: { name: string; url: string; message: string }[];
}

const BAD_ADDRESS = 'this is not an http(s) address';

/**
 * Watches every address of an OPML text; what cannot be is listed and the rest is taken. Again, it adds nothing.
 * @throws InputError when it is no OPML
 */
export async function importOpml(
  deps: ManageSourcesDeps & { db: Database },
  text: string,
  actor: string,
): Promise<OpmlImport> {
  const { entries, mistakes } = readOpml(text);
  const result: OpmlImport = {
    added: 0,
    known: 0,
    mistakes: mistakes.map((mistake) => ({ ...mistake, message: BAD_ADDRESS })),
  };
  await deps.db.transaction(async (tx) => {
    for (const { url, name, kind = 'feed' } of entries) {
      try {
        const { isKnown } = await addSource(deps, tx, { kind, url, name });
        result[isKnown ? 'known' : 'added'] += 1;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        result.mistakes.push({ name, url, message: errorMessage(error) });
      }
    }
    const detail = { added: result.added, known: result.known, mistakes: result.mistakes.length };
    const at = deps.clock.now();
    await addAudit(tx, { at, actor, action: 'sources.imported', subject: 'sources', detail });
  });
  return result;
}

/** Every source that is watched, for other programs; kinds of our own are kept for our own import. */
export async function exportOpml(db: Db, now: Date): Promise<{ text: string; count: number }> {
  const sources = (await listSources(db)).filter(({ enabled }) => enabled);
  const entries = sources.map(({ url, name, kind }) => ({ url, name, kind }));
  return { text: writeOpml('Molva', entries, now), count: entries.length };
}
