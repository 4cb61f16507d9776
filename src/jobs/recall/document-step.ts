import { bareLetters } from '../../lib/bare-letters.ts';
import type { TraceStep } from '../../model/recall.ts';
import { countWaitingPages } from '../../store/source-places.ts';
import type { Answer } from './ask-site.ts';
import type { Covering } from './covering.ts';
import type { Found, Stored } from './find-stored.ts';
import { type Finding, passed } from './finding.ts';
import type { MissReport, TraceDeps } from './report.ts';
import { makeStep } from './words.ts';

type Code = Parameters<typeof makeStep>[1];

function mendOf({ source: { key, kind, origin } }: Covering): Finding['fix'] {
  const isOurs = kind === 'selectors' && origin === 'user';
  return { kind: isOurs ? 'mend-selectors' : 'look-at-source', source: key };
}

function factsOf({ document, others }: Stored): TraceStep['facts'] {
  const { id, url, revision, foundAt, publishedAt, deletedAt } = document;
  return {
    document: id,
    url,
    revision,
    ...(publishedAt ? { published: publishedAt.toISOString() } : {}),
    found: foundAt.toISOString(),
    ...(deletedAt ? { deleted: deletedAt.toISOString() } : {}),
    ...(others.length > 0 ? { posts: others.length + 1 } : {}),
  };
}

function whenStored(stored: Stored, covering: Covering | null): Finding {
  const facts = factsOf(stored);
  if (stored.hasWords === false)
    return {
      step: makeStep('failed', 'document.words-missing', { facts }),
      cause: 'not-extracted',
      fix: covering ? mendOf(covering) : null,
    };
  const code: Code = stored.document.deletedAt
    ? 'document.deleted'
    : stored.isElsewhere
      ? 'document.elsewhere'
      : 'document.found';
  return passed(makeStep('ok', code, { facts }));
}

/** What is on the page does not come out of it. */
function whenUnread({ post, hasWords }: Answer, report: MissReport): Code | null {
  if (!post) return 'document.nothing-read';
  const words = bareLetters(report.text ?? '');
  const isLost = hasWords === true && !bareLetters(`${post.title ?? ''} ${post.text}`).includes(words);
  return isLost ? 'document.not-extracted' : null;
}

function due(
  code: Code,
  covering: Covering,
  more: { facts?: TraceStep['facts']; pages?: number } = {},
): Finding {
  const parts = { values: { pages: more.pages ?? 0 }, facts: more.facts ?? {} };
  return {
    step: makeStep('failed', code, parts),
    cause: 'not-yet-visited',
    fix: { kind: 'crawl-now', source: covering.source.key },
  };
}

/** The page is one that the source knows. */
function whenKnown(covering: Covering, publishedAt: Date | null): Finding {
  const { page } = covering;
  const facts = page?.dueAt ? { due: page.dueAt.toISOString() } : {};
  const isLookedAt = page?.fetchedAt && (publishedAt === null || page.fetchedAt > publishedAt);
  if (!isLookedAt) return due('document.page-due', covering, { facts });
  return {
    step: makeStep('failed', 'document.looked-at', { facts }),
    cause: 'not-extracted',
    fix: mendOf(covering),
  };
}

/** The source is of the same site, and has never told of the page. */
async function whenUnknown(
  deps: TraceDeps,
  address: string,
  covering: Covering,
  publishedAt: Date | null,
): Promise<Finding> {
  const { id, lastSuccessAt, everyMs } = covering.source;
  if (!lastSuccessAt || (publishedAt && lastSuccessAt.getTime() < publishedAt.getTime() + everyMs))
    return due('document.source-due', covering);
  const pages = await countWaitingPages(deps.db, id);
  if (pages > 0) return due('document.past', covering, { pages, facts: { pages } });
  const oldest = deps.clock.now().getTime() - deps.retention.documents;
  if (publishedAt && publishedAt.getTime() < oldest)
    return {
      step: makeStep('failed', 'document.too-old', { facts: { keptMs: deps.retention.documents } }),
      cause: 'filtered',
      fix: null,
    };
  return {
    step: makeStep('failed', 'document.leads-elsewhere'),
    cause: 'no-source',
    fix: { kind: 'add-source', address },
  };
}

/** Is the post stored, whole; and if not, why not, as far as the source and the page tell. */
export async function documentStep(
  deps: TraceDeps,
  report: MissReport,
  { stored, copy, covering, answer }: Found & { covering: Covering | null; answer: Answer | null },
): Promise<Finding> {
  if (stored) return whenStored(stored, covering);
  const unread = answer && whenUnread(answer, report);
  const publishedAt = answer?.post?.publishedAt ?? null;
  if (!covering || report.address === null) {
    // Without a source there is nothing to mend in how it is read: adding one comes first.
    const facts = copy === null ? {} : { copy };
    const code = copy === null ? 'document.missing' : 'document.copy';
    return passed(unread ? makeStep('unknown', unread) : makeStep('failed', code, { facts }));
  }
  if (unread) return { step: makeStep('failed', unread), cause: 'not-extracted', fix: mendOf(covering) };
  if (covering.page) return whenKnown(covering, publishedAt);
  return whenUnknown(deps, report.address, covering, publishedAt);
}
