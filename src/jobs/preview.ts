import { errorCode, errorMessage, PermanentError, RetryLaterError } from '../lib/errors.ts';
import { createPageMemory } from '../lib/page-memory.ts';
import type { Candidate, DiscoveryNote, Preview, PreviewDocument } from '../model/discovery.ts';
import type { FoundDocument } from '../model/document.ts';
import type { Clock, CrawlContext } from '../model/ports.ts';
import type { RegisteredCrawler } from './deps.ts';

export interface PreviewDeps {
  clock: Clock;
  findCrawler(kind: string): RegisteredCrawler | undefined;
  fetchFor(signal: AbortSignal): CrawlContext['fetch'];
  /** As in `CrawlContext`. */
  read?: CrawlContext['read'];
}

export interface PreviewLimits {
  pages: number;
  documents: number;
}

export const PREVIEW_LIMITS: PreviewLimits = { pages: 5, documents: 10 };
const MAX_WORDS = 300;
const LIMIT_CODE = 'preview-limit';

function shown(document: FoundDocument): PreviewDocument {
  const author = document.author?.name ?? document.author?.handle ?? document.guestName;
  return {
    kind: document.kind,
    url: document.url,
    text: document.text.slice(0, MAX_WORDS).toWellFormed(),
    ...(document.title === undefined ? {} : { title: document.title }),
    ...(author === undefined ? {} : { author }),
    ...(document.publishedAt === undefined ? {} : { publishedAt: document.publishedAt }),
  };
}

/** Reads no more than so many pages, and remembers which. */
function limited(fetch: CrawlContext['fetch'], pages: string[], limit: number): CrawlContext['fetch'] {
  return (url, validators) => {
    if (pages.length >= limit) throw new RetryLaterError(LIMIT_CODE, 'The preview reads no more pages.');
    pages.push(url);
    return fetch(url, validators);
  };
}

export function noteOf(step: DiscoveryNote['step'], url: string, error: unknown): DiscoveryNote {
  if (error instanceof Error && /^(?:Timeout|Abort)Error$/.test(error.name))
    return { step, url, code: 'timeout', message: 'There was no time left to read it.' };
  return { step, url, code: errorCode(error), message: errorMessage(error) };
}

/**
 * A first visit that stores nothing: at most `limits.pages` pages. What cannot be read is told in the notes.
 * @throws PermanentError `unknown-kind`; the signal's reason when it is aborted before anything was read
 */
export async function previewCandidate(
  deps: PreviewDeps,
  { kind, url, settings }: Pick<Candidate, 'kind' | 'url' | 'settings'>,
  signal: AbortSignal,
  limits: PreviewLimits = PREVIEW_LIMITS,
): Promise<Preview> {
  const crawler = deps.findCrawler(kind);
  if (!crawler) throw new PermanentError('unknown-kind', `There is no crawler of kind "${kind}".`);
  const memory = createPageMemory();
  const preview: Preview = { documents: [], found: 0, waiting: 0, pages: [], notes: [] };
  const note = (error: unknown): void => {
    if (errorCode(error) !== LIMIT_CODE) preview.notes.push(noteOf('crawl', url, error));
  };
  const fetch = limited(deps.fetchFor(signal), preview.pages, limits.pages);
  const ctx: CrawlContext = {
    ...(deps.read ? { read: deps.read } : {}),
    fetch,
    now: () => deps.clock.now(),
    signal,
    pages: memory,
    isPoll: true,
  };
  const known = new Set<string>();
  try {
    for await (const batch of crawler.crawl({ url, settings, state: null }, ctx)) {
      memory.save(batch.pages ?? []);
      const fresh = batch.documents.filter(({ externalId }) => !known.has(externalId));
      for (const { externalId } of fresh) known.add(externalId);
      preview.documents.push(...fresh.map(shown));
      if (batch.trouble) note(batch.trouble);
      if (preview.pages.length >= limits.pages || preview.documents.length >= limits.documents) break;
    }
  } catch (error) {
    note(error);
  }
  const waiting = await memory.due(deps.clock.now(), 10_000);
  return {
    ...preview,
    documents: preview.documents.slice(0, limits.documents),
    found: known.size,
    waiting: waiting.filter((page) => page.looks === 0).length,
  };
}
