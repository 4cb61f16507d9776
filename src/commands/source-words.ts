import type { Candidate, CandidateReason, DiscoveryNote, PreviewDocument } from '../model/discovery.ts';
import type { Source } from '../model/source.ts';

const WHY: Record<CandidateReason, string> = {
  itself: 'the address is a feed',
  link: 'the page names this feed',
  guess: 'a feed at a usual place',
  engine: 'recognised by its pages',
  'whole-forum': 'the whole forum around it',
  platform: 'the address of a platform',
  sitemap: 'front page, sitemap and articles with comments',
  site: 'front page and articles with comments',
};

export function candidateLine({ kind, url, name, confidence, why }: Candidate): string {
  return `${String(Math.round(confidence * 100)).padStart(3)} %  ${kind.padEnd(10)} ${url}\n       ${name} (${WHY[why]})`;
}

export function noteLine({ url, message }: DiscoveryNote): string {
  return `not read: ${url}: ${message}`;
}

const WORDS = 160;

export function documentLines({ title, author, publishedAt, text, url, kind }: PreviewDocument): string {
  const facts = [kind, author ?? 'no author', publishedAt?.toISOString() ?? 'no date'].join(' · ');
  const words = text.replace(/\s+/g, ' ').slice(0, WORDS);
  return [`- ${title ?? '(no title)'}`, `  ${facts}`, ...(words ? [`  ${words}`] : []), `  ${url}`].join(
    '\n',
  );
}

/** In one line: what is the matter, and when it goes on. */
export function stateLine(source: Source): string {
  const next = `next ${source.nextRunAt.toISOString()}`;
  if (source.goneAt) return 'gone for good: remove it';
  if (!source.enabled) return 'off';
  if (source.lastError) return `error: ${source.lastError.message}\t${next}`;
  return `${source.lastSuccessAt ? `read ${source.lastSuccessAt.toISOString()}` : 'not yet read'}\t${next}`;
}
