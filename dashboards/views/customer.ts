import { html, type Markup } from '../../src/lib/html.ts';
import { maskIdentifier } from '../../src/match/identifiers.ts';
import type { Customer, Identifier, Purchase } from '../../src/model/customer.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import type { CustomerAccount } from '../../src/store/links.ts';
import { hasRole, type Viewer } from '../auth/session.ts';
import { day, money, outside } from './format.ts';
import { csrfField } from './layout.ts';
import { renderTable } from './table.ts';

function renderContacts(viewer: Viewer, identifiers: readonly Identifier[]): Markup {
  if (identifiers.length === 0) return html`—`;
  const maySee = hasRole(viewer.user, 'pr');
  const shown = identifiers.map((i) => html`<li>${maySee ? i.value : maskIdentifier(i)}</li>`);
  return html`<ul class="plain">${shown}</ul>${maySee ? '' : html`<small class="muted">${viewer.t('customer.masked')}</small>`}`;
}

/** The channel that most purchases came through, or null when no purchase names one. */
function preferredChannel(purchases: readonly Purchase[]): { channel: string; times: number } | null {
  const counts = new Map<string, number>();
  for (const { channel } of purchases) if (channel) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most ? { channel: most[0], times: most[1] } : null;
}

/** What was spent, one sum a currency. */
function renderSpent(viewer: Viewer, purchases: readonly Purchase[]): string {
  const sums = new Map<string, number>();
  for (const { amount, currency } of purchases) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, sum]) => money(viewer, sum, currency)).join(', ');
}

export function renderFacts(
  viewer: Viewer,
  customer: Customer,
  identifiers: readonly Identifier[],
  purchases: readonly Purchase[],
): Markup {
  const { t } = viewer;
  const preferred = preferredChannel(purchases);
  return html`<dl class="facts"><dt>${t('customer.number')}</dt><dd>${customer.externalId}</dd>
    ${customer.city ? html`<dt>${t('customer.city')}</dt><dd>${customer.city}</dd>` : ''}
    ${customer.tier ? html`<dt>${t('customer.tier')}</dt><dd>${t(`tier.${customer.tier}`)}</dd>` : ''}
    <dt>${t('customer.contacts')}</dt><dd>${renderContacts(viewer, identifiers)}</dd>
    ${purchases.length > 0 ? html`<dt>${t('customer.spent')}</dt><dd>${t.count('purchases', purchases.length)}, ${renderSpent(viewer, purchases)}</dd>` : ''}
    ${preferred ? html`<dt>${t('customer.channel')}</dt><dd>${preferred.channel} (${t('customer.channel.share', { n: preferred.times, of: purchases.length })})</dd>` : ''}</dl>`;
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

export function renderPurchases(viewer: Viewer, purchases: readonly Purchase[]): Markup {
  const { t } = viewer;
  return renderTable(
    [t('purchase.when'), t('purchase.item'), t('purchase.amount'), t('purchase.channel')],
    purchases.map((p) => [day(viewer, p.at), p.item, money(viewer, p.amount, p.currency), p.channel ?? '—']),
    t('customer.nopurchases'),
  );
}
