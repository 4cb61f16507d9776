import { readOpml, writeOpml } from '../extract/opml.ts';
import { isPublicTarget } from '../fetch/target.ts';
import { errorCode, errorMessage, InputError, RefusedError } from '../lib/errors.ts';
import type { OpmlImport, OpmlLine, OpmlReason } from '../model/opml-import.ts';
import { addAudit } from '../store/audit.ts';
import type { Database, Db } from '../store/db.ts';
import { listSources } from '../store/sources.ts';
import { takenSourceKeys } from '../store/user-sources.ts';
import { createFirstVisits } from './first-visits.ts';
import { addSource, type ManageSourcesDeps } from './manage-sources.ts';

/** Lines that are saved together: others wait no longer than for these. */
const BATCH = 200;

const WORDS: Record<OpmlReason, string> = {
  repeated: 'stands in the file more than once',
  scheme: 'only http and https addresses are watched',
  address: 'this is not a web address',
  private: 'the address leads into a private network; allow it with crawl.allow_private if you mean it',
  port: 'no web site answers at this port',
  credentials: 'the address holds a password; take it out',
  kind: 'this kind of source cannot be watched by its address alone',
};

const BY_CODE: Readonly<Record<string, OpmlReason>> = {
  'refused-scheme': 'scheme',
  'refused-address': 'private',
  'refused-port': 'port',
  'refused-credentials': 'credentials',
  'bad-address': 'address',
};

type Line = Pick<OpmlLine, 'name' | 'url'>;

function refused({ name, url }: Line, reason: OpmlReason, said = ''): OpmlLine {
  return { name, url, outcome: 'refused', reason, message: said || WORDS[reason] };
}

/** Of what is no http address. */
function reasonOf(url: string): OpmlReason {
  return /^\s*[a-z][a-z0-9+.-]*:/i.test(url) ? 'scheme' : 'address';
}

/**
 * Watches every address of an OPML text and says of each line what became of it; what cannot be watched loses nothing else. First
 * visits are spread, so that neither a site nor what is watched already waits for a long list. Again, it adds nothing.
 * @throws InputError when it is no OPML
 */
export async function importOpml(
  deps: ManageSourcesDeps & { db: Database },
  text: string,
  actor: string,
): Promise<OpmlImport> {
  const { entries, mistakes, repeats } = readOpml(text);
  const visits = createFirstVisits(deps.clock.now());
  const taken = await takenSourceKeys(deps.db);
  const lines: OpmlLine[] = mistakes.map((line) => refused(line, reasonOf(line.url)));
  for (let from = 0; from < entries.length; from += BATCH)
    await deps.db.transaction(async (tx) => {
      for (const entry of entries.slice(from, from + BATCH))
        lines.push(await addEntry({ ...deps, visits, taken }, tx, entry));
    });
  lines.push(
    ...repeats.map(
      ({ name, url }): OpmlLine => ({
        name,
        url,
        outcome: 'known',
        reason: 'repeated',
        message: WORDS.repeated,
      }),
    ),
  );
  const counts = countOutcomes(lines);
  const at = deps.clock.now();
  await addAudit(deps.db, { at, actor, action: 'sources.imported', subject: 'sources', detail: counts });
  return { lines, ...counts, lastVisitAt: visits.last() };
}

interface Adding extends ManageSourcesDeps {
  visits: ReturnType<typeof createFirstVisits>;
  taken: Set<string>;
}

async function addEntry(
  { visits, taken, ...deps }: Adding,
  tx: Db,
  { url, name, kind = 'feed' }: Line & { kind?: string },
): Promise<OpmlLine> {
  try {
    if (!isPublicTarget(url, deps.allowPrivate ?? [])) return refused({ name, url }, 'private');
    const draft = { kind, url, name, firstVisitAt: visits.next(url) };
    const { key, isKnown } = await addSource(deps, tx, draft, taken);
    if (!isKnown) visits.take(url);
    return { name, url, key, outcome: isKnown ? 'known' : 'added' };
  } catch (error) {
    if (error instanceof RefusedError) return refused({ name, url }, BY_CODE[errorCode(error)] ?? 'address');
    if (error instanceof InputError) return refused({ name, url }, 'kind', errorMessage(error));
    throw error;
  }
}

function countOutcomes(lines: readonly OpmlLine[]): Record<OpmlLine['outcome'], number> {
  const counts = { added: 0, known: 0, refused: 0 };
  for (const { outcome } of lines) counts[outcome] += 1;
  return counts;
}

/** Every source that is watched, for other programs; kinds of our own are kept for our own import. */
export async function exportOpml(db: Db, now: Date): Promise<{ text: string; count: number }> {
  const sources = (await listSources(db)).filter(({ enabled }) => enabled);
  const entries = sources.map(({ url, name, kind }) => ({ url, name, kind }));
  return { text: writeOpml('Molva', entries, now), count: entries.length };
}
