import type { Way } from '../model/alert.ts';
import type { AlertId, IncidentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

export interface AlertMessage {
  id: number;
  incidentId: IncidentId;
  alertId: AlertId | null;
  way: Way;
  recipient: string;
  step: string;
  state: 'held' | 'sent' | 'dropped';
  dueAt: Date;
  sentAt: Date | null;
  deliveryId: string | null;
  externalId: string | null;
  toldCount: number;
  toldAt: Date | null;
  tellings: number;
}

const COLUMNS = `m.id, m.incident_id as "incidentId", m.alert_id as "alertId", m.way, m.recipient, m.step, m.state, m.due_at as "dueAt",
  m.sent_at as "sentAt", m.delivery_id as "deliveryId", m.external_id as "externalId", m.told_count as "toldCount", m.told_at as "toldAt", m.tellings`;

export type NewMessage = Pick<
  AlertMessage,
  'incidentId' | 'alertId' | 'way' | 'recipient' | 'step' | 'dueAt'
>;

/** null: this recipient has, or will get, this step of the incident already. It is held until it is marked as sent. */
export function addMessage(tx: Db, one: NewMessage): Promise<AlertMessage | null> {
  return queryOne<AlertMessage>(
    tx,
    `insert into alert_messages as m (incident_id, alert_id, way, recipient, step, state, due_at) values ($1, $2, $3, $4, $5, 'held', $6)
     on conflict (incident_id, way, recipient, step) do nothing returning ${COLUMNS}`,
    [one.incidentId, one.alertId, one.way, one.recipient, one.step, one.dueAt],
  );
}

/** Told, with what was said then. `batch`: of those that went out as one, the first. Returns the number of the telling. */
export async function markTold(
  tx: Db,
  id: number,
  told: { deliveryId: string | null; count: number; batch: number },
  now: Date,
): Promise<number> {
  const row = await queryOne<{ tellings: number }>(
    tx,
    `update alert_messages set state = 'sent', sent_at = coalesce(sent_at, $2), delivery_id = coalesce(delivery_id, $3::uuid),
       batch = coalesce(batch, $5), told_count = $4, told_at = $2, tellings = tellings + 1 where id = $1 returning tellings`,
    [id, now, told.deliveryId, told.count, told.batch],
  );
  return row?.tellings ?? 0;
}

/** Its waiting goes on. */
export async function postpone(tx: Db, id: number, dueAt: Date): Promise<void> {
  await tx.query('update alert_messages set due_at = $2 where id = $1', [id, dueAt]);
}

/** Held messages of incidents that somebody has taken, or of which nobody needs to know any more. */
export async function dropHeld(tx: Db, incident: IncidentId): Promise<void> {
  await tx.query(`update alert_messages set state = 'dropped' where incident_id = $1 and state = 'held'`, [
    incident,
  ]);
}

/** How often this recipient was told something new by this way since then; what went out as one counts once. */
export async function countTold(
  tx: Db,
  { way, recipient }: Pick<AlertMessage, 'way' | 'recipient'>,
  since: Date,
): Promise<number> {
  const row = await queryOne<{ n: number }>(
    tx,
    `select count(distinct batch)::int as n from alert_messages
     where recipient = $1 and way = $2 and state = 'sent' and sent_at >= $3`,
    [recipient, way, since],
  );
  return row?.n ?? 0;
}

/** Takes messages whose waiting is over. */
export function lockDueHeld(tx: Db, now: Date, limit: number): Promise<AlertMessage[]> {
  return tx.query<AlertMessage>(
    `select ${COLUMNS} from alert_messages m where m.state = 'held' and m.due_at <= $1 order by m.way, m.recipient, m.id limit $2`,
    [now, limit],
  );
}

export function messagesOf(db: Db, incident: IncidentId): Promise<AlertMessage[]> {
  return db.query<AlertMessage>(
    `select ${COLUMNS} from alert_messages m where m.incident_id = $1 order by m.id`,
    [incident],
  );
}

/** Messages to these recipients whose incident has changed since they were told, and that were not told after `before`. */
export function outdatedMessages(
  tx: Db,
  to: { way: Way; recipients: readonly string[]; before: Date },
  limit: number,
): Promise<AlertMessage[]> {
  return tx.query<AlertMessage>(
    `select ${COLUMNS} from alert_messages m join alert_incidents i on i.id = m.incident_id
     where m.way = $1 and m.recipient = any($2::text[]) and m.state = 'sent' and m.step = 'opened' and m.batch = m.id
       and m.told_at <= $3 and i.changed_at > m.told_at
       and (m.alert_id is not null or i.count > m.told_count) order by m.told_at, m.id limit $4`,
    [to.way, to.recipients, to.before, limit],
  );
}

/** Messages of which there are ten times as many posts by now. */
export function grownMessages(
  tx: Db,
  way: Way,
  recipients: readonly string[],
  limit: number,
): Promise<AlertMessage[]> {
  return tx.query<AlertMessage>(
    `select ${COLUMNS} from alert_messages m join alert_incidents i on i.id = m.incident_id
     where m.way = $1 and m.recipient = any($2::text[]) and m.state = 'sent' and m.step = 'opened' and i.ended_at is null
       and i.count >= 10 * greatest(m.told_count, 1) order by m.id limit $3`,
    [way, recipients, limit],
  );
}

/** Where the other side's number of a message is kept. */
export async function setExternalId(db: Db, delivery: string, externalId: string): Promise<void> {
  await db.query('update alert_messages set external_id = $2 where delivery_id = $1', [delivery, externalId]);
}

export function getMessage(db: Db, id: number): Promise<AlertMessage | null> {
  return queryOne<AlertMessage>(db, `select ${COLUMNS} from alert_messages m where m.id = $1`, [id]);
}

/** What a person's open page is to show: messages by browser after that number. */
export function browserMessages(
  db: Db,
  recipient: string,
  after: number,
  since: Date,
): Promise<AlertMessage[]> {
  return db.query<AlertMessage>(
    `select ${COLUMNS} from alert_messages m where m.way = 'browser' and m.recipient = $1 and m.state = 'sent' and m.id > $2 and m.sent_at >= $3
     order by m.id limit 20`,
    [recipient, after, since],
  );
}
