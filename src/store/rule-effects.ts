import type { DocumentId, MentionId, RuleId, RuleRunId } from '../model/ids.ts';
import type { EffectAction, RuleEffect } from '../model/rule.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `e.id, e.rule_id as "ruleId", e.version, e.run_id as "runId", e.mention_id as "mentionId", e.action, e.value, e.before, e.at`;

export type NewEffect = Omit<RuleEffect, 'id'>;

export async function addEffects(tx: Db, effects: readonly NewEffect[]): Promise<void> {
  if (effects.length === 0) return;
  await tx.query(
    `insert into rule_effects (rule_id, version, run_id, mention_id, action, value, before, at)
     select "ruleId", version, "runId", "mentionId", action, value, coalesce(before, 'null'), at
     from jsonb_to_recordset($1::jsonb) as e("ruleId" bigint, version integer, "runId" bigint, "mentionId" bigint, action text,
       value text, before jsonb, at timestamptz)`,
    [json(effects)],
  );
}

/** Which of these rules have alerted about these mentions: `rule:mention`. */
export async function alertsGiven(
  db: Db,
  rules: readonly RuleId[],
  mentions: readonly MentionId[],
): Promise<Set<string>> {
  const rows = await db.query<{ pair: string }>(
    `select rule_id || ':' || mention_id as pair from rule_effects
     where action = 'alert' and rule_id = any($1::bigint[]) and mention_id = any($2::bigint[])`,
    [rules, mentions],
  );
  return new Set(rows.map(({ pair }) => pair));
}

export interface EffectCount {
  ruleId: RuleId;
  action: EffectAction;
  count: number;
}

/** What rules did since then, without what was taken back. */
export function countEffects(db: Db, since: Date): Promise<EffectCount[]> {
  return db.query<EffectCount>(
    `select rule_id as "ruleId", action, count(*)::int as count from rule_effects
     where at >= $1 and undone_at is null group by 1, 2`,
    [since],
  );
}

/** Effects of a run that have not been taken back yet, the newest first; alerts cannot be. */
export function effectsToUndo(tx: Db, run: RuleRunId, limit: number): Promise<RuleEffect[]> {
  return tx.query<RuleEffect>(
    `select ${COLUMNS} from rule_effects e where run_id = $1 and undone_at is null and kept_at is null and action <> 'alert'
     order by id desc limit $2`,
    [run, limit],
  );
}

export async function markUndone(
  tx: Db,
  effect: number,
  how: 'undone_at' | 'kept_at',
  now: Date,
): Promise<void> {
  await tx.query(`update rule_effects set ${how} = $2 where id = $1`, [effect, now]);
}

const HOUR = `date_trunc('hour', $2::timestamptz, 'UTC')`;

/** Counts one more alert of the rule in this hour; waits for others that count. `isOver`: its summary has gone out. */
export async function countAlert(
  tx: Db,
  rule: RuleId,
  now: Date,
): Promise<{ alerts: number; isOver: boolean }> {
  const row = await queryOne<{ alerts: number; isOver: boolean }>(
    tx,
    `insert into rule_alert_hours (rule_id, hour, alerts) values ($1, ${HOUR}, 1)
     on conflict (rule_id, hour) do update set alerts = rule_alert_hours.alerts + 1
     returning alerts, summarised_at is not null as "isOver"`,
    [rule, now],
  );
  if (!row) throw new Error('upsert returned no count');
  return row;
}

export interface AlertHour {
  ruleId: RuleId;
  hour: Date;
}

/** Takes the hours that ended before `before`; forgets those of which a month has passed. */
export async function takeEndedHours(tx: Db, before: Date, limit: number): Promise<AlertHour[]> {
  await tx.query(`delete from rule_alert_hours where hour < $1::timestamptz - interval '30 days'`, [before]);
  return tx.query<AlertHour>(
    `update rule_alert_hours h set summarised_at = $1 from (
       select rule_id, hour from rule_alert_hours
       where summarised_at is null and hour <= $1::timestamptz - interval '1 hour' order by hour limit $2 for update skip locked) due
     where h.rule_id = due.rule_id and h.hour = due.hour returning h.rule_id as "ruleId", h.hour`,
    [before, limit],
  );
}

export interface HeldMention {
  id: MentionId;
  documentId: DocumentId;
  topicKey: string;
  topicName: string;
  url: string;
  title: string | null;
}

/** The mentions whose alerts wait for the summary of that hour: how many, and the newest of them. */
export async function heldMentions(
  tx: Db,
  { ruleId, hour }: AlertHour,
  limit: number,
): Promise<{ count: number; mentions: HeldMention[] }> {
  const rows = await tx.query<HeldMention & { total: number }>(
    `select m.id, d.id as "documentId", t.key as "topicKey", t.name as "topicName", d.url, d.title, (count(*) over ())::int as total
     from rule_effects e join mentions m on m.id = e.mention_id join documents d on d.id = m.document_id join topics t on t.id = m.topic_id
     where e.rule_id = $1 and e.action = 'alert' and e.value = 'held' and e.at >= $2 and e.at < $2::timestamptz + interval '1 hour'
     order by e.id desc limit $3`,
    [ruleId, hour, limit],
  );
  return { count: rows[0]?.total ?? 0, mentions: rows };
}
