import { html, type Markup } from '../../src/lib/html.ts';
import { type Case, isWaiting } from '../../src/model/case.ts';
import type { Correction } from '../../src/model/correction.ts';
import type { Document } from '../../src/model/document.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import {
  type Complaint,
  findTag,
  type KindTag,
  type LanguageTag,
  type Sentiment,
  type Span,
  type Tag,
} from '../../src/model/tag.ts';
import { MENTION_STATUSES } from '../../src/model/topic.ts';
import { type Card, type CardMention, getCards } from '../../src/store/cards.ts';
import { type CaseOfDocument, listCasesOfDocument } from '../../src/store/cases.ts';
import { correctionsInForce, type InForce, listCorrections } from '../../src/store/corrections.ts';
import { getDocument, listRevisions, type Revision } from '../../src/store/documents.ts';
import { listTags } from '../../src/store/mentions.ts';
import { listRuleNames } from '../../src/store/rules.ts';
import { storyOf } from '../../src/store/story-pages.ts';
import { type ThreadContext, threadAround } from '../../src/store/thread-context.ts';
import { type ListedUser, listUsers } from '../../src/store/users.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { NEXT_KEY, UNDO_KEY } from '../corrections/choices.ts';
import { renderCorrectionHistory } from '../corrections/history.ts';
import { renderCorrections } from '../corrections/rows.ts';
import { customerNames } from '../customer-names.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderDecisions } from '../rules/decisions.ts';
import { renderEntities } from '../views/entities.ts';
import {
  complaintBadge,
  kindBadge,
  marked,
  outside,
  siteOf,
  tierBadge,
  time,
  tone,
} from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { shownText } from '../views/private.ts';
import { renderThread } from './thread.ts';

/** The document as the viewer may see it: texts keep their length, so spans stay right. */
function asShown(viewer: Viewer, document: Document): Document {
  const shown = (text: string | null): string | null => (text === null ? null : shownText(viewer, text));
  return {
    ...document,
    title: shown(document.title),
    text: shownText(viewer, document.text),
    fullText: shown(document.fullText),
  };
}

function inField(spans: readonly Span[], field: Span['field']): Span[] {
  return spans.filter((span) => span.field === field);
}

/** The words that decided, as they stand in the document. Of a tone that a person or a rule has set, none did. */
function renderDeciding(
  { t }: Viewer,
  { document, tags }: Facts,
  { sentiment, topicKey }: CardMention,
): Markup {
  const tag = findTag<Sentiment>(tags, 'sentiment', topicKey);
  const tagger = tag?.corrected?.tagger ?? tag?.value;
  if (!tag || tagger?.label !== sentiment.label) return html``;
  const words = tag.spans.map(({ field, start, end }) => {
    const word = (field === 'title' ? (document.title ?? '') : document.text).slice(start, end);
    return t('mention.word', { word });
  });
  const line = words.length > 0 ? t('mention.words', { words: words.join(', ') }) : t('mention.nowords');
  return html`<p class="muted">${line}</p>`;
}

function renderStatus(viewer: Viewer, mention: CardMention): Markup {
  const { t } = viewer;
  if (!hasRight(viewer.user, 'mentions:work')) return html`<span>${t(`status.${mention.status}`)}</span>`;
  const options = MENTION_STATUSES.map(
    (status) =>
      html`<option value="${status}"${status === mention.status ? html` selected` : ''}>${t(`status.${status}`)}</option>`,
  );
  return html`<form method="post" action="/mentions/status" class="inline">${csrfField(viewer)}<input type="hidden" name="mention" value="${mention.id}">
    <label>${t('mention.status')} <select name="status">${options}</select></label> <button>${t('mention.save')}</button></form>`;
}

