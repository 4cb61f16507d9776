import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTalk } from '../src/jobs/talk/read-talk.ts';
import { loadMorphology } from '../src/lib/morphology.ts';
import type { TopicId } from '../src/model/ids.ts';
import type { Database } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { syncSources } from '../src/store/sources.ts';
import { saveTopic } from '../src/store/topics.ts';
import { makePosts } from './posts.ts';
import { printTable, type Row, timed } from './report.ts';

const NOW = new Date(Date.UTC(2026, 0, 30));
const WEEK_MS = 7 * 86_400_000;
const LEVELS = [1000, 10_000, 100_000];
const BATCH = 5000;
const WORDS = 40;
const SENTIMENT = { label: 'neutral', score: 0, confidence: 1 };

/** So many posts of the newest week, and as many of the week before, all of them mentions of one topic. */
async function fill(db: Database, topic: TopicId, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += BATCH) {
    const texts = makePosts(Math.min(BATCH, to - at) * 2, WORDS, at + 1).map(({ text }) => text);
    await db.query(
      `with made as (insert into documents (source_id, external_id, url, kind, text, published_at, found_at, updated_at, content_hash)
         select s.id, $1 || '-' || p.place, 'https://example.org/', 'post', p.text, $2::timestamptz - (p.place / $4::float8) * interval '14 days',
           $2, $2, '' from unnest($3::text[]) with ordinality as p(text, place), sources s returning id)
       insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at)
       select id, $5, '[]', $6::jsonb, '{"isComplaint": false}', $2 from made`,
      [String(at), NOW, texts, texts.length, topic, JSON.stringify(SENTIMENT)],
    );
  }
}

/** What people talk about, of so many mentions a week, from the embedded database. */
export async function benchTalk(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-bench-'));
  const db = await openPglite(folder);
  const morphology = await loadMorphology();
  const rows: Row[] = [];
  try {
    await migrate(db, NOW);
    const source = { key: 'bench', kind: 'feed', name: 'bench', url: 'https://example.org/' };
    const schedule = { kind: 'fixed' as const };
    await syncSources(db, [{ ...source, settings: {}, everyMs: 1e6, schedule, enabled: true }], NOW);
    const { id } = await saveTopic(db, { key: 'bench', name: 'bench', query: 'bench' }, 'user', NOW);
    let filled = 0;
    for (const level of LEVELS) {
      await fill(db, id, filled, level);
      filled = level;
      await db.script('analyze');
      const ask = { topic: { id, name: 'bench' }, from: new Date(NOW.getTime() - WEEK_MS), to: NOW };
      const { value, ms, cpuMs } = await timed(() => readTalk(db, morphology, { ...ask, by: 'said' }));
      rows.push({
        'mentions a week': value.period.mentions,
        read: value.period.read + value.before.read,
        'new phrases': value.fresh?.length ?? 'none',
        'wall ms': ms,
        'CPU ms': cpuMs,
      });
    }
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
  printTable(rows);
}
