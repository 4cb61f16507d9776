import { verdictOfVisits } from '../jobs/judge-source.ts';
import type { Candidate, CandidateReason, DiscoveryNote, PreviewDocument } from '../model/discovery.ts';
import type { Source } from '../model/source.ts';
import type { HealthCode, SourceHealth } from '../model/source-health.ts';

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

const JUDGED: Partial<Record<HealthCode, string>> = {
  'no-links': 'its lists no longer lead anywhere: find the source anew',
  'no-documents': 'its pages no longer show documents: the site was redesigned or wants a login',
  'no-authors': 'its authors are no longer found: the site changed its markup',
  'no-dates': 'its dates are no longer found: the site changed its markup',
  canary: 'its known page lacks the expected words',
  nothing: 'read, but nothing was found in it yet: check its address and kind',
  silence: 'read well, but nothing new for much longer than usual',
};

/** In one line: how it is, what is the matter, and when it goes on. */
export function stateLine(source: Source, judged: SourceHealth | undefined): string {
  const next = `next ${source.nextRunAt.toISOString()}`;
  const [state, code] = verdictOfVisits(source) ?? [judged?.state ?? 'ok', judged?.code ?? 'works'];
  if (state === 'gone') return 'gone\tclosed for good: remove it';
  if (state === 'off') return 'off';
  if (source.lastError) return `${state}\t${source.lastError.message}\t${next}`;
  const read = source.lastSuccessAt ? `read ${source.lastSuccessAt.toISOString()}` : 'not yet read';
  return [state, JUDGED[code] ?? read, next].join('\t');
}
