import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sight } from '../model/sight.ts';
import type { Database, Db } from './db.ts';

interface Limits {
  sight: Sight;
  /** SQL of each table that is cut down, by its name. */
  tables: ReadonlyMap<string, string>;
}

const present = new AsyncLocalStorage<Limits | null>();

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Which rows of which table stay, in SQL: `t` is the row. What is not listed here is about no topic. */
function rulesOf({ topics, email }: Sight): Record<string, string> {
  const ids = `array[${topics.map(({ id }) => Math.trunc(Number(id))).join(',')}]::bigint[]`;
  const keys = `array[${topics.map(({ key }) => quote(key)).join(',')}]::text[]`;
  const own = quote(email);
  const seen = (column: string): string => `${column} = any(${ids})`;
  const ofDocument = (column: string): string =>
    `exists (select 1 from public.mentions sm where sm.document_id = ${column} and ${seen('sm.topic_id')})`;
  const ofCase = (column: string): string =>
    `exists (select 1 from public.cases sc where sc.id = ${column} and ${seen('sc.topic_id')})`;
  const ofIncident = `coalesce(${seen('t.topic_id')}, not exists (select 1 from public.alert_posts sp where sp.incident_id = t.id)
    or exists (select 1 from public.alert_posts sp where sp.incident_id = t.id and ${ofDocument('sp.document_id')}))`;
  const ofTopic = seen('t.topic_id');
  return {
    topics: seen('t.id'),
    topic_examples: ofTopic,
    topic_versions: ofTopic,
    topic_ratings: ofTopic,
    mentions: ofTopic,
    documents: ofDocument('t.id'),
    document_revisions: ofDocument('t.document_id'),
    document_progress: ofDocument('t.document_id'),
    tags: `(t.target = '' or t.target = any(${keys})) and ${ofDocument('t.document_id')}`,
    corrections: `coalesce(${ofTopic}, true) and ${ofDocument('t.document_id')}`,
    story_carriers: ofDocument('t.document_id'),
    story_texts: `exists (select 1 from public.story_carriers ss where ss.story_id = t.story_id and ${ofDocument('ss.document_id')})`,
    stories: `exists (select 1 from public.story_carriers ss where ss.story_id = t.id and ${ofDocument('ss.document_id')})`,
    cases: ofTopic,
    case_mentions: `exists (select 1 from public.mentions sm where sm.id = t.mention_id and ${seen('sm.topic_id')})`,
    case_events: ofCase('t.case_id'),
    case_records: ofCase('t.case_id'),
    evidence_records: ofCase('t.case_id'),
    evidence_looks: ofCase('t.case_id'),
    evidence_holds: ofCase('t.case_id'),
    incidents: `exists (select 1 from public.cases sc where sc.incident_id = t.id and ${seen('sc.topic_id')})`,
    scorecard_items: ofTopic,
    recall_misses: `coalesce(${ofTopic}, false) or t.reported_by = ${own}`,
    alerts: `t.topics = '[]'::jsonb or t.topics ?| ${keys}`,
    alert_incidents: ofIncident,
    alert_posts: ofDocument('t.document_id'),
    deliveries: `t.event_key ~ '^case:[0-9]{1,15}(:|$)' and ${ofCase(`substring(t.event_key from '^case:([0-9]{1,15})')::bigint`)}`,
    digests: `t.recipient = ${own}`,
    reports: `t.recipient = ${own} or t.made_by = ${own}`,
  };
}

function limitsOf(sight: Sight): Limits {
  const rows = Object.entries(rulesOf(sight)).map(([table, rule]) => {
    return [table, `${table} as not materialized (select t.* from public.${table} t where ${rule})`] as const;
  });
  return { sight, tables: new Map(rows) };
}

const NAMES = /\b[a-z_]+\b/g;
const READS = /^\s*(?:--[^\n]*\n\s*)*(with\s+recursive|with|select|\()/i;

/** The statement with the tables that it names cut down to what may be seen; what changes rows is left as it is. */
export function limitStatement(sql: string, tables: ReadonlyMap<string, string>): string {
  const start = READS.exec(sql)?.[1]?.toLowerCase();
  if (start === undefined) return sql;
  const named = [...new Set(sql.match(NAMES))].flatMap((name) => tables.get(name) ?? []);
  if (named.length === 0) return sql;
  const own = named.join(',\n');
  if (!start.startsWith('with')) return `with ${own}\n${sql}`;
  const rest = sql.replace(/^\s*(?:--[^\n]*\n\s*)*with(?:\s+recursive)?/i, '');
  return `with ${start.includes('recursive') ? 'recursive ' : ''}${own},\n${rest}`;
}

function limitDb<D extends Db>(db: D): D {
  return {
    ...db,
    query: (sql, params) => {
      const limits = present.getStore();
      return db.query(limits ? limitStatement(sql, limits.tables) : sql, params);
    },
    transaction: (work) => db.transaction((tx) => work(limitDb(tx))),
  };
}

/** The same database; inside `seeOnly` it shows no more than may be seen, whoever reads from it. */
export function limitReads(db: Database): Database {
  return limitDb(db);
}

/** All that `run` reads, then and later, is cut down. */
export function seeOnly<R>(sight: Sight, run: () => R): R {
  return present.run(limitsOf(sight), run);
}

/** What `run` reads is not cut down: for what has to be known, and is not shown. */
export function seeAll<R>(run: () => R): R {
  return present.run(null, run);
}

/** What may be seen here; null: all. For what has an index of its own. */
export function presentSight(): Sight | null {
  return present.getStore()?.sight ?? null;
}
