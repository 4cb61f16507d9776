import { evenRate, learnPace, nextPoll, PACE_WINDOW_MS, worthOfVisit } from '../src/jobs/pace.ts';
import type { Blogosphere, TruthItem } from './blogosphere.ts';

const TICK_MS = 600_000;
/** One look per site in that many ticks, on average. */
const UNIFORM_TICKS = 12;
const BOUNDS = { minMs: TICK_MS, maxMs: 24 * 3_600_000 };

interface Site {
  /** Ticks at which something is published, ascending. */
  news: TruthItem[];
  /** What has been found, the past included. */
  found: Date[];
  next: number;
  perHour: number;
}

interface Delays {
  ticks: number[];
  polls: number;
}

function sitesOf(truth: readonly TruthItem[], epoch: number): Site[] {
  const ids = [...new Set(truth.map(({ site }) => site))];
  return ids.map((id, at) => {
    const own = truth.filter(({ site }) => site === id);
    const found = own
      .filter(({ publishedTick }) => publishedTick === 0)
      .map(({ published }) => new Date(published));
    return {
      news: own
        .filter(({ publishedTick }) => publishedTick > 0)
        .sort((a, b) => a.publishedTick - b.publishedTick),
      found,
      next: 1 + ((at * 7) % UNIFORM_TICKS),
      perHour: evenRate(learnPace(found, new Date(epoch))),
    };
  });
}

/** Lives through the ticks; `plan` says when a site that was just looked at is looked at again. */
function simulate(sites: Site[], ticks: number, plan: (site: Site, tick: number) => number): Delays {
  const delays: Delays = { ticks: [], polls: 0 };
  for (let tick = 1; tick <= ticks; tick += 1) {
    for (const site of sites.filter(({ next }) => next <= tick)) {
      delays.polls += 1;
      while ((site.news[0]?.publishedTick ?? Number.POSITIVE_INFINITY) <= tick) {
        const item = site.news.shift();
        if (!item) break;
        delays.ticks.push(tick - item.publishedTick);
        site.found.push(new Date(item.published));
      }
      site.next = plan(site, tick);
    }
  }
  delays.ticks.sort((a, b) => a - b);
  return delays;
}

function planAdaptively(sites: readonly Site[], epoch: number) {
  return (site: Site, tick: number): number => {
    const now = new Date(epoch + tick * TICK_MS);
    const recent = site.found.filter((at) => now.getTime() - at.getTime() < PACE_WINDOW_MS);
    const pace = learnPace(recent, now);
    site.perHour = evenRate(pace);
    const budget = (sites.length * 3_600_000) / (UNIFORM_TICKS * TICK_MS);
    const paced = sites.map(({ perHour }) => ({ perHour, ...BOUNDS }));
    const next = nextPoll(pace, now, worthOfVisit(paced, budget), BOUNDS);
    return Math.max(tick + 1, Math.round((next.getTime() - epoch) / TICK_MS));
  };
}

function at(values: readonly number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

/** Delay from published to found by our schedule, against looking at every site equally often, over the world's whole script. */
export function comparePaces({ world }: Blogosphere, ticks: number): string {
  const { epoch } = world.opt;
  const truth = world.truth(ticks);
  const uniform = simulate(sitesOf(truth, epoch), ticks, (_site, tick) => tick + UNIFORM_TICKS);
  const sites = sitesOf(truth, epoch);
  const ours = simulate(sites, ticks, planAdaptively(sites, epoch));
  const ratio = (share: number) => (at(ours.ticks, share) / at(uniform.ticks, share)).toFixed(2);
  return `schedule alone, ${ticks} ticks: median ${at(ours.ticks, 0.5) * 10} min against ${at(uniform.ticks, 0.5) * 10} (× ${ratio(0.5)}), p90 × ${ratio(0.9)}, requests × ${(ours.polls / uniform.polls).toFixed(2)}`;
}
