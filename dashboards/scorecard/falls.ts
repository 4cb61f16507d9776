import { html, type Markup } from '../../src/lib/html.ts';
import type { Fall } from '../../src/model/scorecard.ts';
import type { Viewer } from '../auth/session.ts';
import { languageOf, percent, points } from './words.ts';

function renderFall(
  viewer: Viewer,
  { measure, language, later, earlier, difference, isNewVersion }: Fall,
): Markup {
  const { t } = viewer;
  const line = t('scorecard.fall.line', {
    what: t(`scorecard.measure.${measure}`),
    language: languageOf(viewer, language),
    before: percent(viewer, earlier.value),
    now: percent(viewer, later.value),
    points: points(-difference.value),
    low: points(-difference.high),
    high: points(-difference.low),
  });
  return html`<li>${line} ${t(isNewVersion ? 'scorecard.fall.models' : 'scorecard.fall.talk')}</li>`;
}

/** What has become worse, why it may be, and what to do. `to`: what the link leads to. */
export function renderFalls(
  viewer: Viewer,
  falls: readonly Fall[],
  to: { href: string; words: string },
): Markup {
  if (falls.length === 0) return html``;
  const { t } = viewer;
  return html`<section class="note fall"><h2>${t('scorecard.fall')}</h2><ul>${falls.map((fall) => renderFall(viewer, fall))}</ul><p>${t('scorecard.fall.next')} <a href="${to.href}">${to.words}</a></p></section>`;
}
