import { html, type Markup } from '../../src/lib/html.ts';
import { maskIdentifier } from '../../src/match/identifiers.ts';
import type { Identifier } from '../../src/model/customer.ts';
import type { ReviewCandidate } from '../../src/store/reviews.ts';
import type { Viewer } from '../auth/session.ts';
import type { Key } from '../corrections/choices.ts';
import { keyAttributes, renderKeyName } from '../corrections/rows.ts';
import { percentOf, renderWaterfall } from '../links/waterfall.ts';
import { day, tierBadge } from '../views/format.ts';

const digit = (n: number): Key => ({ code: `Digit${n}`, ru: String(n), en: String(n) });
/** «This is the one» of the first, second, third candidate; «speaks for» of each. */
const THIS_KEYS = [1, 2, 3].map(digit);
const BEHALF_KEYS = [4, 5, 6].map(digit);

/** A customer with what one would compare by: contacts masked, for nobody need read them here. */
export interface ShownCandidate extends ReviewCandidate {
  identifiers: readonly Identifier[];
}

function renderFacts(viewer: Viewer, one: ShownCandidate): Markup {
  const { t } = viewer;
  const contacts = one.identifiers.map((identifier) => html`<li>${maskIdentifier(identifier)}</li>`);
  const last = one.lastPurchaseAt ? html`, ${t('review.last')} ${day(viewer, one.lastPurchaseAt)}` : '';
  return html`<p class="muted">${[one.company, one.city].filter(Boolean).join(', ')}</p>
    <ul class="plain">${contacts}</ul>
    <p class="muted">${t.count('purchases', one.purchases)}${last}<br>${t('review.since')} ${day(viewer, one.since)}</p>`;
}

/** One of the customers who stand side by side. `at`: from 0. */
export function renderCandidate(viewer: Viewer, one: ShownCandidate, at: number): Markup {
  const { t } = viewer;
  const [thisKey, behalfKey] = [THIS_KEYS[at], BEHALF_KEYS[at]];
  return html`<section class="candidate" aria-label="${t('review.candidate', { n: at + 1 })}">
    <h3><a href="/customers/${one.customerId}">${one.name}</a> ${tierBadge(viewer, one.tier)}</h3>
    <p class="likely"><strong>${percentOf(one.score)} %</strong></p>
    ${renderFacts(viewer, one)}${renderWaterfall(viewer, one.evidence, one.score)}
    <p class="row"><button class="primary" name="say" value="confirmed ${one.customerId}"${keyAttributes(viewer, thisKey)}>${t('review.this')}${renderKeyName(viewer, thisKey)}</button>
    <button name="say" value="on_behalf ${one.customerId}"${keyAttributes(viewer, behalfKey)}>${t('review.behalf')}${renderKeyName(viewer, behalfKey)}</button></p></section>`;
}
