import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { CASE_STATUSES, type Incident } from '../../src/model/case.ts';
import { TIERS } from '../../src/model/customer.ts';
import type { CaseFilter } from '../../src/store/cases.ts';
import type { Viewer } from '../auth/session.ts';
import { time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

const STATUSES = ['', 'waiting', ...CASE_STATUSES, 'withdrawn'] as const;
const OWNERS = ['', 'me'] as const;
const TIER_CHOICES = ['', ...TIERS, 'none'] as const;

const schema = z.object({
  status: z.enum(STATUSES).catch(''),
  owner: z.enum(OWNERS).catch(''),
  tier: z.enum(TIER_CHOICES).catch(''),
  late: z.enum(['', '1']).catch(''),
});
type Asked = z.infer<typeof schema>;

export interface CaseAsk {
  asked: Asked;
  filter: CaseFilter;
  /** Of the address, with `&` at its end; empty when all are asked for. */
  query: string;
}

/** What a list is asked for; what cannot be read asks for nothing. */
export function readCaseFilter(query: unknown, { user }: Viewer): CaseAsk {
  const asked = schema.parse(query ?? {});
  const set = Object.entries(asked).filter(([, value]) => value !== '');
  return {
    asked,
    filter: {
      status: asked.status || undefined,
      ownerId: asked.owner === 'me' ? user?.id : undefined,
      tier: asked.tier || undefined,
      late: asked.late === '1',
    },
    query: set.map(([name, value]) => `${name}=${value}&`).join(''),
  };
}

export function renderCaseFilter(viewer: Viewer, { asked }: CaseAsk): Markup {
  const { t } = viewer;
  const choose = <Value extends string>(
    name: keyof Asked,
    values: readonly Value[],
    word: (value: Value) => string,
  ): Markup[] =>
    values.map(
      (value) =>
        html`<option value="${value}"${value === asked[name] ? html` selected` : ''}>${word(value)}</option>`,
    );
  return html`<form method="get" action="/cases" class="filters">
    <label>${t('mention.status')} <select name="status">${choose('status', STATUSES, (one) => (one === '' ? t('case.all') : t(`case.status.${one}`)))}</select></label>
    <label>${t('customer.tier')} <select name="tier">${choose('tier', TIER_CHOICES, (one) => (one === '' ? t('case.all') : one === 'none' ? t('case.notier') : one))}</select></label>
    <label class="check"><input type="checkbox" name="owner" value="me"${asked.owner === 'me' ? html` checked` : ''}> ${t('case.mine')}</label>
    <label class="check"><input type="checkbox" name="late" value="1"${asked.late === '1' ? html` checked` : ''}> ${t('case.late')}</label>
    <button>${t('case.show')}</button></form>`;
}

/** Nothing where there are none: they are made on a case's own page. */
export function renderIncidentList(
  viewer: Viewer,
  incidents: readonly (Incident & { cases: number })[],
): Markup {
  if (incidents.length === 0) return html``;
  const { t } = viewer;
  const rows = incidents.map(({ id, name, cases, openedAt, closedAt }) => [
    html`<a href="/cases/incidents/${id}">${name}</a>`,
    t.count('cases', cases),
    time(viewer, openedAt),
    closedAt ? html`${t('incident.closed')}, ${time(viewer, closedAt)}` : t('case.status.open'),
  ]);
  return html`<h2>${t('incident.many')}</h2>${renderTable([t('incident.one'), t('incident.cases'), t('case.opened'), t('mention.status')], rows, '')}`;
}
