import type { RuleId } from '../model/ids.ts';
import type { Rule, RuleDefinition, RuleTrouble, RuleVersion } from '../model/rule.ts';
import { type Db, json, queryOne } from './db.ts';
import { storable } from './text.ts';

const COLUMNS = `id, key, name, condition, actions, zone, enabled, position, version, in_force_since as "inForceSince",
  updated_at as "updatedAt", saved_by as "savedBy", trouble`;

/** In the order in which they are tried. */
export function listRules(db: Db): Promise<Rule[]> {
  return db.query<Rule>(`select ${COLUMNS} from rules where removed_at is null order by position, id`);
}

export async function findRule(db: Db, key: string): Promise<Rule | null> {
  return queryOne<Rule>(db, `select ${COLUMNS} from rules where key = $1 and removed_at is null`, [key]);
}

/** By key, those of removed ones too. */
export async function listRuleNames(db: Db): Promise<Map<string, string>> {
  const rows = await db.query<{ key: string; name: string }>('select key, name from rules');
  return new Map(rows.map(({ key, name }) => [key, name]));
}

/** Also one that was removed. */
export async function findRuleById(db: Db, id: RuleId): Promise<Rule | null> {
  return queryOne<Rule>(db, `select ${COLUMNS} from rules where id = $1`, [id]);
}

/** One at a time: their positions and versions are numbered one after another. */
export async function lockRules(tx: Db): Promise<void> {
  await tx.query('lock table rules in share row exclusive mode');
}

/** As the store holds it: one kind of line end, nothing that a text column refuses. */
function storableRule(rule: RuleDefinition): RuleDefinition {
  return {
    ...rule,
    name: storable(rule.name),
    condition: storable(rule.condition).replace(/\r\n?/g, '\n'),
  };
}

/** Nothing in it stands elsewhere in another order: the schema wrote it. */
function isSame(one: RuleDefinition, two: RuleDefinition): boolean {
  const parts = ({ name, condition, actions, enabled }: RuleDefinition): string =>
    JSON.stringify([name, condition, enabled, Object.entries(actions).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return parts(one) === parts(two);
}

/**
 * Saves a rule as a new version, unless it is what it was. A new one comes last; one that was removed comes back. One that does
 * something else than before judges what is found from now on. `zone`: of whoever saves it.
 */
export async function saveRule(
  tx: Db,
  given: RuleDefinition,
  by: { actor: string; zone: string },
  now: Date,
): Promise<{ rule: Rule; changed: boolean }> {
  await lockRules(tx);
  const definition = storableRule(given);
  const known = await findRule(tx, definition.key);
  if (known && isSame(known, definition)) return { rule: known, changed: false };
  const rule = await queryOne<Rule>(
    tx,
    `insert into rules (key, name, condition, actions, zone, enabled, position, version, in_force_since, created_at, updated_at, saved_by)
     select $1, $2, $3, $4::jsonb, $5, $6, (select coalesce(max(position), 0) + 1 from rules where removed_at is null), 1, $7, $7, $7, $8
     on conflict (key) do update set name = excluded.name, condition = excluded.condition, actions = excluded.actions, zone = excluded.zone,
       enabled = excluded.enabled, version = rules.version + 1, updated_at = excluded.updated_at,
       saved_by = excluded.saved_by, trouble = null, removed_at = null,
       in_force_since = case when rules.removed_at is null and rules.enabled = excluded.enabled and rules.condition = excluded.condition
         and rules.actions = excluded.actions then rules.in_force_since else excluded.in_force_since end,
       position = case when rules.removed_at is null then rules.position else excluded.position end
     returning ${COLUMNS}`,
    [
      definition.key,
      definition.name,
      definition.condition,
      json(definition.actions),
      by.zone,
      definition.enabled,
      now,
      by.actor,
    ],
  );
  if (!rule) throw new Error('upsert returned no rule');
  await tx.query(
    `insert into rule_versions (rule_id, version, name, condition, actions, zone, enabled, saved_by, saved_at)
     select id, version, name, condition, actions, zone, enabled, saved_by, updated_at from rules where id = $1`,
    [rule.id],
  );
  return { rule, changed: true };
}

/** It judges nothing any more; what it did, and its history, stay. */
export async function removeRule(tx: Db, key: string, now: Date): Promise<RuleId | null> {
  const row = await queryOne<{ id: RuleId }>(
    tx,
    'update rules set removed_at = $2, enabled = false where key = $1 and removed_at is null returning id',
    [key, now],
  );
  return row?.id ?? null;
}

/** One place earlier (−1) or later (1). False when there is none. */
export async function moveRule(tx: Db, key: string, by: -1 | 1): Promise<boolean> {
  await lockRules(tx);
  const rules = await listRules(tx);
  const from = rules.findIndex((rule) => rule.key === key);
  const [moved, other] = [rules[from], rules[from + by]];
  if (!moved || !other) return false;
  [rules[from], rules[from + by]] = [other, moved];
  await tx.query(
    `update rules r set position = o.position from unnest($1::bigint[]) with ordinality as o(id, position) where r.id = o.id`,
    [rules.map(({ id }) => id)],
  );
  return true;
}

/** Newest first. */
export function listRuleVersions(db: Db, id: RuleId): Promise<RuleVersion[]> {
  return db.query<RuleVersion>(
    `select version, name, condition, actions, zone, enabled, saved_by as "savedBy", saved_at as "savedAt"
     from rule_versions where rule_id = $1 order by version desc`,
    [id],
  );
}

/** The rule as it was in a version, whether or not it has been removed since. */
export async function findRuleVersion(db: Db, id: RuleId, version: number): Promise<Rule | null> {
  return queryOne<Rule>(
    db,
    `select r.id, r.key, v.name, v.condition, v.actions, v.zone, v.enabled, r.position, v.version, r.in_force_since as "inForceSince",
       v.saved_at as "updatedAt", v.saved_by as "savedBy", r.trouble
     from rules r join rule_versions v on v.rule_id = r.id where r.id = $1 and v.version = $2`,
    [id, version],
  );
}

/** Writes only what is new: many look at the rules. */
export async function setRuleTrouble(db: Db, id: RuleId, trouble: RuleTrouble | null): Promise<void> {
  await db.query(
    `update rules set trouble = nullif($2::jsonb, 'null') where id = $1 and trouble is distinct from nullif($2::jsonb, 'null')`,
    [id, json(trouble)],
  );
}

/**
 * Changes with anything that rules are compiled from: themselves, the topics and the people that they name. Made of the rows, because
 * clocks of two processes differ.
 */
export async function rulesVersion(db: Db): Promise<string> {
  const row = await queryOne<{ version: string | null }>(
    db,
    `select case when exists (select 1 from rules where enabled) then
       (select string_agg(md5(id || ':' || version || ':' || position), '' order by id) from rules where enabled)
       || (select coalesce(md5(string_agg(md5(key) || md5(name) || md5(query), '' order by id)), '') from topics)
       || (select coalesce(md5(string_agg(id || email || (disabled_at is null), ',' order by id)), '') from users)
       || (select coalesce(md5(string_agg(email, ',' order by key)), '') from digest_recipients where enabled) end as version`,
  );
  return row?.version ?? '';
}
