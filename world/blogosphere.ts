import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorldOptions } from './options.ts';

/** A site as the world tells of it under /__world/sites. */
export interface WorldSite {
  id: string;
  type: string;
  engine: string;
  /** Minutes east of UTC. */
  tz: number;
  entry: string;
  host: string;
  needsBrowser: boolean;
}

export interface TruthItem {
  site: string;
  path: string;
  publishedTick: number;
  published: string;
  access: string;
  kind: string;
  author: string;
  text: string | null;
  editedTick: number | null;
  deletedTick: number | null;
  deletion: string | null;
}

/** What `start` of the world's server gives. */
export interface Blogosphere {
  url: string;
  port: number;
  advance(ticks: number): number;
  close(): void;
  world: {
    now(tick: number): number;
    truth(tick: number): TruthItem[];
    opt: { epoch: number; tickMinutes: number };
  };
  state: { tick: number };
}

interface ServerModule {
  start(options: object): Promise<Blogosphere>;
}

export interface ScoreModule {
  score(truth: TruthItem[], items: object[], options: object): Record<string, unknown>;
}

function load<Module>(folder: string, file: string): Promise<Module> {
  return import(pathToFileURL(resolve(folder, file)).href) as Promise<Module>;
}

export async function startBlogosphere({
  folder,
  seed,
  sites,
  faults,
  ticks,
}: WorldOptions): Promise<Blogosphere> {
  const { start } = await load<ServerModule>(folder, 'server.mjs');
  return start({ port: 0, sites, seed, faults, ticks: Math.max(500, ticks) });
}

export function loadScore(folder: string): Promise<ScoreModule> {
  return load<ScoreModule>(folder, 'score.mjs');
}

export async function askWorld<Answer>(world: Blogosphere, path: string): Promise<Answer> {
  const response = await fetch(world.url + path);
  return (await response.json()) as Answer;
}
