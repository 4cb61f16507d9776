import { html, type Markup } from '../../src/lib/html.ts';
import type { CustomerValue } from '../../src/model/value.ts';
import type { Viewer } from '../auth/session.ts';
import { day, number, tierBadge } from '../views/format.ts';
import type { CardFacts } from './facts.ts';
import { monthName, monthsUntil, renderMonthBars } from './month-bars.ts';
import { aboutMoney, percent, rangeWords, refusalWords, roundMoney, tierName, tierReason } from './words.ts';

const MONTHS = 24;

function fact(name: string, value: Markup | string): Markup {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}

/** What the CRM states and what was worked out, with its reasons; both where they differ. */
function renderTiers(viewer: Viewer, { customer, value, moves }: CardFacts): Markup {
  const { t } = viewer;
  const { tier, reasons } = value.tier;
  const computed = tier
    ? html`${tierBadge(viewer, tier)} ${t(`tier.${tier}`).replace(/^\w+: /, '')}<ul class="reasons">${reasons.map((one) => html`<li>${tierReason(viewer, one)}</li>`)}</ul>`
    : t('value.tier.none');
  const differs = customer.tier !== null && customer.tier !== tier;
  const moved = moves.map(
    ({ at, from, to }) =>
      html`<li>${day(viewer, at)}: ${tierName(viewer, from)} → ${tierName(viewer, to)}</li>`,
  );
  return html`${customer.tier ? fact(t('value.tier.stated'), html`${tierBadge(viewer, customer.tier)} ${t(`tier.${customer.tier}`).replace(/^\w+: /, '')}`) : ''}
    ${fact(t('value.tier.computed'), html`${computed}${moved.length > 0 ? html`<ul class="reasons muted">${moved}</ul>` : ''}${differs ? html`<br><small class="muted">${t('value.tier.differ')}</small>` : ''}`)}`;
}

function renderStage(viewer: Viewer, { value, purchases }: CardFacts): Markup {
  const { stage, rhythmDays, silentDays } = value.lifecycle;
  const isOne = purchases.filter(({ amount }) => amount > 0).length === 1;
  const days =
    rhythmDays !== null && silentDays !== null
      ? html`<br><small class="muted">${viewer.t(isOne ? 'value.rhythm.once' : 'value.rhythm', { rhythm: number(viewer, Math.max(1, Math.round(rhythmDays))), silent: number(viewer, Math.round(silentDays)) })}</small>`
      : '';
  return fact(viewer.t('value.stage'), html`${viewer.t(`stage.${stage}`)}${days}`);
}

function renderForecast(
  viewer: Viewer,
  { alive, purchases, money, currency, refusal }: CustomerValue,
): Markup {
  const { t } = viewer;
  const tenth = (value: number): string => number(viewer, Math.round(value * 10) / 10);
  const why = refusal ? refusalWords(viewer, refusal) : '';
  if (!purchases)
    return html`${refusal ? html`<p class="note">${t('refusal.lead', { why })} ${t('refusal.rfm')}</p>` : ''}`;
  const sum =
    money && currency
      ? fact(
          t('value.money'),
          rangeWords(viewer, money, (one) => aboutMoney(viewer, one, currency)),
        )
      : '';
  return html`<dl class="facts">${sum}${fact(t('value.purchases'), rangeWords(viewer, purchases, tenth))}
    ${fact(t('value.alive'), alive ? rangeWords(viewer, alive, percent) : t('value.alive.once'))}</dl>
    ${refusal ? html`<p class="note">${t('refusal.money', { why })}</p>` : ''}<p class="muted"><small>${t('value.average')}</small></p>`;
}

function renderMonths(viewer: Viewer, { purchases }: CardFacts): Markup {
  const counts = new Map<string, number>();
  for (const { at, amount } of purchases)
    if (amount > 0)
      counts.set(at.toISOString().slice(0, 7), (counts.get(at.toISOString().slice(0, 7)) ?? 0) + 1);
  const months = monthsUntil(viewer.now, MONTHS);
  const bars = months.map((month) => {
    const count = counts.get(month) ?? 0;
    return {
      title: `${monthName(viewer, month)}: ${number(viewer, count)}`,
      parts: [{ kind: 'bought', count }],
    };
  });
  const words = viewer.t('value.months', {
    counts: months.map((month) => counts.get(month) ?? 0).join(', '),
  });
  return html`<figure class="chart"><figcaption class="muted">${viewer.t('value.months.caption')}</figcaption>${renderMonthBars(bars, words)}
    <div class="axis"><span>${monthName(viewer, months[0] ?? '')}</span><span>${monthName(viewer, months.at(-1) ?? '')}</span></div></figure>`;
}

/** All that was bought, one sum a currency. */
function renderTotal(viewer: Viewer, { purchases }: CardFacts): Markup {
  const bought = purchases.filter(({ amount }) => amount > 0);
  const sums = new Map<string, number>();
  for (const { amount, currency } of purchases) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  const all = [...sums].map(([currency, sum]) => roundMoney(viewer, sum, currency)).join(', ');
  return fact(viewer.t('value.total'), `${viewer.t.count('purchases', bought.length)}, ${all}`);
}

/** How valuable: what he brought and will bring, and how sure that is. */
export function renderValue(viewer: Viewer, facts: CardFacts): Markup {
  const { t } = viewer;
  const { value, purchases } = facts;
  const { rfm, realised, currency } = value;
  const head = html`<h2>${t('card.value')}</h2>`;
  if (currency === null)
    return html`<section class="card">${head}<dl class="facts">${renderTiers(viewer, facts)}${renderStage(viewer, facts)}</dl><p class="empty">${t('value.nothing')}</p></section>`;
  const currencies = new Set(purchases.map((one) => one.currency));
  return html`<section class="card">${head}<dl class="facts">${renderTiers(viewer, facts)}${renderStage(viewer, facts)}
    ${renderTotal(viewer, facts)}${realised !== null ? fact(t('value.realised'), roundMoney(viewer, realised, currency)) : ''}
    ${rfm ? fact(t('value.rfm'), t('value.rfm.words', { r: rfm.recency, f: rfm.frequency, m: rfm.money })) : ''}</dl>
    ${renderForecast(viewer, value)}${currencies.size > 1 ? html`<p class="muted"><small>${t('value.currencies', { currency })}</small></p>` : ''}${renderMonths(viewer, facts)}</section>`;
}
