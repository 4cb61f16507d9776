import { z } from 'zod';
import type { Rehearsal } from '../act/alerts/rehearsal.ts';
import { InputError } from '../lib/errors.ts';
import type { Alert } from '../model/alert.ts';
import type { IncidentId } from '../model/ids.ts';
import { countIncidents, listOpenIncidents } from '../store/alert-incidents.ts';
import { findAlert, listAlerts } from '../store/alerts.ts';
import type { Db } from '../store/db.ts';
import { type Command, register } from './command.ts';
import { ownZone, readText } from './rule-args.ts';

const MONTH_MS = 30 * 86_400_000;

async function namedAlert(db: Db, key: string): Promise<Alert> {
  const alert = await findAlert(db, key);
  if (!alert) throw new InputError([{ at: key, message: 'there is no such alert' }]);
  return alert;
}

const list: Command<object> = {
  name: 'alerts list',
  summary: 'alerts, how often each told of something in 30 days, and what is open',
  example: 'molva alerts list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const since = new Date(jobs.clock.now().getTime() - MONTH_MS);
    const counts = await countIncidents(jobs.db, since);
    for (const alert of await listAlerts(jobs.db)) {
      const n = counts.get(alert.id) ?? 0;
      out.data(
        { ...alert, incidents: n },
        `${alert.key}\t${alert.kind}\t${alert.enabled ? 'on' : 'off'}\t${n} in 30 days\t${alert.name}`,
      );
    }
    for (const one of await listOpenIncidents(jobs.db)) {
      const taken = one.acknowledgedBy ? `taken by ${one.acknowledgedBy}` : 'nobody has taken it';
      out.data(
        one,
        `incident ${one.id}\t${one.kind}\tsince ${one.openedAt.toISOString()}\t${one.count} posts\t${taken}`,
      );
    }
    return 0;
  },
};

const show: Command<{ key: string | null }> = {
  name: 'alerts show',
  arguments: '[key]',
  summary: 'write an alert, or all of them, as YAML',
  example: 'molva alerts show > alerts.yaml',
  args: z.object({ key: z.string().nullable() }),
  read: ([key]) => ({ key: key ?? null }),
  run: async ({ jobs }, { key }, out) => {
    const { writeAlerts } = await import('../jobs/alerts/alert-file.ts');
    const alerts = key === null ? await listAlerts(jobs.db) : [await namedAlert(jobs.db, key)];
    out.data(alerts, writeAlerts(alerts).trimEnd());
    return 0;
  },
};

const save: Command<{ file: string; text: string; zone: string }> = {
  name: 'alerts save',
  arguments: '<file>',
  summary: 'save alerts from YAML or JSON, one or a list; - is what comes in; all or none',
  example: 'molva alerts save alerts.yaml',
  args: z.object({ file: z.string(), text: z.string().max(2_000_000), zone: z.string() }),
  read: ([file]) => ({ file: String(file), text: readText(String(file)), zone: ownZone() }),
  run: async ({ jobs }, { file, text, zone }, out) => {
    const { readAlertFile } = await import('../jobs/alerts/alert-file.ts');
    const { saveAlerts } = await import('../jobs/alerts/save-alerts.ts');
    const alerts = readAlertFile(file, text);
    await saveAlerts(jobs, alerts, { actor: 'cli', zone });
    out.data(
      alerts.map(({ key }) => key),
      `saved: ${alerts.map(({ key }) => key).join(', ')}`,
    );
    return 0;
  },
};

function report({ incidents, messages, from, to, ended }: Rehearsal): string {
  const days = Math.round((to.getTime() - from.getTime()) / 86_400_000);
  return [
    `In ${days} days${ended === 'all' ? '' : ` (${ended})`} this would have told of ${incidents.length} incidents, in ${messages} messages`,
    ...incidents.map((one) => `  ${one.openedAt.toISOString()}\t${one.title}\t${one.example}`),
  ].join('\n');
}

interface RehearseArgs {
  what: string;
  text: string | null;
  days: number;
  seconds: number;
  zone: string;
}

const rehearse: Command<RehearseArgs> = {
  name: 'alerts rehearse',
  arguments: '<key-or-file>',
  options: [
    ['--days <days>', 'of the past (default 60)'],
    ['--seconds <seconds>', 'stop after that time (default 60)'],
  ],
  summary: 'say what an alert would have told of in the past; nothing is changed',
  example: 'molva alerts rehearse spike.yaml --days 60',
  args: z.object({
    what: z.string(),
    text: z.string().max(2_000_000).nullable(),
    days: z.number().int().min(1).max(365),
    seconds: z.number().positive().max(3600),
    zone: z.string(),
  }),
  read: ([what], options) => ({
    what: String(what),
    text: what === '-' || /\.(ya?ml|json)$/i.test(String(what)) ? readText(String(what)) : null,
    days: Number(options.days ?? 60),
    seconds: Number(options.seconds ?? 60),
    zone: ownZone(),
  }),
  run: async ({ jobs }, { what, text, days, seconds, zone }, out) => {
    const { readAlertFile } = await import('../jobs/alerts/alert-file.ts');
    const { rehearseAlert } = await import('../jobs/alerts/rehearse.ts');
    const { unsavedAlert } = await import('../jobs/alerts/save-alerts.ts');
    const now = jobs.clock.now();
    const [first] = text === null ? [] : readAlertFile(what, text);
    const alert = first ? unsavedAlert(first, zone, now) : await namedAlert(jobs.db, what);
    const result = await rehearseAlert(jobs, { alert, days, withinMs: seconds * 1000, language: 'en' });
    out.data(result, report(result));
    return 0;
  },
};

const ack: Command<{ incident: number }> = {
  name: 'alerts ack',
  arguments: '<incident>',
  summary: 'take an incident (by its number): nobody else is called',
  example: 'molva alerts ack 12',
  args: z.object({ incident: z.number().int().positive() }),
  read: ([incident]) => ({ incident: Number(incident) }),
  run: async ({ jobs }, args, out) => {
    const { takeIncident } = await import('../act/alerts/take.ts');
    const id = args.incident as IncidentId;
    const now = jobs.clock.now();
    const incident = await jobs.db.transaction((tx) => takeIncident(tx, id, 'cli', now));
    if (!incident) throw new InputError([{ at: String(id), message: 'there is no such incident' }]);
    out.data(incident, `incident ${id} is taken by ${incident.acknowledgedBy}`);
    return 0;
  },
};

export const commands = [register(list), register(show), register(save), register(rehearse), register(ack)];
