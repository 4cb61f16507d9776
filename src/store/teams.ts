import type { TopicId, UserId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

export interface Team {
  id: number;
  name: string;
  topics: TopicId[];
  members: UserId[];
}

const COLUMNS = `t.id, t.name,
  array(select topic_id from team_topics x where x.team_id = t.id order by 1) as topics,
  array(select user_id from team_members x where x.team_id = t.id order by 1) as members`;

export function listTeams(db: Db): Promise<Team[]> {
  return db.query<Team>(`select ${COLUMNS} from teams t order by t.name, t.id`);
}

export function getTeam(db: Db, id: number): Promise<Team | null> {
  return queryOne<Team>(db, `select ${COLUMNS} from teams t where t.id = $1`, [id]);
}

/** null when there is one of this name. */
export async function addTeam(db: Db, name: string, now: Date): Promise<number | null> {
  const row = await queryOne<{ id: number }>(
    db,
    'insert into teams (name, made_at) values ($1, $2) on conflict (name) do nothing returning id',
    [name, now],
  );
  return row?.id ?? null;
}

/** Its topics and members become exactly these; numbers of nobody are left out. False: there is no such team. */
export async function setTeam(
  tx: Db,
  id: number,
  { topics, members }: { topics: readonly number[]; members: readonly number[] },
): Promise<boolean> {
  if ((await tx.query('select 1 from teams where id = $1 for update', [id])).length === 0) return false;
  await tx.query('delete from team_topics where team_id = $1', [id]);
  await tx.query('delete from team_members where team_id = $1', [id]);
  await tx.query(
    'insert into team_topics (team_id, topic_id) select $1, t.id from topics t where t.id = any($2::bigint[])',
    [id, topics],
  );
  await tx.query(
    'insert into team_members (team_id, user_id) select $1, u.id from users u where u.id = any($2::bigint[])',
    [id, members],
  );
  return true;
}

/** Its members see all again, unless they are in another one. */
export async function removeTeam(tx: Db, id: number): Promise<boolean> {
  return (await tx.query('delete from teams where id = $1 returning id', [id])).length > 0;
}

/** Adds a user to teams; numbers of no team are left out. */
export async function joinTeams(tx: Db, user: UserId, teams: readonly number[]): Promise<void> {
  await tx.query(
    'insert into team_members (team_id, user_id) select t.id, $1 from teams t where t.id = any($2::bigint[]) on conflict do nothing',
    [user, teams],
  );
}