/** What was no complaint after all is closed by a person, not by itself: somebody may have answered the customer already. */
function renderOpened(viewer: Viewer, { complaint }: CardMention, opened: Case | undefined): Markup {
  if (!opened) return html``;
  const { t } = viewer;
  const link = html`<p><a href="/cases/${opened.id}">${t('case.title', { id: opened.id })}</a>, ${t(`case.status.${opened.status}`)}</p>`;
  if (complaint.isComplaint || !isWaiting(opened)) return link;
  const close = hasRight(viewer.user, 'cases:work')
    ? html` <form method="post" action="/cases/${opened.id}/revise" class="inline">${csrfField(viewer)}<input type="hidden" name="status" value="closed"><button>${t('correct.case.close')}</button></form>`
    : '';
  return html`${link}<div class="note">${t('correct.case')}${close}</div>`;
}

function renderMention(viewer: Viewer, facts: Facts, mention: CardMention): Markup {
  const { document, inForce, cases, users, ruleNames } = facts;
  const { sentiment, complaint, topicKey: target } = mention;
  const opened = cases.find((c) => c.of === mention.id);
  return html`<section class="card" id="tags-${target}" tabindex="-1" data-correct><h2>${mention.topicName} ${tone(viewer, sentiment)} ${complaintBadge(viewer, complaint)}</h2>
    ${renderDeciding(viewer, facts, mention)}
    ${renderCorrections(viewer, { document, target, inForce, sentiment, complaint })}
    ${renderOpened(viewer, mention, opened)}
    ${renderStatus(viewer, mention)}${renderDecisions(viewer, mention, users, ruleNames)}</section>`;
}

/** A value that an older tagger has given may lack what this page shows. */
function wholeValue<Value>(tags: readonly Tag[], kind: string, field: keyof Value): Value | undefined {
  const value = findTag(tags, kind)?.value;
  return value && typeof value === 'object' && field in value ? (value as Value) : undefined;
}

/** Tone, kind and language of the document, whatever it names; a complaint is about a topic, where there is one. */
function renderWhole(viewer: Viewer, { document, card, tags, inForce, corrections }: Facts): Markup {
  const sentiment = wholeValue<Sentiment>(tags, 'sentiment', 'label');
  const complaint =
    card.mentions.length > 0 ? undefined : wholeValue<Complaint>(tags, 'complaint', 'isComplaint');
  const kind = wholeValue<KindTag>(tags, 'kind', 'kind');
  const language = wholeValue<LanguageTag>(tags, 'language', 'code');
  if (!sentiment && !complaint && !kind && !language) return html``;
  const whole = { document, target: '', inForce, sentiment, complaint, kind, language };
  const said = renderCorrections(viewer, whole);
  return html`<section class="card" id="tags" tabindex="-1" data-correct><h2>${viewer.t('correct.whole')} ${sentiment ? tone(viewer, sentiment) : ''} ${complaint ? complaintBadge(viewer, complaint) : ''} ${kind ? kindBadge(viewer, kind) : ''}</h2>${said}${renderCorrectionHistory(viewer, corrections)}</section>`;
}

function renderKeys({ t, language, user }: Viewer): Markup {
  if (!hasRight(user, 'mentions:work')) return html``;
  const words = t('correct.keys', { next: NEXT_KEY[language], undo: UNDO_KEY[language] });
  return html`<p class="muted keys" data-next-key="${NEXT_KEY.code}">${words}</p>`;
}

function renderRevisions(viewer: Viewer, revisions: readonly Revision[]): Markup {
  if (revisions.length === 0) return html``;
  const items = revisions.map(
    (r) => html`<li>${time(viewer, r.seenAt)}<p class="text">${shownText(viewer, r.text)}</p></li>`,
  );
  return html`<details><summary>${viewer.t('mention.revisions')} (${revisions.length})</summary><ol>${items}</ol></details>`;
}

/** Who else carries the same text stands on the story's page. */
function renderStory({ t }: Viewer, story: Facts['story']): Markup {
  if (story === null || story.documents < 2) return html``;
  return html`<p><a href="/stories/${story.id}">${t('story.link', { documents: t.count('documents', story.documents) })}</a></p>`;
}

interface Facts {
  document: Document;
  story: Awaited<ReturnType<typeof storyOf>>;
  around: ThreadContext;
  card: Card;
  tags: readonly Tag[];
  inForce: readonly InForce[];
  corrections: readonly Correction[];
  revisions: readonly Revision[];
  cases: readonly CaseOfDocument[];
  /** '' when the author is no known customer. */
  customer: string;
  users: readonly ListedUser[];
  /** By key. */
  ruleNames: ReadonlyMap<string, string>;
}

