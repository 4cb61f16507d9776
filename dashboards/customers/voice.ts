import { html, type Markup } from '../../src/lib/html.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import { type VoiceMonth, voiceByMonth } from '../../src/store/customer-timeline.ts';
import type { Db } from '../../src/store/db.ts';
import { YEAR_MS } from '../../src/value/history.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import { monthName, monthsUntil, renderMonthBars } from './month-bars.ts';

const TONES = ['negative', 'unsure', 'neutral', 'positive'] as const;
const MONTHS = 12;

function wordsOf({ t }: Viewer, month: VoiceMonth): string {
  return TONES.filter((tone) => month[tone] > 0)
    .map((tone) => `${t(`tone.${tone}`)} ${month[tone]}`)
    .join(', ');
}

function renderChart(viewer: Viewer, months: readonly VoiceMonth[]): Markup {
  const { t } = viewer;
  const bars = months.map((month) => ({
    title: `${monthName(viewer, month.month)}: ${wordsOf(viewer, month)}`,
    parts: TONES.map((tone) => ({ kind: tone, count: month[tone] })),
  }));
  const counts = months.map((month) => wordsOf(viewer, month) || '0').join('; ');
  const rows = months
    .filter((month) => TONES.some((tone) => month[tone] > 0))
    .toReversed()
    .map((month) => [monthName(viewer, month.month), ...TONES.map((tone) => number(viewer, month[tone]))]);
  const head = [t('voice.month'), ...TONES.map((tone) => t(`tone.${tone}`))];
  return html`<figure class="chart"><figcaption class="muted">${t('voice.caption')}</figcaption>${renderMonthBars(bars, t('voice.months', { counts }))}
    <div class="axis"><span>${monthName(viewer, months[0]?.month ?? '')}</span><span>${monthName(viewer, months.at(-1)?.month ?? '')}</span></div></figure>
    <details><summary>${t('voice.table')}</summary>${renderTable(head, rows, '')}</details>`;
}

/** What the customer's accounts said of our topics, month by month; the posts themselves stand in the timeline. */
export async function renderVoice(db: Db, viewer: Viewer, id: CustomerId): Promise<Markup> {
  const { t, now } = viewer;
  const known = new Map(
    (await voiceByMonth(db, id, new Date(now.getTime() - YEAR_MS))).map((one) => [one.month, one]),
  );
  const none = { negative: 0, unsure: 0, neutral: 0, positive: 0 };
  const months = monthsUntil(now, MONTHS).map((month) => known.get(month) ?? { month, ...none });
  return html`<section><h2>${t('card.voice')}</h2>${known.size === 0 ? html`<p class="empty">${t('voice.none')}</p>` : renderChart(viewer, months)}</section>`;
}
