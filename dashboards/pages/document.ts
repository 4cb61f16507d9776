import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Case } from '../../src/model/case.ts';
import type { Document } from '../../src/model/document.ts';
import type { DocumentId, MentionId } from '../../src/model/ids.ts';
import type { Span, Tag } from '../../src/model/tag.ts';
import { MENTION_STATUSES } from '../../src/model/topic.ts';
import { addAudit } from '../../src/store/audit.ts';
import { type Card, type CardMention, getCards } from '../../src/store/cards.ts';
import { listCasesOfDocument } from '../../src/store/cases.ts';
import { getDocument, listRevisions, type Revision } from '../../src/store/documents.ts';
import { listTags, setMentionStatus } from '../../src/store/mentions.ts';
import { listRuleNames } from '../../src/store/rules.ts';
import { storyOf } from '../../src/store/story-pages.ts';
import { type ListedUser, listUsers } from '../../src/store/users.ts';
import { allow } from '../access.ts';
import { hasRole, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { customerNames } from '../customer-names.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { decide, decidedNotice, renderDecisions } from '../rules/decisions.ts';
import { sendExplained } from '../rules/explained.ts';
import { complaintBadge, marked, outside, siteOf, tierBadge, time, tone } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { sendPage } from '../views/shell.ts';

function inField(spans: readonly Span[], field: Span['field']): Span[] {
  return spans.filter((span) => span.field === field);
}

/** The words that decided, as they stand in the document. */
function decidingWords(document: Document, tags: readonly Tag[], target: string): string[] {
  const tag = tags.find((t) => t.kind === 'sentiment' && t.target === target);
  return (tag?.spans ?? []).map(({ field, start, end }) =>
    (field === 'title' ? (document.title ?? '') : document.text).slice(start, end),
  );
}

function renderStatus(viewer: Viewer, mention: CardMention): Markup {
  const { t } = viewer;
  if (!hasRole(viewer.user, 'pr')) return html`<span>${t(`status.${mention.status}`)}</span>`;
  const options = MENTION_STATUSES.map(
    (status) =>
      html`<option value="${status}"${status === mention.status ? html` selected` : ''}>${t(`status.${status}`)}</option>`,
  );
  return html`<form method="post" action="/mentions/status" class="inline">${csrfField(viewer)}<input type="hidden" name="mention" value="${mention.id}">
    <label>${t('mention.status')} <select name="status">${options}</select></label> <button>${t('mention.save')}</button></form>`;
}

function renderMention(
  viewer: Viewer,
  document: Document,
  tags: readonly Tag[],
  mention: CardMention,
  opened: Case | undefined,
  { users, ruleNames }: Pick<Facts, 'users' | 'ruleNames'>,
): Markup {
  const { t } = viewer;
  const words = decidingWords(document, tags, mention.topicKey);
  return html`<section class="card"><h2>${mention.topicName} ${tone(viewer, mention.sentiment)} ${complaintBadge(viewer, mention.complaint)}</h2>
    <p class="muted">${words.length > 0 ? `${t('mention.words')}: ${words.join(', ')}` : t('mention.nowords')}</p>
    ${opened ? html`<p><a href="/cases/${opened.id}">${t('case.title', { id: opened.id })}</a>, ${t(`case.status.${opened.status}`)}</p>` : ''}
    ${renderStatus(viewer, mention)}${renderDecisions(viewer, mention, users, ruleNames)}</section>`;
}

function renderRevisions(viewer: Viewer, revisions: readonly Revision[]): Markup {
  if (revisions.length === 0) return html``;
  const items = revisions.map((r) => html`<li>${time(viewer, r.seenAt)}<p class="text">${r.text}</p></li>`);
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
  card: Card;
  tags: readonly Tag[];
  revisions: readonly Revision[];
  cases: readonly Case[];
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
  const { document, card, tags, revisions, cases } = facts;
  const spans = card.mentions.flatMap((mention) => mention.spans);
  const title = document.title ?? card.threadTitle ?? t('mention.document');
  return html`<p><a href="/mentions">← ${t('menu.mentions')}</a></p>
    <article class="reader"><h1>${document.title ? marked(document.title, inField(spans, 'title')) : title}</h1>
    <p class="muted">${card.author ?? t('author.unknown')} · ${card.sourceName} · ${siteOf(document.url)} · ${t('mention.published')}: ${time(viewer, document.publishedAt)} · ${t('mention.found')}: ${time(viewer, document.foundAt)}</p>
    ${card.threadTitle && card.threadTitle !== document.title ? html`<p class="muted">${t('mention.thread')}: ${card.threadTitle}</p>` : ''}
    <p class="text">${marked(document.text, inField(spans, 'text'))}</p>
    ${document.deletedAt ? html`<p class="badge">${t('mention.deleted')}: ${time(viewer, document.deletedAt)}</p>` : ''}
    <p>${outside(document.url, t('mention.original'))}</p>
    ${document.fullText ? html`<details><summary>${t('mention.full')}</summary><p class="text">${document.fullText}</p></details>` : ''}
    ${renderRevisions(viewer, revisions)}
    ${renderStory(viewer, facts.story)}
    </article>
    ${renderCustomer(viewer, facts)}
    ${
      card.mentions.length === 0
        ? html`<p class="empty">${t('mention.notopic')}</p>`
        : card.mentions.map((mention) =>
            renderMention(
              viewer,
              document,
              tags,
              mention,
              cases.find((c) => c.mentionId === mention.id),
              facts,
            ),
          )
    }`;
}

const statusSchema = z.object({
  mention: z.coerce.number().int().positive(),
  status: z.enum(MENTION_STATUSES),
});

async function changeStatus(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const { mention, status } = statusSchema.parse(req.body);
  const document = await setMentionStatus(deps.db, mention as MentionId, status);
  if (document === null) return next();
  await addAudit(deps.db, {
    at: deps.clock.now(),
    actor: userOf(res).email,
    action: 'mention.status',
    subject: `mention:${mention}`,
    detail: { status },
  });
  res.redirect(303, `/mentions/${document}?done=1`);
}

/** One document whole: why it was found, how it is meant, who wrote it. */
export function documentRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.post('/decide', allow('pr'), (req, res, next) => decide(deps, req, res, next));
  router.get('/rules/:mention', (req, res, next) => sendExplained(deps, req, res, next));
  router.post('/status', allow('pr'), (req, res, next) => changeStatus(deps, req, res, next));
  router.get('/:id', async (req, res, next) => {
    const id = numberParam<DocumentId>(req.params.id);
    const document = id === null ? null : await getDocument(deps.db, id);
    const [card] = document ? await getCards(deps.db, [document.id], { withBasket: true }) : [];
    if (!document || !card) return next();
    const [tags, revisions, cases, names, story, users, ruleNames] = await Promise.all([
      listTags(deps.db, document.id),
      listRevisions(deps.db, document.id),
      listCasesOfDocument(deps.db, document.id),
      customerNames(deps.db, [card]),
      storyOf(deps.db, document.id),
      listUsers(deps.db),
      listRuleNames(deps.db),
    ]);
    const viewer = viewerOf(res);
    const customer = card.customerId === null ? '' : (names.get(card.customerId) ?? `№ ${card.customerId}`);
    sendPage(
      res,
      document.title ?? viewer.t('mention.document'),
      html`${decidedNotice(viewer, req.query)}${renderDocument(viewer, { document, story, card, tags, revisions, cases, customer, users, ruleNames })}`,
    );
  });
  return router;
}
