import { Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import { LATENCY_STEPS, type Latency } from '../../src/store/latency.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import { latenciesOf } from '../ledgers/latencies.ts';
import { daysParam, renderDays, since } from '../ledgers/span.ts';
import type { Page } from '../page.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

const UNITS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;

/** `3 ч`: in the largest unit of which there are two at least. */
function span({ language }: Viewer, seconds: number): string {
  const [size, unit] = UNITS.find(([one]) => seconds >= 2 * one) ?? [1, 'second'];
  const digits = seconds < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(seconds / size);
}

function renderGroups(viewer: Viewer, rows: readonly Latency[], groupWord: string): Markup {
  const { t } = viewer;
  const groups = [...new Set(rows.map(({ group }) => group))];
  const steps = LATENCY_STEPS.filter((step) => rows.some((row) => row.step === step));
  const cell = (group: string, step: string): Markup | string => {
    const row = rows.find((one) => one.group === group && one.step === step);
    if (!row) return '—';
    return html`<strong>${span(viewer, row.p50)}</strong> · ${span(viewer, row.p95)}<br><small class="muted">${t.count('mentions', row.count)}</small>`;
  };
  return renderTable(
    [groupWord, ...steps.map((step) => t(`latency.step.${step}`))],
    groups.map((group) => [
      group === '' ? t('latency.nobody') : group,
      ...steps.map((step) => cell(group, step)),
    ]),
    t('latency.none'),
  );
}

/** From a post to our answer, step by step: where time is lost. */
export const latency: Page = {
  path: '/latency',
  title: 'latency.title',
  access: 'cases:read',
  menu: false,
  router: ({ db }) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const days = daysParam(req.query.days);
      const from = since(viewer, days);
      const [bySource, byTeam] = [await latenciesOf(db, from, 'source'), await latenciesOf(db, from, 'team')];
      const worked = byTeam.filter(
        ({ step }) => step === 'taken' || step === 'answered' || step === 'closed',
      );
      sendPage(
        res,
        t('latency.title'),
        html`<p><a href="/cases">← ${t('menu.cases')}</a></p><h1>${t('latency.title')}</h1><p>${t('latency.intro')}</p>${renderDays(viewer, '/latency', days)}
          <h2>${t('latency.bysource')}</h2>${renderGroups(viewer, bySource, t('menu.sources'))}
          ${worked.length > 0 ? html`<h2>${t('latency.byteam')}</h2>${renderGroups(viewer, worked, t('case.owner'))}` : ''}
          <p class="muted">${t('latency.note')}</p>`,
      );
    });
    return router;
  },
};
