import type { TopicId, UserId } from '../model/ids.ts';
import type { Sight } from '../model/sight.ts';
import { type Db, queryOne } from './db.ts';
import { presentSight, seeOnly } from './limited-reads.ts';

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

/** A topic is seen in the teams of whoever has made it, named by e-mail: of somebody in no team, by those who see all. */
export async function shareWithTeams(tx: Db, topic: TopicId, maker: string): Promise<void> {
  await tx.query(
    `insert into team_topics (team_id, topic_id) select m.team_id, $1 from team_members m join users u on u.id = m.user_id
     where u.email = lower($2) on conflict do nothing`,
    [topic, maker],
  );
}

/** What the user of this address may see; null: all, or nobody has this address. */
async function sightOf(db: Db, email: string): Promise<Sight | null> {
  const topics = await db.query<{ id: TopicId | null; key: string | null }>(
    `select distinct t.id, t.key from users u join team_members m on m.user_id = u.id
     left join team_topics x on x.team_id = m.team_id left join topics t on t.id = x.topic_id
     where u.email = lower($1)`,
    [email],
  );
  if (topics.length === 0) return null;
  const seen = topics.filter((one): one is Sight['topics'][number] => one.id !== null);
  return { topics: seen, email: email.toLowerCase() };
}

/** What is written for somebody says no more than that person may see, whoever has it written. */
export async function asSeenBy<R>(db: Db, email: string, run: () => Promise<R>): Promise<R> {
  const sight = presentSight() ? null : await sightOf(db, email);
  return sight ? seeOnly(sight, run) : run();
}
