import { html, type Markup } from '../../src/lib/html.ts';
import type { CoverageEstimate, CoverageReport, SiteCoverage } from '../../src/model/recall.ts';
import type { Viewer } from '../auth/session.ts';
import { day, number, time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

function percent({ language }: Viewer, share: number): string {
  const digits = share > 0.99 && share < 1 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

function between(viewer: Viewer, low: number, high: number): string {
  return `${number(viewer, Math.round(low))}–${number(viewer, Math.round(high))}`;
}

function renderShare(viewer: Viewer, { share, shareLow, shareHigh }: CoverageEstimate): Markup {
  return html`≈ ${percent(viewer, share)}<br><small class="muted">${percent(viewer, shareLow)}–${percent(viewer, shareHigh)}</small>`;
}

function renderSite(viewer: Viewer, site: SiteCoverage) {
  const { estimate, first, second, both, any } = site;
  const [one, two] = site.ways;
  return [
    site.site,
    html`<a href="/sources/${one}">${one}</a>: ${number(viewer, first)}<br><a href="/sources/${two}">${two}</a>: ${number(viewer, second)}`,
    number(viewer, both),
    number(viewer, any),
    estimate
      ? html`≈ ${number(viewer, Math.round(estimate.total))}<br><small class="muted">${between(viewer, estimate.low, estimate.high)}</small>`
      : html`<small class="muted">${viewer.t('recall.coverage.thin', { n: number(viewer, both) })}</small>`,
    estimate ? renderShare(viewer, estimate) : '—',
  ];
}

function renderOverall(viewer: Viewer, overall: CoverageEstimate | null): Markup {
  if (!overall) return html``;
  const { share, shareLow, shareHigh } = overall;
  const words = viewer.t('recall.coverage.overall', {
    share: percent(viewer, share),
    low: percent(viewer, shareLow),
    high: percent(viewer, shareHigh),
  });
  return html`<p><strong>${words}</strong></p>`;
}

function renderReport(viewer: Viewer, { at, report }: { at: Date; report: CoverageReport }): Markup {
  const { t } = viewer;
  const { sites, overall, from, to, looked, isCut } = report;
  if (sites.length === 0) return html`<p class="empty">${t('recall.coverage.none')}</p>`;
  const head = [
    t('recall.coverage.site'),
    t('recall.coverage.ways'),
    t('recall.coverage.both'),
    t('recall.coverage.any'),
    t('recall.coverage.total'),
    t('recall.coverage.share'),
  ];
  const [before = '', between_ = '', and = '', after = ''] = t('recall.coverage.period', {
    at: '|',
    from: '|',
    to: '|',
  }).split('|');
  const period = html`${before}${time(viewer, at)}${between_}${day(viewer, new Date(from))}${and}${day(viewer, new Date(to))}${after}`;
  return html`${renderOverall(viewer, overall)}
    ${renderTable(
      head,
      sites.map((site) => renderSite(viewer, site)),
      '',
    )}
    <p class="muted">${period} ${isCut ? t('recall.coverage.cut', { n: number(viewer, looked) }) : ''}</p>`;
}

/** How much of what is published is collected, with what the estimate leans on. */
export function renderCoverage(viewer: Viewer, known: { at: Date; report: CoverageReport } | null): Markup {
  const { t } = viewer;
  const how = [1, 2, 3, 4, 5] as const;
  return html`<section id="coverage"><h2>${t('recall.coverage')}</h2>
    ${known ? renderReport(viewer, known) : html`<p class="empty">${t('recall.coverage.later')}</p>`}
    <details><summary>${t('recall.coverage.how')}</summary><ul>${how.map((at) => html`<li>${t(`recall.coverage.how.${at}`)}</li>`)}</ul></details></section>`;
}
