import { Router } from 'express';
import { countOpenCases } from '../src/store/cases.ts';
import { countDeliveries } from '../src/store/deliveries.ts';
import { countBehind } from '../src/store/index-queue.ts';
import type { Latency } from '../src/store/latency.ts';
import { requireToken } from './api/bearer.ts';
import type { DashboardDeps } from './deps.ts';
import { latenciesOf } from './ledgers/latencies.ts';

const DAY_MS = 24 * 3_600_000;

/** As the text format of Prometheus wants values of labels. */
function label(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function metric(name: string, help: string, lines: readonly [labels: string, value: number][]): string {
  const rows = lines.map(([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...rows].join('\n');
}

function latencyLines(by: 'source' | 'team', rows: readonly Latency[]): [string, number][] {
  return rows.flatMap(({ group, step, p50, p95 }): [string, number][] => {
    const labels = `${by}="${label(group)}",step="${step}"`;
    return [
      [`${labels},quantile="0.5"`, p50],
      [`${labels},quantile="0.95"`, p95],
    ];
  });
}

async function renderMetrics({ db, clock, queue }: DashboardDeps): Promise<string> {
  const since = new Date(clock.now().getTime() - DAY_MS);
  const [bySource, byTeam, deliveries, backlog, cases, behind] = await Promise.all([
    latenciesOf(db, since, 'source'),
    latenciesOf(db, since, 'team'),
    countDeliveries(db),
    queue.backlog(),
    countOpenCases(db),
    countBehind(db),
  ]);
  const named = (name: string, counts: Record<string, number>): [string, number][] =>
    Object.entries(counts).map(([key, n]) => [`${name}="${label(key)}"`, n]);
  return `${[
    metric(
      'molva_latency_seconds',
      'Time from the step before to this one, of mentions found within a day.',
      [...latencyLines('source', bySource), ...latencyLines('team', byTeam)],
    ),
    metric('molva_cases_waiting', 'Cases that wait for an answer.', [['', cases]]),
    metric('molva_deliveries', 'Messages to CRMs, chats and mail, by state.', named('state', deliveries)),
    metric('molva_queue_jobs', 'Jobs that wait or are under way.', named('queue', { ...backlog })),
    metric('molva_index_behind', 'Documents that the search index does not have as they are.', [
      ['', behind],
    ]),
  ].join('\n')}\n`;
}

/** `/metrics` for Prometheus, with a token of the scope metrics:read. */
export function metricsRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get('/metrics', ...requireToken(deps, 'metrics:read'), async (_req, res) => {
    res.type('text/plain; version=0.0.4; charset=utf-8').send(await renderMetrics(deps));
  });
  return router;
}
