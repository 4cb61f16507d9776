import { usualOfTopics } from '../../src/act/digest/collect-topics.ts';
import { sideOf, type Usual } from '../../src/act/digest/usual.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { listOpenIncidents } from '../../src/store/alert-incidents.ts';
import type { TopicFact } from '../../src/store/digest-facts.ts';
import { remembered } from '../../src/store/remembered.ts';
import { renderIncidents } from '../alerts/incidents.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { number } from '../views/format.ts';

interface Odd {
  fact: TopicFact;
  what: 'total' | 'negative';
  side: -1 | 1;
  usual: Usual;
}

/** What eight past weeks brought stays the same while a page is looked at. */
const rememberedUsual = remembered(10 * 60_000, usualOfTopics);

const WHAT = ['total', 'negative'] as const;

/** What lies outside what nine of ten such days bring; null when too little was watched to tell. */
async function oddTopics(
  deps: DashboardDeps,
  { zone }: Viewer,
  facts: readonly TopicFact[],
  period: { from: Date; to: Date },
): Promise<Odd[] | null> {
  const usualOf = await rememberedUsual(
    deps.db,
    facts.map(({ key }) => key),
    period,
    zone,
  );
  const odd: Odd[] = [];
  let isKnown = false;
  for (const fact of facts) {
    for (const what of WHAT) {
      const usual = usualOf(fact.key)[what];
      if ('needed' in usual) continue;
      isKnown = true;
      const side = sideOf(fact[what], usual);
      if (side !== 0) odd.push({ fact, what, side, usual });
    }
  }
  return isKnown ? odd : null;
}

function renderOdd(viewer: Viewer, { fact, what, side, usual }: Odd): Markup {
  const { t } = viewer;
  const href = `/mentions?topic=${encodeURIComponent(fact.key)}${what === 'negative' ? '&tone=negative' : ''}`;
  const words = t(side > 0 ? 'today.more' : 'today.less', {
    n: number(viewer, fact[what]),
    low: number(viewer, usual.low),
    high: number(viewer, usual.high),
  });
  return html`<li><a href="${href}"><strong>${fact.name}</strong>, ${t(`today.what.${what}`)}</a>: ${words}</li>`;
}

/** Open incidents of alerts, and topics that are talked of more or less than on other such days. */
export async function renderUnusual(
  deps: DashboardDeps,
  viewer: Viewer,
  facts: readonly TopicFact[],
  period: { from: Date; to: Date },
): Promise<Markup> {
  const { t } = viewer;
  const [incidents, odd] = await Promise.all([
    listOpenIncidents(deps.db),
    oddTopics(deps, viewer, facts, period),
  ]);
  const alerts = incidents.length > 0 ? await renderIncidents(deps, viewer, incidents, '') : '';
  const topics =
    odd && odd.length > 0
      ? html`<ul>${odd.map((one) => renderOdd(viewer, one))}</ul>`
      : html`<p class="muted">${t(odd === null ? 'today.toolittle' : 'today.usual')}</p>`;
  return html`<h2>${t('today.unusual')}</h2>${alerts}${topics}`;
}
