import { InputError } from '../lib/errors.ts';
import type { Db } from '../store/db.ts';
import { countOutdated, hasOtherVersions } from '../store/outdated-tags.ts';
import {
  finishRematchRun,
  listRematchRuns,
  lockRematchRuns,
  newestRetag,
  startRematchRun,
  type Versions,
} from '../store/rematch-runs.ts';
import { taggerVersions } from '../understand/versions.ts';
import type { JobDeps } from './deps.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'queue' | 'log' | 'resources'>;
type Starting = Pick<Deps, 'queue' | 'clock' | 'resources'>;

export interface RetagStart {
  /** null: nothing is outdated. */
  run: number | null;
  versions: Versions;
  documents: number;
}

/** The versions of these kinds, or of all. Throws InputError naming those that there are. */
export function versionsOf(
  kinds: readonly string[] | null,
  { resources }: Pick<Deps, 'resources'>,
): Versions {
  const known = taggerVersions(resources);
  const unknown = (kinds ?? []).find((kind) => !known.has(kind));
  if (unknown !== undefined)
    throw new InputError([
      { at: '--kind', message: `there is no ${unknown}; kinds are ${[...known.keys()].join(', ')}` },
    ]);
  return Object.fromEntries([...known].filter(([kind]) => kinds?.includes(kind) ?? true));
}

interface Asked {
  versions: Versions;
  /** Only documents found since then. */
  since: Date | null;
}

/** Runs of the same kinds end, and what they still had to do goes along: tags are not made by two runs at once. */
async function takeOver(tx: Db, { versions, since }: Asked, { clock, resources }: Starting): Promise<Asked> {
  const now = clock.now();
  const runs = (await listRematchRuns(tx)).filter((run) =>
    Object.keys(run.versions ?? {}).some((kind) => kind in versions),
  );
  for (const run of runs) await finishRematchRun(tx, run.id, now);
  const kinds = new Set([
    ...runs.flatMap((run) => Object.keys(run.versions ?? {})),
    ...Object.keys(versions),
  ]);
  const known = taggerVersions(resources);
  const all = [...known].filter(([kind]) => kinds.has(kind));
  return {
    versions: Object.fromEntries(all),
    since: runs.some((run) => run.since === null) ? null : since,
  };
}

/** Starts to make outdated tags again in the background. The runs are locked. */
async function start(tx: Db, deps: Starting, asked: Asked): Promise<RetagStart> {
  const now = deps.clock.now();
  const { versions, since } = await takeOver(tx, asked, deps);
  const documents = await countOutdated(tx, { versions, since });
  const run = await startRematchRun(tx, { total: documents, versions, since }, now);
  if (documents === 0) return { run: null, versions, documents };
  await deps.queue.send(tx, 'rematch', { runId: run, after: 0 });
  return { run, versions, documents };
}

/** On request: of these kinds, of documents found since then. */
export async function requestRetag(tx: Db, deps: Starting, asked: Asked): Promise<RetagStart> {
  await lockRematchRuns(tx);
  return start(tx, deps, asked);
}

/** Of this kind there are tags of another version, or nobody has looked for documents without one since the version came. */
async function isOutdated(tx: Db, kind: string, version: string): Promise<boolean> {
  const newest = await newestRetag(tx, kind);
  const isLookedFor = newest?.versions?.[kind] === version;
  if (isLookedFor && newest?.finishedAt === null) return false;
  return !isLookedFor || (await hasOtherVersions(tx, kind, version));
}

/** At start-up: a program that tags otherwise than the one before it makes the tags of what is stored again. */
export async function retagOutdated(deps: Deps): Promise<RetagStart> {
  const known = taggerVersions(deps.resources);
  const started = await deps.db.transaction(async (tx) => {
    await lockRematchRuns(tx);
    const outdated: [string, string][] = [];
    for (const [kind, version] of known)
      if (await isOutdated(tx, kind, version)) outdated.push([kind, version]);
    if (outdated.length === 0) return { run: null, versions: {}, documents: 0 };
    return start(tx, deps, { versions: Object.fromEntries(outdated), since: null });
  });
  if (started.run !== null)
    deps.log.info({ ...started }, 'tags of an older version are made again in the background');
  return started;
}
