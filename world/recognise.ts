import { crawlers } from '../crawlers/registry.ts';
import type { JobDeps } from '../src/jobs/deps.ts';
import type { WorldSite } from './blogosphere.ts';

/** What a person would get who pastes the site's address: the crawler that is surest of the page. */
export async function recognise(
  deps: JobDeps,
  site: WorldSite,
): Promise<{ kind: string; settings: Record<string, unknown> }> {
  const page = await deps.fetchFor(AbortSignal.timeout(30_000))(site.host + site.entry);
  const sure = crawlers
    .map(({ kind, detect }) => ({ kind, sureness: page ? detect(page) : 0 }))
    .sort((a, b) => b.sureness - a.sureness)[0];
  const kind = sure && sure.sureness > 0 ? sure.kind : 'site';
  const hasClock = site.type === 'forum' || site.type === 'channel' || kind === 'site';
  return { kind, settings: hasClock ? { zone: site.tz } : {} };
}
