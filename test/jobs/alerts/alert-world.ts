import { chatConnectors } from '../../../src/act/chat/registry.ts';
import { createHttp } from '../../../src/fetch/http.ts';
import { readDefinition } from '../../../src/jobs/alerts/alert-file.ts';
import { watchAlerts } from '../../../src/jobs/alerts/watch.ts';
import { deliverDue } from '../../../src/jobs/deliver.ts';
import type { AlertDefinition } from '../../../src/model/alert.ts';
import type { Mail } from '../../../src/model/ports.ts';
import { saveAlert } from '../../../src/store/alerts.ts';
import type { Database } from '../../../src/store/db.ts';
import { listDeliveries } from '../../../src/store/deliveries.ts';
import { openRuleWorld } from '../rules/rule-world.ts';
import type { WorkerOptions } from '../worker.ts';
import { TOKEN } from './chat-servers.ts';

export function alertOf(changes: object): AlertDefinition {
  const read = readDefinition({
    key: 'alarm',
    name: 'Alarm',
    kind: 'query',
    condition: 'ромашка',
    tell: { people: ['boss@example.ru'] },
    ...changes,
  });
  if ('issues' in read) throw new Error(JSON.stringify(read.issues));
  return read;
}

/** A forum, a topic «ромашка», a boss, and chats at these addresses; `watch` looks as the clock's tick does and delivers. */
export async function openAlertWorld(
  db: Database,
  addresses: { telegram?: string; slack?: string } = {},
  options: Omit<WorkerOptions, 'queue'> = {},
) {
  const world = await openRuleWorld(db, options);
  const http = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
  const secrets: Record<string, string> = { BOT: TOKEN, ROOM: `${addresses.slack}/services/T/B/x` };
  const edges = { http, clock: world.clock, secret: (name: string) => secrets[name] };
  const connect = (kind: string, settings: object) =>
    chatConnectors.find((one) => one.kind === kind)!.connect(settings, 'ru', edges);
  const chats = new Map([
    ...(addresses.telegram
      ? [['duty', connect('telegram', { token: 'BOT', chat: -100, api: addresses.telegram })] as const]
      : []),
    ...(addresses.slack ? [['room', connect('slack', { url: 'ROOM' })] as const] : []),
  ]);
  const deps = { ...world.deps, delivery: { ...world.deps.delivery, chats } };
  await world.person('boss@example.ru');
  const put = (changes: object) =>
    db.transaction((tx) =>
      saveAlert(tx, alertOf(changes), { actor: 'pr@example.ru', zone: 'Europe/Moscow' }, world.clock.now()),
    );
  const watch = async (): Promise<void> => {
    await watchAlerts(deps);
    await deliverDue(deps);
  };
  const mails = async (): Promise<Mail[]> =>
    (await listDeliveries(db, 10_000, 0))
      .filter(({ channel }) => channel === 'mail')
      .map(({ payload }) => payload as Mail);
  return { ...world, deps, put, watch, mails };
}
