import { html, type Markup } from '../../src/lib/html.ts';
import type { Customer } from '../../src/model/customer.ts';
import type { Db } from '../../src/store/db.ts';
import { type EntryRow, findLikelyDuplicates, listMergedEntries } from '../../src/store/merges.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';

const SHOWN = 10;

function renderForm(viewer: Viewer, path: string, value: string, words: string, about: string): Markup {
  return html`<form method="post" action="${path}" class="inline">${csrfField(viewer)}<input type="hidden" name="entry" value="${value}"><button aria-label="${words}: ${about}">${words}</button></form>`;
}

function renderJoined(viewer: Viewer, customer: Customer, entry: EntryRow, isPr: boolean): Markup {
  const { t } = viewer;
  const { id, name, externalId, mergedAt, mergedBy } = entry;
  const form = isPr
    ? renderForm(viewer, `/customers/${customer.id}/split`, String(id), t('entries.split'), externalId)
    : '';
  return html`<li>${name} <small class="muted">${externalId}${mergedBy ? html`, ${t('entries.joined', { by: mergedBy })} ${time(viewer, mergedAt)}` : ''}</small> ${form}</li>`;
}

function renderLikely(viewer: Viewer, customer: Customer, { id, name, externalId }: EntryRow): Markup {
  const { t } = viewer;
  const form = renderForm(
    viewer,
    `/customers/${customer.id}/merge`,
    externalId,
    t('entries.merge'),
    externalId,
  );
  return html`<li><a href="/customers/${id}">${name}</a> <small class="muted">${externalId}, ${t('entries.likely')}</small> ${form}</li>`;
}

/** The CRM's other entries of this person, and those that may be. */
export async function renderEntries(db: Db, viewer: Viewer, customer: Customer): Promise<Markup> {
  const { t } = viewer;
  const isPr = hasRight(viewer.user, 'customers:work');
  const joined = await listMergedEntries(db, customer.id);
  const likely = isPr ? await findLikelyDuplicates(db, customer.id, SHOWN) : [];
  const form = isPr
    ? html`<form method="post" action="/customers/${customer.id}/merge" class="row">${csrfField(viewer)}<label>${t('entries.number')} <input name="entry" required maxlength="500"></label><button>${t('entries.merge')}</button></form>`
    : '';
  const isOpen = joined.length + likely.length > 0;
  return html`<details${isOpen ? html` open` : ''}><summary>${t('entries.title')}</summary><p class="muted">${t('entries.lead')}</p>
    <ul class="plain">${joined.map((one) => renderJoined(viewer, customer, one, isPr))}${likely.map((one) => renderLikely(viewer, customer, one))}</ul>${form}</details>`;
}
