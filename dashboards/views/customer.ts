import { html, type Markup } from '../../src/lib/html.ts';
import { maskIdentifier } from '../../src/match/identifiers.ts';
import type { Customer, Identifier } from '../../src/model/customer.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import type { CustomerAccount } from '../../src/store/customers.ts';
import { hasRole, type Viewer } from '../auth/session.ts';
import { outside } from './format.ts';
import { csrfField } from './layout.ts';
import { renderTable } from './table.ts';

function renderContacts(viewer: Viewer, identifiers: readonly Identifier[]): Markup {
  if (identifiers.length === 0) return html`—`;
  const maySee = hasRole(viewer.user, 'pr');
  const shown = identifiers.map((i) => html`<li>${maySee ? i.value : maskIdentifier(i)}</li>`);
  return html`<ul class="plain">${shown}</ul>${maySee ? '' : html`<small class="muted">${viewer.t('customer.masked')}</small>`}`;
}

export function renderFacts(viewer: Viewer, customer: Customer, identifiers: readonly Identifier[]): Markup {
  const { t } = viewer;
  return html`<dl class="facts"><dt>${t('customer.number')}</dt><dd>${customer.externalId}</dd>
    ${customer.city ? html`<dt>${t('customer.city')}</dt><dd>${customer.city}</dd>` : ''}
    <dt>${t('customer.contacts')}</dt><dd>${renderContacts(viewer, identifiers)}</dd></dl>`;
}

function renderEvidence({ t }: Viewer, account: CustomerAccount): string {
  return account.evidence
    .map(({ code, where, masked, bits = 0 }) => {
      const sign = t(`evidence.${code}`, { masked });
      return bits < 0 ? t('evidence.against', { sign }) : `${sign} ${t(`evidence.${where}`)}`.trim();
    })
    .join('; ');
}

/** Nothing is certain before a person has said so. */
const percentOf = (score: number): number => Math.min(99, Math.round(score * 100));

function renderDecision(viewer: Viewer, customer: CustomerId, account: CustomerAccount): Markup {
  if (!hasRole(viewer.user, 'pr')) return html``;
  const button = (decision: 'confirmed' | 'rejected', word: string) =>
    html`<button name="decision" value="${decision}">${word}</button>`;
  return html`<form method="post" action="/customers/${customer}/link" class="inline">${csrfField(viewer)}<input type="hidden" name="author" value="${account.authorId}">
    ${account.state === 'confirmed' ? '' : button('confirmed', viewer.t('link.confirm'))} ${account.state === 'rejected' ? '' : button('rejected', viewer.t('link.reject'))}</form>`;
}

export function renderAccounts(
  viewer: Viewer,
  customer: CustomerId,
  accounts: readonly CustomerAccount[],
): Markup {
  const { t } = viewer;
  if (accounts.length === 0) return html`<p class="empty">${t('customer.noaccounts')}</p>`;
  const rows = accounts.map((a) => [
    html`${a.profileUrl ? outside(a.profileUrl, a.name ?? a.handle) : (a.name ?? a.handle)}<br><small class="muted">${a.site}</small>`,
    html`${t(`link.${a.state}`)}, ${percentOf(a.score)} %<br><small class="muted">${renderEvidence(viewer, a)}</small>`,
    renderDecision(viewer, customer, a),
  ]);
  return renderTable([t('account.name'), t('account.why'), t('account.right')], rows, '');
}
