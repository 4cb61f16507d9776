import type { AlertActionsOfPages } from '../../dashboards/deps.ts';
import { readDefinition } from '../jobs/alerts/alert-file.ts';
import { topicSeries } from '../jobs/alerts/chart.ts';
import { rehearseAlert } from '../jobs/alerts/rehearse.ts';
import { mistakesOf, saveAlerts } from '../jobs/alerts/save-alerts.ts';
import type { JobDeps } from '../jobs/deps.ts';

/** A request is answered within some seconds; what was seen until then counts. */
const REHEARSE_MS = 8000;
const DAYS = 60;

/** What the dashboard does with alerts, by the jobs that it may not import. */
export function alertActions(
  deps: Pick<JobDeps, 'db' | 'clock' | 'resources' | 'delivery' | 'vault'>,
): AlertActionsOfPages {
  const { crms, chats } = deps.delivery;
  return {
    webhooks: [...crms].filter(([, crm]) => crm.tell !== undefined).map(([key]) => key),
    chats: [...(chats?.keys() ?? [])],
    sign: deps.vault.hash,
    read: (value) => readDefinition(value),
    mistakesOf: (alert) => mistakesOf(deps.db, deps, alert),
    save: (alert, by) => saveAlerts(deps, [alert], by),
    rehearse: (alert, language, signal) =>
      rehearseAlert(deps, { alert, days: DAYS, withinMs: REHEARSE_MS, language }, signal),
    series: (alert, topic) => topicSeries(deps, alert, topic),
  };
}
