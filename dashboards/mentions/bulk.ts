import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response, Router } from 'express';
import { z } from 'zod';
import { decideByPerson } from '../../src/act/rules/by-person.ts';
import type { Wish } from '../../src/act/rules/decide.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import { searchAddressSchema } from '../../src/model/saved-view.ts';
import { MENTION_STATUSES, type MentionStatus } from '../../src/model/topic.ts';
import { addAudit } from '../../src/store/audit.ts';
import { type BeforeChange, saveBulkChange, takeBulkChange } from '../../src/store/bulk-changes.ts';
import type { Db } from '../../src/store/db.ts';
import { listMentionStatesById, lockMentionStates, type MentionState } from '../../src/store/decisions.ts';
import { setMentionStatus } from '../../src/store/mentions.ts';
import { type ListedUser, listUsers } from '../../src/store/users.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { listSchema } from '../params.ts';
import { addressWith } from '../search-form.ts';
import { csrfField } from '../views/layout.ts';

const PICKED_AT_MOST = 500;

/** Where to go on: the list as it was. */
const backSchema = searchAddressSchema.catch('/mentions');
const pickSchema = listSchema(z.coerce.number().int().positive(), { max: PICKED_AT_MOST });

const DOES = [...MENTION_STATUSES, 'basket', 'mine', 'nobody'] as const;
type Does = (typeof DOES)[number];

const formSchema = z.object({ pick: pickSchema, does: z.enum(DOES), back: backSchema });
const undoSchema = z.object({ change: z.uuid(), back: backSchema });

const isStatus = (does: Does): does is MentionStatus =>
  (MENTION_STATUSES as readonly string[]).includes(does);

function beforeOf(state: MentionState, users: readonly ListedUser[]): BeforeChange {
  const assigned = users.find(({ id }) => id === state.assignedTo)?.email ?? null;
  return { mention: state.id, status: state.status, assigned, basket: state.basketAt !== null };
}

function afterOf(before: BeforeChange, does: Does, me: string): BeforeChange {
  if (isStatus(does)) return { ...before, status: does };
  if (does === 'basket') return { ...before, basket: true };
  return { ...before, assigned: does === 'mine' ? me : null };
}

/** Makes a mention as it is to be; what is so already is left alone. Returns the document that came out of the basket, or null. */
async function change(
  tx: Db,
  from: BeforeChange,
  to: BeforeChange,
  users: readonly ListedUser[],
  by: string,
  now: Date,
): Promise<DocumentId | null> {
  if (to.status !== from.status) await setMentionStatus(tx, to.mention, to.status);
  const assignee = users.find(({ email }) => email === to.assigned);
  const wishes: Wish[] = [
    ...(to.assigned === from.assigned
      ? []
      : [{ action: 'assign' as const, user: assignee?.id ?? null, email: assignee?.email ?? '' }]),
    ...(to.basket === from.basket ? [] : [{ action: 'basket' as const, isThere: to.basket }]),
  ];
  if (wishes.length === 0) return null;
  const made = await decideByPerson(tx, to.mention, () => wishes, by, now);
  return made && from.basket && !to.basket ? made.state.documentId : null;
}

async function changeMany(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { pick, does, back } = formSchema.parse(req.body);
  const me = userOf(res);
  const now = deps.clock.now();
  const users = await listUsers(deps.db);
  const id = randomUUID();
  await deps.db.transaction(async (tx) => {
    const states = await lockMentionStates(tx, pick as DocumentId[]);
    const before = states.filter(({ basketAt }) => basketAt === null).map((state) => beforeOf(state, users));
    for (const one of before) await change(tx, one, afterOf(one, does, me.email), users, me.email, now);
    await saveBulkChange(tx, id, me.id, before, now);
    await addAudit(tx, {
      at: now,
      actor: me.email,
      action: 'mentions.changed',
      subject: `mentions:${before.length}`,
      detail: { does, mentions: before.map(({ mention }) => mention) },
    });
  });
  res.redirect(303, addressWith(back, 'changed', id));
}

async function undo(deps: DashboardDeps, req: Request, res: Response, next: NextFunction): Promise<void> {
  const { change: id, back } = undoSchema.parse(req.body);
  const me = userOf(res);
  const now = deps.clock.now();
  const users = await listUsers(deps.db);
  const undone = await deps.db.transaction(async (tx) => {
    const before = await takeBulkChange(tx, id, me.id);
    if (!before) return false;
    const states = await listMentionStatesById(
      tx,
      before.map(({ mention }) => mention),
    );
    const restored: DocumentId[] = [];
    for (const state of states) {
      const was = before.find(({ mention }) => mention === state.id);
      const document = was && (await change(tx, beforeOf(state, users), was, users, me.email, now));
      if (document) restored.push(document);
    }
    if (restored.length > 0) await deps.rules.restored(tx, restored);
    await addAudit(tx, {
      at: now,
      actor: me.email,
      action: 'mentions.undone',
      subject: `mentions:${before.length}`,
      detail: { mentions: before.map(({ mention }) => mention) },
    });
    return true;
  });
  if (!undone) return next();
  res.redirect(303, addressWith(back, 'undone', '1'));
}

/** Above the list: what to do with the posts that are picked. `back`: the address of the list. */
export function renderBulk(viewer: Viewer, back: string): Markup {
  const { t } = viewer;
  if (!hasRight(viewer.user, 'mentions:work')) return html``;
  const words = (does: Does): string => (isStatus(does) ? t(`status.${does}`) : t(`bulk.${does}`));
  const options = DOES.map((does) => html`<option value="${does}">${words(does)}</option>`);
  return html`<form method="post" action="/mentions/bulk" id="bulk" class="inline bulk">${csrfField(viewer)}<input type="hidden" name="back" value="${back}">
    <label class="check"><input type="checkbox" data-pick-all> <span data-picked>${t('bulk.picked')}</span></label>
    <label>${t('bulk.does')} <select name="does">${options}</select></label> <button>${t('bulk.do')}</button></form>`;
}

/** What has just been done to many, with the way back. */
export function renderBulkNotice(
  viewer: Viewer,
  query: { changed?: unknown; undone?: unknown },
  back: string,
): Markup {
  const { t } = viewer;
  if (query.undone === '1') return html`<p class="note done" role="status">${t('bulk.undone')}</p>`;
  const id = z.uuid().safeParse(query.changed);
  if (!id.success) return html``;
  return html`<form method="post" action="/mentions/bulk/undo" class="note done" role="status">${csrfField(viewer)}<input type="hidden" name="change" value="${id.data}"><input type="hidden" name="back" value="${back}">${t('bulk.done')} <button class="link">${t('bulk.undo')}</button></form>`;
}

export function bulkRoutes(deps: DashboardDeps, router: Router): void {
  router.post('/bulk', allow('mentions:work'), (req, res) => changeMany(deps, req, res));
  router.post('/bulk/undo', allow('mentions:work'), (req, res, next) => undo(deps, req, res, next));
}
