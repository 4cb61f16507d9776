import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinStories, prepareStories } from '../../src/jobs/stories/join.ts';
import { storyIndexOf } from '../../src/jobs/stories/story-index.ts';
import type { SourceId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocuments } from '../../src/store/documents.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { saveDocuments } from '../../src/store/save-documents.ts';
import { findSourceByKey, syncSources } from '../../src/store/sources.ts';
import { printTable, type Row, timed } from '../report.ts';
import { createStream } from './arrivals.ts';

const BATCH = 50;
const MEASURED = 1000;
const NOW = new Date(Date.UTC(2026, 0, 10));

async function openSource(db: Database): Promise<SourceId> {
  await migrate(db, NOW);
  const source = { key: 'bench', kind: 'feed', name: 'bench', url: 'https://example.org/' };
  const schedule = { kind: 'fixed' as const };
  await syncSources(db, [{ ...source, settings: {}, everyMs: 1e6, schedule, enabled: true }], NOW);
  return (await findSourceByKey(db, 'bench'))?.id as SourceId;
}

/** Stores a batch; returns the time that finding its stories took of the wall and of this process. */
async function arrive(
  db: Database,
  source: SourceId,
  from: number,
  next: () => string,
): Promise<{ ms: number; cpuMs: number }> {
  const found = Array.from({ length: BATCH }, (_, at) => ({
    externalId: String(from + at),
    url: `https://example.org/${from + at}`,
    kind: 'post' as const,
    text: next(),
  }));
  const ids = await db.transaction((tx) => saveDocuments(tx, source, found, NOW));
  const documents = await getDocuments(db, ids);
  return timed(async () => {
    await prepareStories(db, NOW);
    await db.transaction((tx) => joinStories(db, tx, documents, NOW));
  });
}

async function fillAndMeasure(kind: string, db: Database, levels: readonly number[]): Promise<Row[]> {
  const source = await openSource(db);
  const next = createStream(11);
  const rows: Row[] = [];
  let count = 0;
  for (const level of levels) {
    for (; count < level - MEASURED; count += BATCH) await arrive(db, source, count, next);
    const sum = { ms: 0, cpuMs: 0 };
    for (const until = count + MEASURED; count < until; count += BATCH) {
      const { ms, cpuMs } = await arrive(db, source, count, next);
      sum.ms += ms;
      sum.cpuMs += cpuMs;
    }
    const fresh = { ...db };
    const reading = await timed(() => prepareStories(fresh, NOW));
    rows.push({
      store: kind,
      documents: level,
      'wall ms/document': sum.ms / MEASURED,
      'CPU ms/document': sum.cpuMs / MEASURED,
      'index MB': storyIndexOf(db).fingerprints.size().bytes / 1e6,
      'read after a start, s': reading.ms / 1000,
    });
  }
  return rows;
}

/** With the store: PGlite runs in this process, so its work counts; PostgreSQL's own does not (set DATABASE_URL to a database to be filled). */
export async function benchStoredArrivals(): Promise<void> {
  const most = Number(process.argv[4] ?? 20_000);
  const levels = [10_000, 20_000, 100_000, 1_000_000].filter((level) => level <= most);
  const folder = mkdtempSync(join(tmpdir(), 'molva-bench-'));
  const pglite = await openPglite(join(folder, 'pglite'));
  const rows = await fillAndMeasure('PGlite', pglite, levels);
  await pglite.close();
  rmSync(folder, { recursive: true });
  const url = process.env.DATABASE_URL;
  if (url !== undefined) {
    const postgres = await openPostgres(url, (error) => console.error(error));
    rows.push(...(await fillAndMeasure('PostgreSQL', postgres, levels)));
    await postgres.close();
  }
  console.log(
    `An arrival, in the store: the same, with reading candidates and writing, in batches of ${BATCH}`,
  );
  printTable(rows);
}
