import { html, type Markup } from '../../src/lib/html.ts';
import { addDays, dateKey, localTime } from '../../src/lib/zone.ts';
import { countFiltered } from '../../src/store/search-filters.ts';
import type { Viewer } from '../auth/session.ts';
import { COMPLAINT_KEYS } from '../corrections/choices.ts';
import type { DashboardDeps } from '../deps.ts';
import { readSearchForm, searchHref, toFilters } from '../search-form.ts';

const DAYS = 7;

/** What a person should look at: how much of it there is, and where. The list's own filters count, so that both say the same. */
export async function renderMaybeComplaints({ db }: DashboardDeps, viewer: Viewer): Promise<Markup> {
  const { t, now, zone, language } = viewer;
  const from = dateKey(addDays(localTime(now, zone), 1 - DAYS));
  const form = readSearchForm({ complaints: 'review', from });
  const count = await countFiltered(db, toFilters(form, zone));
  if (count === 0) return html``;
  const [yes = '', no = ''] = COMPLAINT_KEYS.map((key) => key[language]);
  const link = html`<a href="${searchHref(form, {})}">${t('today.review.all', { posts: t.count('mentions', count), days: t.count('days', DAYS) })}</a>`;
  return html`<h2>${t('today.review')}</h2><p>${link}. <span class="muted">${t('today.review.hint', { yes, no })}</span></p>`;
}
