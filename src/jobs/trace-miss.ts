import { bareLetters } from '../lib/bare-letters.ts';
import type { MissTrace } from '../model/recall.ts';
import type { Answer, ReadPost } from './recall/ask-site.ts';
import { type Covering, coverBy, findCovering } from './recall/covering.ts';
import { documentStep } from './recall/document-step.ts';
import { type Fetched, fetchStep } from './recall/fetch-step.ts';
import { filterStep } from './recall/filter-step.ts';
import { type Found, findStored, type Stored } from './recall/find-stored.ts';
import { type Finding, passed } from './recall/finding.ts';
import { queryStep } from './recall/query-step.ts';
import type { MissReport, TraceDeps } from './recall/report.ts';
import { sourceStep } from './recall/source-step.ts';
import { timeStep } from './recall/time-step.ts';
import { makeStep } from './recall/words.ts';

/** Of a post's words, to make an example of. */
const MOST_TEXT = 20_000;
/** Letters by which a post that was read anew is known to be the stored one. */
const BEGINNING = 60;

interface Place extends Found {
  addresses: string[];
  covering: Covering[];
}

/** What the sources and the store know of these addresses and this text. */
async function lookAround(
  deps: TraceDeps,
  { text, canaryOf }: MissReport,
  addresses: string[],
): Promise<Place> {
  const now = deps.clock.now();
  const covering: Covering[] = [];
  for (const address of addresses) {
    const more = await findCovering(deps.db, address, now);
    covering.push(...more.filter(({ source }) => !covering.some((one) => one.source.id === source.id)));
  }
  const sources = covering.map(({ source }) => source.id);
  const found = await findStored(deps.db, { addresses, text, sources, only: canaryOf }, now);
  return { addresses, covering, ...found };
}

/** The source that brought the post; else the likeliest of those to whose place it belongs. */
async function mainSource(
  deps: TraceDeps,
  report: MissReport,
  { covering, stored, addresses }: Place,
): Promise<Covering | null> {
  const id = stored?.document.sourceId ?? report.canaryOf;
  if (id === null || id === undefined) return covering[0] ?? null;
  const [address = null] = addresses;
  const known = covering.find(({ source }) => source.id === id);
  return known ?? coverBy(deps.db, { id, level: 'site', isRemoved: false }, address, deps.clock.now());
}

/** Where the answer says that the page is, when that is not where it was asked for. */
function addressesOf(address: string, { page, canonical }: Answer): string[] {
  return [...new Set([address, page.url, ...(canonical === null ? [] : [canonical])])];
}

function postOf({ text }: MissReport, answer: Answer | null): ReadPost | null {
  if (answer?.post) return answer.post;
  return text === null ? null : { title: null, text, author: null, publishedAt: null, links: [] };
}

/**
 * Without a source, what keeps the address from being read at all explains more than the missing source: adding one would not
 * help. What may be otherwise tomorrow does not.
 */
function fetchedFirst(source: Finding, { finding, isPassing }: Fetched): boolean {
  return source.cause === 'no-source' && finding.cause !== null && !isPassing;
}

/** The first thing in the way; nothing in the way of what is stored: it was caught. */
function verdict(stored: Stored | null, findings: readonly Finding[]): Pick<MissTrace, 'cause' | 'fix'> {
  const first = findings.find(({ cause }) => cause !== null);
  if (first?.cause) return { cause: first.cause, fix: first.fix };
  if (!stored) return { cause: 'unknown', fix: null };
  return { cause: 'caught', fix: { kind: 'open-document', document: stored.document.id } };
}

function foundOf(stored: Stored | null, post: ReadPost | null): MissTrace['found'] {
  const found = stored?.document ?? post;
  return found && { title: found.title, text: found.text.slice(0, MOST_TEXT).toWellFormed() };
}

/** The stored document of the page is another post than the one that has the pasted words: a comment, a later answer. */
function isOther({ document, hasWords }: Stored, { text }: MissReport, answer: Answer): boolean {
  const words = bareLetters(text ?? '');
  if (hasWords !== false || !answer.post || !bareLetters(answer.post.text).includes(words)) return false;
  const beginning = bareLetters(answer.post.text).slice(0, BEGINNING);
  return !bareLetters(document.text).startsWith(beginning);
}

interface Asked {
  place: Place;
  fetched: Fetched;
}

/** Asks the site for what is not stored, and looks around again with what it answers. */
async function askFor(
  deps: TraceDeps,
  report: MissReport,
  place: Place,
  signal: AbortSignal,
): Promise<Asked> {
  const likely = await mainSource(deps, report, place);
  const source = likely?.source.enabled ? likely.source : null;
  const fetched = await fetchStep(deps, report, source, signal);
  const { answer } = fetched;
  if (!answer || report.address === null) return { place, fetched };
  const text = report.text ?? answer.post?.text ?? null;
  const found = await lookAround(deps, { ...report, text }, addressesOf(report.address, answer));
  const stored = found.stored && isOther(found.stored, report, answer) ? null : found.stored;
  return { place: { ...found, stored }, fetched };
}

function notAsked(code: 'fetch.skipped' | 'fetch.not-now'): Fetched {
  return { finding: passed(makeStep('skipped', code)), address: null, answer: null, isPassing: false };
}

/**
 * Why a post was not caught: its way from the source to the mention, stage by stage, and the one cause that explains the miss.
 * The site is asked only for what is not stored, and not at all with `ask: false`. Nothing is changed.
 */
export async function traceMiss(
  deps: TraceDeps,
  report: MissReport,
  signal: AbortSignal,
  { ask = true }: { ask?: boolean } = {},
): Promise<MissTrace> {
  const around = await lookAround(deps, report, report.address === null ? [] : [report.address]);
  const isThere = around.stored !== null && around.stored.hasWords !== false;
  const { place, fetched } =
    ask && !isThere
      ? await askFor(deps, report, around, signal)
      : { place: around, fetched: notAsked(isThere ? 'fetch.skipped' : 'fetch.not-now') };
  const { stored } = place;
  const { answer } = fetched;
  const covering = await mainSource(deps, report, place);
  const post = postOf(report, answer);
  const address = fetched.address ?? report.address;
  const source = sourceStep(address, covering, stored !== null);
  const document = await documentStep(deps, { ...report, address }, { ...place, covering, answer });
  const query = await queryStep(deps, report, { stored, post, covering });
  const filters = filterStep(query.mentions);
  const time = await timeStep(deps, stored?.document ?? null, covering);
  // What we have was read once, whatever the site says now.
  const asked = stored ? passed(fetched.finding.step) : fetched.finding;
  const findings = [source, asked, document, query.finding, filters, time];
  return {
    at: deps.clock.now().toISOString(),
    address,
    ...verdict(stored, fetchedFirst(source, fetched) ? [fetched.finding, ...findings] : findings),
    steps: findings.map(({ step }) => step),
    source: covering?.source.key ?? null,
    document: stored?.document.id ?? null,
    found: foundOf(stored, post),
  };
}
