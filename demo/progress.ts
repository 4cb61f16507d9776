import { type Db, queryOne } from '../src/store/db.ts';
import { REGISTER } from './texts/register.ts';

/** Who the story is about: the others' cases may come sooner, and are not what it tells. */
const HEROINE = REGISTER[0]?.id;

/** What the demo counts, all from the store. */
export interface Progress {
  documents: number;
  mentions: number;
  complaints: number;
  indexed: number;
  customers: number;
  linked: number;
  cases: number;
  casesDelivered: number;
  heroinesDelivered: number;
  digestsSent: number;
}

export async function readProgress(db: Db): Promise<Progress> {
  const row = await queryOne<Progress>(
    db,
    `select (select count(*)::int from documents) as documents, (select count(*)::int from mentions) as mentions,
       (select count(*)::int from mentions where (complaint->>'isComplaint')::boolean) as complaints,
       (select count(*)::int from document_progress where indexed_at >= touched_at) as indexed,
       (select count(*)::int from customers) as customers,
       (select count(*)::int from identity_links where state in ('linked', 'confirmed')) as linked,
       (select count(*)::int from cases) as cases,
       (select count(*)::int from deliveries where channel = 'crm' and state = 'delivered') as "casesDelivered",
       (select count(*)::int from deliveries d, cases c, customers u
          where d.channel = 'crm' and d.state = 'delivered' and d.event_key = 'case:' || c.id
            and u.id = c.customer_id and u.external_id = $1) as "heroinesDelivered",
       (select count(*)::int from deliveries where channel = 'mail' and state = 'delivered') as "digestsSent"`,
    [HEROINE],
  );
  if (!row) throw new Error('the store did not answer');
  return row;
}

const LINES: readonly (readonly [keyof Progress, string])[] = [
  ['customers', 'customers imported'],
  ['documents', 'documents crawled'],
  ['mentions', 'mentions tagged'],
  ['complaints', 'of them complaints'],
  ['indexed', 'documents indexed'],
  ['linked', 'authors matched to customers'],
  ['cases', 'cases opened'],
  ['casesDelivered', 'cases delivered to the CRM'],
  ['digestsSent', 'digests sent'],
];

/** One line for every number that has grown. */
export function showProgress(before: Progress | null, now: Progress, say: (text: string) => void): void {
  for (const [key, words] of LINES) {
    if (now[key] > (before?.[key] ?? 0)) say(`${String(now[key]).padStart(5)} ${words}`);
  }
}
