import { html, type Markup } from '../../src/lib/html.ts';
import type { Customer } from '../../src/model/customer.ts';
import { listCasesOfCustomer } from '../../src/store/cases.ts';
import { listIdentifiers } from '../../src/store/customers.ts';
import { listAccountsOfCustomer, listLinkEvents } from '../../src/store/links.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderAccounts, renderLinkHistory } from '../links/accounts.ts';
import { renderEntries } from '../links/entries.ts';
import { renderPrivacy } from '../privacy/routes.ts';
import { renderFacts } from '../views/customer.ts';
import { tierBadge } from '../views/format.ts';
import { renderComplaints } from './complaints.ts';
import { readCardFacts } from './facts.ts';
import { type InterestForm, renderInterests } from './interests.ts';
import { renderNext } from './next.ts';
import { renderTimeline, type TimelineAsk } from './timeline.ts';
import { renderTrouble } from './trouble.ts';
import { renderValue } from './value.ts';
import { renderVoice } from './voice.ts';

const MAX_EVENTS = 50;

interface CardAsk {
  timeline: TimelineAsk;
  form: InterestForm;
}

/** The whole card: who, how sure, how valuable, what is wrong now, what to do next; then everything there is. */
export async function renderCustomerCard(
  { db, vault }: DashboardDeps,
  viewer: Viewer,
  customer: Customer,
  { timeline, form }: CardAsk,
): Promise<Markup> {
  const { t } = viewer;
  const [identifiers, accounts, events, cases, facts] = await Promise.all([
    listIdentifiers(db, vault, customer.id),
    listAccountsOfCustomer(db, customer.id),
    listLinkEvents(db, customer.id, MAX_EVENTS),
    listCasesOfCustomer(db, customer.id),
    readCardFacts(db, customer, viewer),
  ]);
  return html`<p><a href="/customers">← ${t('menu.customers')}</a></p><h1>${customer.name} ${tierBadge(viewer, customer.tier ?? facts.value.tier.tier)}</h1>
    ${renderFacts(viewer, customer, identifiers)}
    <h2>${t('customer.accounts')}</h2>${renderAccounts(viewer, customer.id, accounts)}${renderLinkHistory(viewer, events)}${await renderEntries(db, viewer, customer)}
    <div class="side standing">${renderValue(viewer, facts)}${renderTrouble(viewer, facts)}${renderNext(viewer, facts)}</div>
    ${await renderTimeline(db, viewer, customer.id, timeline)}
    ${await renderComplaints(db, viewer, cases)}
    ${renderInterests(viewer, facts, form)}
    ${await renderVoice(db, viewer, customer.id)}${renderPrivacy(viewer, customer)}`;
}
