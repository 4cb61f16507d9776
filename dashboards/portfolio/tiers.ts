import { html, type Markup } from '../../src/lib/html.ts';
import type { Tier } from '../../src/model/customer.ts';
import type { TierSum } from '../../src/store/portfolio.ts';
import type { Viewer } from '../auth/session.ts';
import { aboutMoney, roundMoney, tierName } from '../customers/words.ts';
import { number, tierBadge } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import { listPath } from './rows.ts';

const BAR = 640;
const ROW = 36;
const CLASSES: Record<Tier | 'none', string> = { MVC: 'mvc', MGC: 'mgc', BZC: 'bzc', none: 'rest' };

interface Share {
  tier: Tier | null;
  amount: number;
}

function part(
  sums: readonly Share[],
  { tier, amount }: Share,
): { width: number; percent: number; kind: string } {
  const total = sums.reduce((sum, one) => sum + Math.max(0, one.amount), 0);
  const share = total === 0 ? 0 : Math.max(0, amount) / total;
  return { width: share * BAR, percent: Math.round(share * 100), kind: CLASSES[tier ?? 'none'] };
}

/** One bar of parts, each written on where there is room. */
function renderBar(viewer: Viewer, name: string, shares: readonly Share[], row: number): Markup {
  let x = 0;
  const y = row * ROW;
  const parts = shares.map((share) => {
    const { width, percent, kind } = part(shares, share);
    const at = x;
    x += width;
    const words = `${tierName(viewer, share.tier)} ${percent} %`;
    const label =
      width > 44
        ? html`<text class="on-bar" x="${(at + 4).toFixed(1)}" y="${y + 28}">${share.tier ?? '—'}</text>`
        : '';
    return html`<rect class="${kind}" x="${at.toFixed(1)}" y="${y + 16}" width="${Math.max(0, width - 1).toFixed(1)}" height="16"><title>${words}</title></rect>${label}`;
  });
  return html`<text x="0" y="${y + 11}">${name}</text>${parts}`;
}

/** The main currency is the one that brought most customers in. */
function mainCurrency(sums: readonly TierSum[]): string | null {
  const counts = new Map<string, number>();
  for (const { money, customers } of sums)
    for (const { currency } of money) counts.set(currency, (counts.get(currency) ?? 0) + customers);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function renderChart(viewer: Viewer, sums: readonly TierSum[]): Markup {
  const { t } = viewer;
  const currency = mainCurrency(sums);
  const customers = sums.map(({ tier, customers: amount }) => ({ tier, amount }));
  const brought = sums.map(({ tier, money }) => ({
    tier,
    amount: money.find((one) => one.currency === currency)?.realised ?? 0,
  }));
  const list = customers
    .map(
      (one, n) =>
        `${tierName(viewer, one.tier)} ${part(customers, one).percent} % / ${part(brought, brought[n] as Share).percent} %`,
    )
    .join(', ');
  const bars = [
    renderBar(viewer, t('portfolio.share.customers'), customers, 0),
    ...(currency ? [renderBar(viewer, t('portfolio.share.money', { currency }), brought, 1)] : []),
  ];
  return html`<svg class="shares" role="img" aria-label="${t('portfolio.tiers.chart', { list })}" viewBox="0 0 ${BAR} ${bars.length * ROW}" width="${BAR}">${bars}</svg>`;
}

function sumsOf(viewer: Viewer, { money }: TierSum, which: 'realised' | 'expected'): Markup {
  const known = money.filter((one) => one[which] !== null);
  const none = which === 'expected' && money.length > 0 ? viewer.t('portfolio.expected.none') : '—';
  if (known.length === 0) return html`<span class="muted">${none}</span>`;
  const shown = (amount: number, currency: string): string =>
    which === 'expected' ? `≈ ${aboutMoney(viewer, amount, currency)}` : roundMoney(viewer, amount, currency);
  return html`${known.map((one) => html`<div>${shown(one[which] ?? 0, one.currency)}</div>`)}`;
}

/** How many there are of each tier, what they bring, and how unlike the two are. */
export function renderTiers(viewer: Viewer, sums: readonly TierSum[]): Markup {
  const { t } = viewer;
  const head = [
    t('portfolio.tier'),
    t('portfolio.customers'),
    t('portfolio.realised'),
    t('portfolio.expected'),
  ];
  const rows = sums.map((sum) => {
    const { tier, customers } = sum;
    const words = tier
      ? html`${tierBadge(viewer, tier)} ${t(`tier.${tier}`).replace(/^\w+: /, '')}`
      : tierName(viewer, null);
    return [
      html`<a href="${listPath({ list: 'tier', part: tier ?? 'none' })}">${words}</a>`,
      number(viewer, customers),
      sumsOf(viewer, sum, 'realised'),
      sumsOf(viewer, sum, 'expected'),
    ];
  });
  return html`<section><h2>${t('portfolio.tiers')}</h2>${renderChart(viewer, sums)}${renderTable(head, rows, '')}</section>`;
}
