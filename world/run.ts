import { writeFileSync } from 'node:fs';
import { crawlSource } from '../src/jobs/crawl.ts';
import type { JobDeps } from '../src/jobs/deps.ts';
import { shareBudget } from '../src/jobs/next-visit.ts';
import { understandDocuments } from '../src/jobs/understand.ts';
import { nextDocumentIds } from '../src/store/documents.ts';
import { claimDueSources, listSources, syncSources } from '../src/store/sources.ts';
import { askWorld, type Blogosphere, loadScore, startBlogosphere, type WorldSite } from './blogosphere.ts';
import { openDeps } from './deps.ts';
import { readItems } from './items.ts';
import { describeMisses } from './misses.ts';
import { readOptions, type WorldOptions } from './options.ts';
import { comparePaces } from './pace.ts';
import { recognise } from './recognise.ts';

/** How often each source is looked at on average, in world time. */
const EVERY_MS = 60 * 60_000;
const SOONEST_MS = 10 * 60_000;
const LATEST_MS = 12 * 60 * 60_000;

async function watch(deps: JobDeps, sites: readonly WorldSite[]): Promise<void> {
  const definitions = [];
  for (const site of sites) {
    const { kind, settings } = await recognise(deps, site);
    definitions.push({
      key: site.id,
      name: site.id,
      kind,
      settings,
      url: site.host + site.entry,
      enabled: true,
      everyMs: EVERY_MS,
      schedule: { kind: 'adaptive' as const, minMs: SOONEST_MS, maxMs: LATEST_MS },
    });
    console.log(`${site.id.padEnd(8)} ${site.engine.padEnd(12)} is read as ${kind}`);
  }
  await syncSources(deps.db, definitions, deps.clock.now());
}

/** Visits everything that is due, each site by itself and all at the same time. */
async function round(deps: JobDeps): Promise<number> {
  const due = await deps.db.transaction((tx) => claimDueSources(tx, deps.clock.now(), 1000));
  const stop = new AbortController().signal;
  await shareBudget(deps);
  await Promise.all(due.map((sourceId) => crawlSource(deps, { sourceId }, stop)));
  return due.length;
}

async function live(deps: JobDeps, blogosphere: Blogosphere, { ticks, step }: WorldOptions): Promise<void> {
  const started = performance.now();
  for (let at = 0; ; at += step) {
    const visits = await round(deps);
    if (at % 20 === 0) {
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`tick ${blogosphere.state.tick} of ${ticks}, ${visits} visits, ${seconds} s`);
    }
    if (blogosphere.state.tick >= ticks) return;
    blogosphere.advance(step);
  }
}

/** The next stage of the real flow: it joins copies to stories. */
async function understandAll(deps: JobDeps): Promise<void> {
  for (let after = 0; ; ) {
    const documentIds = await nextDocumentIds(deps.db, after, 100);
    if (documentIds.length === 0) return;
    await understandDocuments(deps, { documentIds });
    after = documentIds.at(-1) ?? after;
  }
}

async function report(
  deps: JobDeps,
  blogosphere: Blogosphere,
  sites: readonly WorldSite[],
  options: WorldOptions,
) {
  const { tick } = blogosphere.state;
  const ids = new Set(sites.map(({ id }) => id));
  const truth = blogosphere.world.truth(tick).filter(({ site }) => ids.has(site));
  const items = await readItems(deps.db, blogosphere);
  if (options.out) writeFileSync(options.out, items.map((item) => JSON.stringify(item)).join('\n'));
  const { score } = await loadScore(options.folder);
  const result = score(truth, items, { tick, tickMinutes: blogosphere.world.opt.tickMinutes });
  console.log(JSON.stringify(result, null, 1));
  if (options.misses > 0) console.log(describeMisses(truth, items, options.misses).join('\n'));
  const { total, sites: bySite } = await askWorld<{ total: object; sites: Record<string, unknown>[] }>(
    blogosphere,
    '/__world/report',
  );
  console.log(JSON.stringify(total));
  for (const site of bySite) if (ids.has(String(site.site))) console.log(JSON.stringify(site));
  if (process.env.DEBUG_PAGES)
    console.log(
      JSON.stringify(
        await deps.db.query(
          'select url, role, number, urgency, due_at, every_ms, looks, doubts, jsonb_array_length(items) n, marks from pages order by url',
        ),
        null,
        0,
      ).replaceAll('},', '},\n'),
    );
  for (const source of await listSources(deps.db)) {
    const error = source.lastError ?? source.trouble;
    if (error) console.log(`${source.key}: ${error.code} ${error.message.slice(0, 150)}`);
  }
}

async function main(options: WorldOptions): Promise<void> {
  const blogosphere = await startBlogosphere(options);
  const all = await askWorld<WorldSite[]>(blogosphere, '/__world/sites');
  console.log(comparePaces(blogosphere, Math.max(500, options.ticks)));
  const sites = all.filter(({ id }) => options.only.length === 0 || options.only.includes(id));
  const deps = await openDeps(blogosphere, sites);
  await watch(deps, sites);
  await live(deps, blogosphere, options);
  await understandAll(deps);
  await report(deps, blogosphere, sites, options);
}

const options = readOptions(process.argv.slice(2));
if (options) await main(options);
process.exit(options ? 0 : 2);