function renderCustomer(viewer: Viewer, { card, customer }: Facts): Markup {
  const { t } = viewer;
  return card.customerId === null
    ? html`<p class="muted">${t('mention.unknown')}</p>`
    : html`<p>${t('mention.customer')}: <a href="/customers/${card.customerId}">${customer}</a> ${tierBadge(viewer, card.tier)}</p>`;
}

function renderDocument(viewer: Viewer, facts: Facts): Markup {
  const { t } = viewer;
  const { document, card, tags, revisions } = facts;
  const spans = card.mentions.flatMap((mention) => mention.spans);
  const threadTitle = card.threadTitle === null ? null : shownText(viewer, card.threadTitle);
  const title = document.title ?? threadTitle ?? t('mention.document');
  return html`<article class="reader"><h1>${document.title ? marked(document.title, inField(spans, 'title')) : title}</h1>
    <p class="muted">${card.author ?? t('author.unknown')} · ${card.sourceName} · ${siteOf(document.url)} · ${t('mention.published')}: ${time(viewer, document.publishedAt)} · ${t('mention.found')}: ${time(viewer, document.foundAt)} ${card.postKind ? kindBadge(viewer, card.postKind) : ''}</p>
    ${threadTitle && threadTitle !== document.title ? html`<p class="muted">${t('mention.thread')}: ${threadTitle}</p>` : ''}
    <p class="text">${marked(document.text, inField(spans, 'text'))}</p>
    ${document.deletedAt ? html`<p class="badge">${t('mention.deleted')}: ${time(viewer, document.deletedAt)}</p>` : ''}
    <p>${outside(document.url, t('mention.original'))}</p>
    ${document.fullText ? html`<details><summary>${t('mention.full')}</summary><p class="text">${document.fullText}</p></details>` : ''}
    ${renderRevisions(viewer, revisions)}
    ${renderEntities(viewer, tags)}
    ${renderStory(viewer, facts.story)}${renderThread(viewer, facts.around)}
    </article>
    ${renderCustomer(viewer, facts)}
    ${
      card.mentions.length === 0
        ? html`<p class="empty">${t('mention.notopic')}</p>`
        : card.mentions.map((mention) => renderMention(viewer, facts, mention))
    }${renderWhole(viewer, facts)}${renderKeys(viewer)}`;
}

async function readFacts(deps: DashboardDeps, id: DocumentId): Promise<Facts | null> {
  const document = await getDocument(deps.db, id);
  const [card] = document ? await getCards(deps.db, [document.id], { withBasket: true }) : [];
  if (!document || !card) return null;
  const [tags, inForce, corrections, revisions, cases, names, story, around, users, ruleNames] =
    await Promise.all([
      listTags(deps.db, id),
      correctionsInForce(deps.db, [id]),
      listCorrections(deps.db, id),
      listRevisions(deps.db, id),
      listCasesOfDocument(deps.db, id),
      customerNames(deps.db, [card]),
      storyOf(deps.db, id),
      threadAround(deps.db, id),
      listUsers(deps.db),
      listRuleNames(deps.db),
    ]);
  const customer = card.customerId === null ? '' : (names.get(card.customerId) ?? `№ ${card.customerId}`);
  return {
    document,
    story,
    around,
    card,
    tags,
    inForce,
    corrections,
    revisions,
    cases,
    customer,
    users,
    ruleNames,
  };
}

/** One document whole, as this viewer may see it: why it was found, how it is meant, who wrote it. null: there is no such document. */
export async function readDocument(
  deps: DashboardDeps,
  viewer: Viewer,
  id: DocumentId,
): Promise<{ title: string; body: Markup } | null> {
  const found = await readFacts(deps, id);
  if (!found) return null;
  const facts = { ...found, document: asShown(viewer, found.document) };
  return {
    title: facts.document.title ?? viewer.t('mention.document'),
    body: renderDocument(viewer, facts),
  };
}
