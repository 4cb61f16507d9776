import { z } from 'zod';
import type { CaseRevision } from '../../src/act/cases/revise.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { minuteKey } from '../../src/lib/zone.ts';
import { CASE_OUTCOMES, CASE_STATUSES, type Case } from '../../src/model/case.ts';
import { REASONS } from '../../src/model/correction.ts';
import type { UserId } from '../../src/model/ids.ts';
import type { User } from '../../src/model/user.ts';
import type { Viewer } from '../auth/session.ts';
import { momentParam } from '../params.ts';
import { reasonName } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';

const MAX_TEXT = 2000;

const optional = z.string().trim().max(MAX_TEXT);
/** `2026-11-29T18:00`, as a browser's field gives it, on the viewer's clock. */
const localMoment = z.union([z.literal(''), z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)]);

/** A form holds some of these; what it leaves out stays. */
const fields = z.object({
  status: z.enum(CASE_STATUSES).optional(),
  owner: z.union([z.literal(''), z.coerce.number().int().positive()]).optional(),
  cause: optional.max(40).optional(),
  severity: z.enum(['1', '2', '3']).optional(),
  outcome: z.union([z.literal(''), z.enum(CASE_OUTCOMES)]).optional(),
  due: localMoment.optional(),
  promise: optional.optional(),
  until: localMoment.optional(),
  kept: z.enum(['', 'yes', 'no']).optional(),
  note: optional.optional(),
});

const schema = fields.refine((form) => Object.keys(form).length > 0, 'says nothing');

/** How a field for a moment wants it, on the viewer's clock. */
export function fieldMoment(at: Date | null, zone: string): string {
  return at ? minuteKey(at, zone) : '';
}

/** What a form says. @throws ZodError */
export function readRevision(body: unknown, zone: string): CaseRevision {
  const { status, owner, cause, severity, outcome, due, promise, until, kept, note } = schema.parse(
    body ?? {},
  );
  const dueAt = due ? momentParam(due, zone) : null;
  return {
    ...(status ? { status } : {}),
    ...(owner === undefined ? {} : { owner: owner === '' ? null : (owner as UserId) }),
    ...(cause === undefined ? {} : { cause: cause === '' ? null : cause }),
    ...(severity ? { severity: Number(severity) as Case['severity'] } : {}),
    ...(outcome === undefined ? {} : { outcome: outcome === '' ? null : outcome }),
    ...(dueAt ? { dueAt } : {}),
    ...(promise === undefined
      ? {}
      : { promise: promise === '' ? null : { text: promise, until: momentParam(until ?? '', zone) } }),
    ...(kept === undefined ? {} : { promiseKept: kept === '' ? null : kept === 'yes' }),
    ...(note ? { note } : {}),
  };
}

function option(value: string, word: string, isChosen: boolean): Markup {
  return html`<option value="${value}"${isChosen ? html` selected` : ''}>${word}</option>`;
}

function begin(viewer: Viewer, { id }: Case): Markup {
  return html`<form method="post" action="/cases/${id}/revise" class="stack">${csrfField(viewer)}`;
}

/** How far it is, whose it is, and what it is about. */
export function renderWork(viewer: Viewer, c: Case, users: readonly User[]): Markup {
  const { t } = viewer;
  const statuses = CASE_STATUSES.map((status) =>
    option(status, t(`case.status.${status}`), status === c.status),
  );
  const owners = users.map(({ id, name, email }) =>
    option(String(id), `${name} (${email})`, id === c.ownerId),
  );
  const own = [...new Set([...REASONS, ...(c.cause ? [c.cause] : []), c.reason])];
  const causes = own.map((reason) =>
    option(reason, reasonName(viewer, reason), reason === (c.cause ?? c.reason)),
  );
  const severities = ([1, 2, 3] as const).map((one) =>
    option(String(one), t(`severity.${one}`), one === c.severity),
  );
  const outcomes = CASE_OUTCOMES.map((outcome) =>
    option(outcome, t(`case.outcome.${outcome}`), outcome === c.outcome),
  );
  return html`${begin(viewer, c)}
    <label>${t('mention.status')} <select name="status">${statuses}</select></label>
    <label>${t('case.owner')} <select name="owner">${option('', t('case.nobody'), c.ownerId === null)}${owners}</select></label>
    <label>${t('case.cause')} <select name="cause">${causes}</select></label>
    <label>${t('case.severity')} <select name="severity">${severities}</select></label>
    <label>${t('case.due')} <input type="datetime-local" name="due" value="${fieldMoment(c.dueAt, viewer.zone)}"></label>
    <label>${t('case.outcome')} <select name="outcome">${option('', t('case.outcome.none'), c.outcome === null)}${outcomes}</select></label>
    <button class="primary">${t('mention.save')}</button></form>`;
}

/** What was promised, and whether it was kept. */
export function renderPromise(viewer: Viewer, c: Case): Markup {
  const { t } = viewer;
  const kept = c.promise?.kept ?? null;
  const choices = [
    option('', t('case.kept.open'), kept === null),
    option('yes', t('case.kept.yes'), kept === true),
    option('no', t('case.kept.no'), kept === false),
  ];
  return html`${begin(viewer, c)}
    <label>${t('case.promise')} <textarea name="promise" rows="2" maxlength="${MAX_TEXT}">${c.promise?.text ?? ''}</textarea></label>
    <label>${t('case.until')} <input type="datetime-local" name="until" value="${fieldMoment(c.promise?.until ?? null, viewer.zone)}"></label>
    ${c.promise ? html`<label>${t('case.kept')} <select name="kept">${choices}</select></label>` : ''}
    <button>${t('case.promise.save')}</button></form>`;
}

export function renderNote(viewer: Viewer, c: Case): Markup {
  const { t } = viewer;
  return html`${begin(viewer, c)}
    <label>${t('case.note')} <textarea name="note" rows="2" maxlength="${MAX_TEXT}" required></textarea></label>
    <button>${t('case.note.add')}</button></form>`;
}
