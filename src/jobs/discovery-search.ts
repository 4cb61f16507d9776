import type { Candidate, CandidateReason, DiscoveryNote } from '../model/discovery.ts';
import type { Page } from '../model/ports.ts';
import type { PreviewDeps } from './preview.ts';

/** A crawler that can say how much a page looks like one of its own, from 0 to 1. */
export interface Recogniser {
  kind: string;
  detect(page: Page): number;
}

export interface DiscoverDeps extends PreviewDeps {
  recognisers: readonly Recogniser[];
  /** Addresses of sitemaps that the site's robots.txt names. @throws as fetching does */
  sitemapsOf(url: string, signal: AbortSignal): Promise<readonly string[]>;
}

/** What one search shares. */
export interface Search {
  deps: DiscoverDeps;
  signal: AbortSignal;
  fetch: ReturnType<DiscoverDeps['fetchFor']>;
  notes: DiscoveryNote[];
}

/** Begins with the kind’s default settings. */
export function candidate(
  kind: string,
  url: string,
  name: string,
  confidence: number,
  why: CandidateReason,
): Candidate {
  return { kind, url, name: name.slice(0, 200), confidence, why, settings: {} };
}

export function hostOf(url: string): string {
  return new URL(url).host.replace(/^www\./, '');
}
