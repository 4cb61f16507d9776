import { html, type Markup } from '../../src/lib/html.ts';
import { MISS_CAUSES, MISS_STATES, type MissCause, type MissState } from '../../src/model/recall.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { countCauses, Miss, medianTimeToFix } from '../../src/store/recall-misses.ts';
import type { Viewer } from '../auth/session.ts';
import { lengthOf } from '../sources/words.ts';
import { number, siteOf, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { shownText } from '../views/private.ts';
import { renderPages, renderTable } from '../views/table.ts';
import { reporterName } from './entry.ts';

export interface ReportForm {
  address: string;
  text: string;
  topic: string;
  mistake: string;
}

const EMPTY_REPORT: ReportForm = { address: '', text: '', topic: '', mistake: '' };

/** What another page hands over: `?url=…&topic=…`. */
export function reportIn({ url, topic }: Record<string, unknown>): ReportForm {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { ...EMPTY_REPORT, address: text(url), topic: text(topic) };
}

export function renderReportForm(viewer: Viewer, form: ReportForm, topics: readonly Topic[]): Markup {
  const { t } = viewer;
  const options = topics
    .filter(({ enabled }) => enabled)
    .map(
      ({ key, name }) =>
        html`<option value="${key}"${key === form.topic ? html` selected` : ''}>${name}</option>`,
    );
  return html`<section class="card" id="report"><h2>${t('recall.report')}</h2><p class="muted">${t('recall.lead')}</p>
    ${form.mistake ? html`<p class="error" role="alert">${form.mistake}</p>` : ''}
    <form method="post" action="/recall" class="stack">${csrfField(viewer)}
      <label>${t('recall.address')}<input name="address" value="${form.address}" maxlength="2100" inputmode="url" autocapitalize="none" spellcheck="false" aria-describedby="address-hint"><small class="muted" id="address-hint">${t('recall.address.hint')}</small></label>
      <label>${t('recall.text')}<textarea name="text" rows="2" maxlength="20000">${form.text}</textarea></label>
      <label>${t('recall.topic')}<select name="topic"><option value="">${t('recall.topic.any')}</option>${options}</select></label>
      <button class="primary">${t('recall.submit')}</button><small class="muted">${t('recall.wait')}</small></form></section>`;
}

type Causes = Awaited<ReturnType<typeof countCauses>>;

const WIDTH = 400;
const ROW = 34;
const BAR = 340;

/** One bar for each cause: the part that is open is filled, the whole is behind it. */
function renderBars(viewer: Viewer, causes: Causes): Markup {
  const most = Math.max(...causes.map(({ all }) => all));
  const rows = causes.map(({ cause, open, all }, at) => {
    const y = at * ROW;
    const width = (n: number): number => Math.round((n / most) * BAR);
    return html`<text x="0" y="${y + 13}">${viewer.t(`recall.cause.${cause}`)}</text>
      <rect class="rest" x="0" y="${y + 18}" width="${Math.max(2, width(all))}" height="9"></rect><rect class="open" x="0" y="${y + 18}" width="${width(open)}" height="9"></rect>
      <text x="${width(all) + 8}" y="${y + 27}">${number(viewer, all)}</text>`;
  });
  return html`<svg class="causes" role="img" aria-label="${viewer.t('recall.chart.table')}" viewBox="0 0 ${WIDTH} ${causes.length * ROW}" width="${WIDTH}">${rows}</svg>`;
}

export function renderCauses(
  viewer: Viewer,
  causes: Causes,
  median: Awaited<ReturnType<typeof medianTimeToFix>>,
): Markup {
  const { t } = viewer;
  const missed = causes.filter(({ cause }) => cause !== 'caught');
  const [first] = missed;
  if (!first) return html``;
  const all = missed.reduce((sum, one) => sum + one.all, 0);
  const isFinding = first.all > (missed[1]?.all ?? 0);
  const title = isFinding
    ? t('recall.chart', {
        cause: t(`recall.cause.${first.cause}`),
        n: number(viewer, first.all),
        all: number(viewer, all),
      })
    : t('recall.chart.tie');
  const rows = missed.map((one) => [
    html`<a href="/recall?state=all&amp;cause=${one.cause}#ledger">${t(`recall.cause.${one.cause}`)}</a>`,
    number(viewer, one.open),
    number(viewer, one.all),
  ]);
  const words =
    median && t('recall.median', { time: lengthOf(viewer, median.ms), n: number(viewer, median.count) });
  return html`<section class="card"><h2>${title}</h2>${renderBars(viewer, missed)}
    ${words ? html`<p>${words}</p>` : ''}
    <details><summary>${t('recall.chart.table')}</summary>${renderTable([t('recall.cause'), t('recall.chart.open'), t('recall.chart.all')], rows, '')}</details></section>`;
}

export interface LedgerFilter {
  state: MissState | null;
  cause: MissCause | null;
}

/** Open ones unless something else is asked for. */
export function readFilter({ state, cause }: Record<string, unknown>): LedgerFilter {
  const known = MISS_STATES.find((one) => one === state);
  return {
    state: state === 'all' ? null : (known ?? 'open'),
    cause: MISS_CAUSES.find((one) => one === cause) ?? null,
  };
}

function renderFilter(viewer: Viewer, { state, cause }: LedgerFilter): Markup {
  const { t } = viewer;
  const option = (value: string, word: string, isChosen: boolean): Markup =>
    html`<option value="${value}"${isChosen ? html` selected` : ''}>${word}</option>`;
  return html`<form method="get" action="/recall#ledger" class="filters">
    <label>${t('recall.filter.state')}<select name="state">${option('all', t('recall.filter.all'), state === null)}${MISS_STATES.map((one) => option(one, t(`recall.state.${one}`), one === state))}</select></label>
    <label>${t('recall.filter.cause')}<select name="cause">${option('', t('recall.filter.all'), cause === null)}${MISS_CAUSES.map((one) => option(one, t(`recall.cause.${one}`), one === cause))}</select></label>
    <button>${t('recall.filter.apply')}</button></form>`;
}

const SHORT = 70;

function shortened(text: string): string {
  return text.length <= SHORT ? text : `${text.slice(0, SHORT).toWellFormed()}…`;
}

/** The end of an address says more than its beginning. */
function renderWhat(viewer: Viewer, { id, address, text, trace }: Miss): Markup {
  const title = shownText(viewer, trace.found?.title ?? trace.found?.text ?? text);
  const words = shortened((title || address).replace(/\s+/g, ' ').trim());
  const site = address === '' ? '' : html`<br><small class="muted">${siteOf(address)}</small>`;
  return html`<a href="/recall/${id}">${words || `№ ${id}`}</a>${site}`;
}

export function renderLedger(
  viewer: Viewer,
  misses: readonly Miss[],
  filter: LedgerFilter,
  page: { number: number; isFull: boolean },
): Markup {
  const { t } = viewer;
  const rows = misses.map((miss) => [
    renderWhat(viewer, miss),
    html`${t(`recall.cause.${miss.cause}`)}${miss.topicName ? html`<br><small class="muted">${miss.topicName}</small>` : ''}`,
    t(`recall.state.${miss.state}`),
    html`${time(viewer, miss.lastReportedAt)}<br><small class="muted">${reporterName(viewer, miss)}${miss.reports > 1 ? `, ${t('recall.times', { n: miss.reports })}` : ''}</small>`,
  ]);
  const head = [t('recall.what'), t('recall.cause'), t('recall.state'), t('recall.when')];
  const query = `state=${filter.state ?? 'all'}&cause=${filter.cause ?? ''}`;
  const words = { previous: t('page.previous'), next: t('page.next') };
  return html`<section id="ledger"><h2>${t('recall.ledger')}</h2>${renderFilter(viewer, filter)}
    ${renderTable(head, rows, t('recall.none'))}${renderPages(`/recall?${query}&`, page.number, page.isFull, words)}</section>`;
}
