import { html, type Markup } from '../../src/lib/html.ts';
import type { Customer } from '../../src/model/customer.ts';
import { listCasesOfCustomer } from '../../src/store/cases.ts';
import { listAccountsOfCustomer, listIdentifiers } from '../../src/store/customers.ts';
import type { Db } from '../../src/store/db.ts';
import type { Viewer } from '../auth/session.ts';
import { renderAccounts, renderFacts } from '../views/customer.ts';
import { tierBadge } from '../views/format.ts';
import { renderComplaints } from './complaints.ts';
import { readCardFacts } from './facts.ts';
import { type InterestForm, renderInterests } from './interests.ts';
import { renderNext } from './next.ts';
import { renderTimeline, type TimelineAsk } from './timeline.ts';
import { renderTrouble } from './trouble.ts';
import { renderValue } from './value.ts';
import { renderVoice } from './voice.ts';

interface CardAsk {
  timeline: TimelineAsk;
  form: InterestForm;
}

/** The whole card: who, how sure, how valuable, what is wrong now, what to do next; then everything there is. */
export async function renderCustomerCard(
  db: Db,
  viewer: Viewer,
  customer: Customer,
  { timeline, form }: CardAsk,
): Promise<Markup> {
  const { t } = viewer;
  const [identifiers, accounts, cases, facts] = await Promise.all([
    listIdentifiers(db, customer.id),
    listAccountsOfCustomer(db, customer.id),
    listCasesOfCustomer(db, customer.id),
    readCardFacts(db, customer, viewer),
  ]);
  return html`<p><a href="/customers">← ${t('menu.customers')}</a></p><h1>${customer.name} ${tierBadge(viewer, customer.tier ?? facts.value.tier.tier)}</h1>
    ${renderFacts(viewer, customer, identifiers)}
    <h2>${t('customer.accounts')}</h2>${renderAccounts(viewer, customer.id, accounts)}
    <div class="side standing">${renderValue(viewer, facts)}${renderTrouble(viewer, facts)}${renderNext(viewer, facts)}</div>
    ${await renderTimeline(db, viewer, customer.id, timeline)}
    ${await renderComplaints(db, viewer, cases)}
    ${renderInterests(viewer, facts, form)}
    ${await renderVoice(db, viewer, customer.id)}`;
}
