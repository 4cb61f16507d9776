import { crmGuides } from '../../src/act/crm/guides.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { CrmPull } from '../../src/store/crm-pulls.ts';
import type { PausedEndpoint } from '../../src/store/endpoints.ts';
import type { Viewer } from '../auth/session.ts';
import type { ConnectedCrm } from '../deps.ts';
import { number, time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import { meaningOf } from './answers.ts';

/** How one CRM stands, as the store knows it. */
export interface CrmStanding {
  crm: ConnectedCrm;
  pulls: readonly CrmPull[];
  paused: PausedEndpoint | null;
  /** Deliveries that have not left. */
  waiting: number;
}

export function vendorName(kind: string): string {
  return crmGuides.find((guide) => guide.kind === kind)?.name ?? kind;
}

/** Who we are there, as it was answered last. */
export function renderWho(viewer: Viewer, { can, lastCheck }: ConnectedCrm): Markup {
  const { t } = viewer;
  if (!can.check) return html`<span class="muted">${t('crm.who.cannot')}</span>`;
  if (!lastCheck) return html`<span class="muted">${t('crm.who.unknown')}</span>`;
  const { at, answer } = lastCheck;
  const asked = html`<small class="muted">${t('crm.asked')} ${time(viewer, at)}</small>`;
  if ('failure' in answer)
    return html`<span class="error">${t(meaningOf(answer.failure.code))}</span><br>${asked}`;
  const { account, user } = answer.value;
  return html`${user ? t('crm.who.is', { user, account }) : account}<br>${asked}`;
}

function renderPull(viewer: Viewer, pull: CrmPull): Markup {
  const { t } = viewer;
  const counts = t('crm.read.taken', {
    taken: number(viewer, pull.records),
    left: number(viewer, pull.leftOut),
  });
  const last = pull.lastSuccessAt
    ? html`${t('crm.read.last')} ${time(viewer, pull.lastSuccessAt)}`
    : html`${t('crm.read.never')}`;
  const trouble = pull.lastError
    ? html`<br><span class="error">${pull.lastError}</span><br><small>${t('crm.read.trouble')} ${t('crm.read.next')}: ${time(viewer, pull.nextAt)}.</small>`
    : '';
  return html`<p>${t(`crm.read.kind.${pull.kind}`)}: ${counts}<br><small class="muted">${last}</small>${trouble}</p>`;
}

/** What was read out of it so far. */
export function renderReading(viewer: Viewer, { crm, pulls }: CrmStanding): Markup {
  if (pulls.length > 0) return html`${pulls.map((pull) => renderPull(viewer, pull))}`;
  const words = crm.pulls.length > 0 ? 'crm.read.never' : 'crm.read.off';
  return html`<span class="muted">${viewer.t(words)}</span>`;
}

/** Paused by the store, or in trouble as far as the last check tells. */
export function renderState({ t }: Viewer, { crm, paused }: CrmStanding): Markup {
  if (paused) return html`<span class="state dead">${t('crm.state.paused')}</span>`;
  const hasTrouble = crm.lastCheck !== null && 'failure' in crm.lastCheck.answer;
  if (hasTrouble) return html`<span class="state dead">${t('crm.state.trouble')}</span>`;
  return html`<span class="state delivered">${t('crm.state.works')}</span>`;
}

function renderChoices({ t }: Viewer): Markup {
  const links = crmGuides.map(
    ({ kind, name }) => html`<a class="button" href="/crm/connect/${kind}">${name}</a>`,
  );
  return html`<section class="card"><h2>${t('crm.connect')}</h2><p class="row">${links}</p></section>`;
}

/** The CRMs of the configuration with how they stand, and how to connect another. */
export function renderCrms(viewer: Viewer, standings: readonly CrmStanding[]): Markup {
  const { t } = viewer;
  if (standings.length === 0) return html`<p class="empty">${t('crm.empty')}</p>${renderChoices(viewer)}`;
  const rows = standings.map((one) => [
    html`<a href="/crm/${encodeURIComponent(one.crm.key)}">${one.crm.key}</a>`,
    vendorName(one.crm.kind),
    renderState(viewer, one),
    renderWho(viewer, one.crm),
    renderReading(viewer, one),
    number(viewer, one.waiting),
  ]);
  const head = (['key', 'vendor', 'state', 'who', 'read', 'waiting'] as const).map((name) =>
    t(`crm.${name}`),
  );
  return html`<p class="muted">${t('crm.lead')}</p>${renderTable(head, rows, t('crm.none'))}${renderChoices(viewer)}`;
}
