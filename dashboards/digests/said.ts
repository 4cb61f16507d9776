import { type Request, type Response, Router } from 'express';
import { reviseCase } from '../../src/act/cases/revise.ts';
import { type ActionLink, readActionToken } from '../../src/act/digest/action-link.ts';
import { oneLine } from '../../src/act/digest/excerpt.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { withoutPrivate } from '../../src/lib/private/mask.ts';
import { TONES } from '../../src/model/correction.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import { findSaidPost, isLinkUsed, type SaidPost, useLink } from '../../src/store/digest-actions.ts';
import { type DigestRecipient, getLetIn } from '../../src/store/digests.ts';
import { setMentionStatus } from '../../src/store/mentions.ts';
import { touchDocuments } from '../../src/store/progress.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { TextKey } from '../texts.ts';
import { toneMark } from '../views/format.ts';
import { renderLayout } from '../views/layout.ts';

const EXCERPT = 220;

/** What a link leads to, or why it does nothing. */
type Found = { link: ActionLink; post: SaidPost; recipient: DigestRecipient } | { refused: Refusal };
type Refusal = 'unknown' | 'expired' | 'used' | 'gone' | 'edited';
/** What came of it. */
type Outcome = 'done' | Refusal;

const STATUS: Record<Outcome, number> = {
  done: 200,
  unknown: 404,
  expired: 410,
  used: 410,
  gone: 410,
  edited: 409,
};

async function find(deps: DashboardDeps, db: Db, token: string): Promise<Found> {
  const link = readActionToken(deps.alerts.sign, token);
  const recipient = link && (await getLetIn(db, link.recipient));
  if (!link || !recipient) return { refused: 'unknown' };
  if (link.expiresAt <= deps.clock.now()) return { refused: 'expired' };
  if (await isLinkUsed(db, sha256(token))) return { refused: 'used' };
  const post = await findSaidPost(db, link.mention);
  if (!post) return { refused: 'gone' };
  return post.revision === link.revision ? { link, post, recipient } : { refused: 'edited' };
}

function renderChoices({ t }: Viewer, { sentiment }: SaidPost): Markup {
  const choices = TONES.filter((label) => label !== sentiment).map(
    (label) =>
      html`<label class="check"><input type="radio" name="label" value="${label}" required> ${toneMark(label)} ${t(`tone.${label}`)}</label>`,
  );
  return html`<fieldset><legend>${t('said.tone.which')}</legend>${choices}</fieldset>`;
}

/** What will happen, and the button with which it does. */
function renderAsk(viewer: Viewer, { link, post, recipient }: Exclude<Found, { refused: Refusal }>): Markup {
  const { t } = viewer;
  const what: TextKey =
    link.action === 'tone'
      ? 'said.ask.tone'
      : link.action === 'not-us'
        ? 'said.ask.notus'
        : post.caseId === null
          ? 'said.ask.answered'
          : 'said.ask.case';
  const title = oneLine(withoutPrivate(post.title ?? ''), EXCERPT);
  return html`<p>${t(what, { topic: post.topicName, tone: t(`tone.${post.sentiment}`) })}</p>
    <blockquote class="text" dir="auto">${title === '' ? '' : html`<strong>${title}</strong><br>`}${oneLine(withoutPrivate(post.text), EXCERPT)}</blockquote>
    <form method="post" class="stack">${link.action === 'tone' ? renderChoices(viewer, post) : ''}<button class="primary">${t('said.do')}</button></form>
    <p class="muted">${t('said.by', { email: recipient.email })}</p>`;
}

function send(res: Response, status: number, body: Markup): void {
  const viewer = viewerOf(res);
  const title = viewer.t('said.title');
  const page = html`<section class="card narrow"><h1>${title}</h1>${body}</section>`;
  res
    .status(status)
    .set('x-robots-tag', 'noindex')
    .send(renderLayout(viewer, { title, body: page }).toString());
}

function sendOutcome(res: Response, outcome: Outcome): void {
  const { t } = viewerOf(res);
  send(res, STATUS[outcome], html`<p role="status">${t(`said.${outcome}`)}</p>`);
}

async function setStatus(
  deps: DashboardDeps,
  tx: Db,
  { link, post, recipient }: Exclude<Found, { refused: Refusal }>,
): Promise<Outcome> {
  const now = deps.clock.now();
  if (link.action === 'answered' && post.caseId !== null) {
    const by = { actor: recipient.email, now };
    return (await reviseCase(tx, post.caseId, { status: 'answered' }, by)) === null ? 'gone' : 'done';
  }
  const document = await setMentionStatus(tx, link.mention, link.action === 'not-us' ? 'not_us' : 'answered');
  if (document === null) return 'gone';
  await touchDocuments(tx, [document], now);
  return 'done';
}

/** Thrown to take back what a transaction has begun. */
class NotDone extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

async function act(deps: DashboardDeps, tx: Db, token: string, label: string): Promise<Outcome> {
  const found = await find(deps, tx, token);
  if ('refused' in found) return found.refused;
  const { link, post, recipient } = found;
  const at = deps.clock.now();
  const used = { tokenHash: sha256(token), recipientId: link.recipient, mentionId: link.mention };
  if (!(await useLink(tx, { ...used, action: link.action, at, expiresAt: link.expiresAt }))) return 'used';
  const outcome =
    link.action === 'tone'
      ? await deps.corrections.correct(tx, {
          documentId: post.documentId,
          revision: link.revision,
          kind: 'sentiment',
          target: post.topicKey,
          said: { label },
          by: recipient.email,
        })
      : await setStatus(deps, tx, found);
  if (outcome === 'gone' || outcome === 'edited' || outcome === 'late') {
    // The link was not used: what it says can still be said once the text is read.
    throw new NotDone(outcome === 'late' ? 'gone' : outcome);
  }
  const detail = link.action === 'tone' ? { action: link.action, label } : { action: link.action };
  const subject = `mention:${link.mention}`;
  await addAudit(tx, { at, actor: recipient.email, action: 'digest.said', subject, detail });
  return 'done';
}

async function post(deps: DashboardDeps, req: Request<{ token: string }>, res: Response): Promise<void> {
  const { token } = req.params;
  const label = String((req.body as Record<string, unknown> | undefined)?.label ?? '');
  const link = readActionToken(deps.alerts.sign, token);
  if (link?.action === 'tone' && !TONES.some((one) => one === label)) {
    const found = await find(deps, deps.db, token);
    if ('refused' in found) return sendOutcome(res, found.refused);
    return send(res, 400, renderAsk(viewerOf(res), found));
  }
  const outcome = await deps.db
    .transaction((tx) => act(deps, tx, token, label))
    .catch((error: unknown) => {
      if (error instanceof NotDone) return error.outcome;
      throw error;
    });
  sendOutcome(res, outcome);
}

/** Links under posts in mails: a GET only shows what would happen, because programs that look at mails open all links. */
export function saidRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get('/said/:token', async (req, res) => {
    const found = await find(deps, deps.db, req.params.token);
    if ('refused' in found) return sendOutcome(res, found.refused);
    send(res, 200, renderAsk(viewerOf(res), found));
  });
  router.post('/said/:token', (req, res) => post(deps, req, res));
  return router;
}
