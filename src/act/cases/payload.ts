import { withoutPrivate } from '../../lib/private/mask.ts';
import type { Case } from '../../model/case.ts';
import type { CasePayload } from '../../model/case-payload.ts';
import type { Customer, Evidence, IdentityLink } from '../../model/customer.ts';
import type { Author, Document } from '../../model/document.ts';
import type { PrivateKind } from '../../model/entity.ts';
import { findTag, type LanguageTag, type Span, type Tag } from '../../model/tag.ts';
import type { Mention, Topic } from '../../model/topic.ts';
import { authorPart, cutTo, documentPart, withText } from '../payload.ts';

/** All that a message about a case tells of. */
export interface CaseFacts {
  case: Case;
  mention: Mention;
  topic: Topic;
  document: Document;
  author: Author;
  customer: Customer;
  link: IdentityLink;
  tags: readonly Tag[];
  /** E-mail, or as the CRM names them. */
  suggestedOwner: string | null;
  understoodAt: Date | null;
  story: { id: number; documents: number; reach: number | null } | null;
  snapshot: CasePayload['snapshot'];
}

const MAX_EVIDENCE = 10;
const MAX_WORDS = 12;
const MAX_WORD = 60;
/** A case has one certain customer, and by the order's number the CRM knows what it is about; the contacts it has. */
const CRM_SEES: readonly PrivateKind[] = ['order'];

/** What speaks for or against the link, without what is for our own use. */
function signsOf({ evidence }: IdentityLink): Evidence[] {
  return evidence
    .filter(({ code }) => code !== 'prior' && code !== 'learned')
    .slice(0, MAX_EVIDENCE)
    .map(({ hash: _ours, ...shown }) => shown);
}

/** The words of a document that decided about a tag, each once. */
function wordsAt({ title, text }: Document, spans: readonly Span[] = []): string[] {
  const words = spans.map(({ field, start, end }) =>
    (field === 'title' ? (title ?? '') : text).slice(start, end),
  );
  const shown = words.map((word) => cutTo(withoutPrivate(word, { keep: CRM_SEES }), MAX_WORD));
  return [...new Set(shown)].slice(0, MAX_WORDS);
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function casePart({ case: c, suggestedOwner }: CaseFacts, dashboardUrl: string): CasePayload['case'] {
  const { id, severity, reason, cause, posts } = c;
  // Of withdrawn and merged cases nothing is told in this form.
  const status = c.status === 'withdrawn' || c.status === 'merged' ? 'closed' : c.status;
  return {
    id,
    status,
    severity,
    reason,
    cause,
    posts,
    opened_at: c.openedAt.toISOString(),
    due_at: c.dueAt.toISOString(),
    suggested_owner: suggestedOwner,
    link: `${dashboardUrl}/cases/${id}`,
  };
}

function customerPart({ customer, link }: CaseFacts): CasePayload['customer'] {
  return {
    external_id: customer.externalId,
    name: customer.name,
    tier: customer.tier,
    matched_by: signsOf(link),
    probability: link.score,
    confirmed_by: link.state === 'confirmed' ? link.decidedBy : null,
  };
}

/** The neutral form of a case and the post of it that is new. */
export function casePayloadOf(facts: CaseFacts, dashboardUrl: string, now: Date): CasePayload {
  const { mention, topic, document, author, tags, story } = facts;
  const tone = findTag(tags, 'sentiment', topic.key) ?? findTag(tags, 'sentiment');
  const complaint = findTag(tags, 'complaint', topic.key) ?? findTag(tags, 'complaint');
  const language = findTag<LanguageTag>(tags, 'language')?.value.code;
  const payload: CasePayload = {
    version: 2,
    case: casePart(facts, dashboardUrl),
    times: {
      published_at: iso(document.publishedAt),
      found_at: document.foundAt.toISOString(),
      understood_at: iso(facts.understoodAt),
      alerted_at: now.toISOString(),
    },
    customer: customerPart(facts),
    topic: { key: topic.key, name: topic.name },
    document: {
      ...documentPart(document, CRM_SEES),
      language: language ?? document.declaredLanguage,
      author: authorPart(author),
    },
    sentiment: { ...mention.sentiment, words: wordsAt(document, tone?.spans) },
    complaint: { probability: mention.complaint.probability, words: wordsAt(document, complaint?.spans) },
    story: story && { ...story, link: `${dashboardUrl}/stories/${story.id}` },
    snapshot: facts.snapshot,
  };
  return withText(payload, document, CRM_SEES);
}
