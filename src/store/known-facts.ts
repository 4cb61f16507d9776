import type { Tier } from '../model/customer.ts';
import type { DocumentId, MentionId, StoryId } from '../model/ids.ts';
import type { Complaint, ComplaintLevel, Sentiment } from '../model/tag.ts';
import type { MentionStatus } from '../model/topic.ts';
import { HAS_CASE } from './cases.ts';
import { levelIn } from './complaint-level.ts';
import type { Db } from './db.ts';
import { isPerson, PERSON } from './person.ts';
import { STORED_FACTS, STORED_TEXTS, type StoredFacts, type StoredText } from './stored-texts.ts';

/** One mention in a document, as far as a query can ask for it. */
export interface KnownMention {
  id: MentionId;
  topic: string;
  tone: Sentiment['label'];
  isComplaint: Complaint['isComplaint'];
  level: ComplaintLevel;
  status: MentionStatus;
  /** E-mail of the person who works on it. */
  assigned: string | null;
  tags: string[];
  hasCase: boolean;
}

/** A document with what people and later stages have said of it. */
export interface KnownText extends StoredText, StoredFacts {
  revision: number;
  deletedAt: Date | null;
  /** The story that it carries; null when its text is too short to tell. */
  storyId: StoryId | null;
  /** Of that story the document that was published first. */
  storyFirst: DocumentId | null;
  /** Documents that answer it. */
  replies: number;
  /** Of the complaint towards the whole; null: no tagger has told it. */
  level: ComplaintLevel | null;
  /** Without those in the basket. */
  mentions: KnownMention[];
  /** Customers to whom its author is linked. Tier: as the CRM states it, else as it was worked out. */
  customers: { number: string; tier: Tier | null; segments: string[] }[];
}

const LATER = `(select ${levelIn('w.value')} from tags w where w.document_id = d.id and w.kind = 'complaint' and w.target = '') as level, d.revision, d.deleted_at as "deletedAt",
  (select k.story_id from story_carriers k where k.document_id = d.id) as "storyId",
  (select f.document_id from story_carriers k join story_carriers f on f.story_id = k.story_id where k.document_id = d.id
    order by f.said_at, f.document_id limit 1) as "storyFirst",
  (select count(*)::int from documents c where c.source_id = d.source_id and c.parent_external_id = d.external_id) as replies,
  coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'topic', t.key, 'tone', m.sentiment->>'label',
      'isComplaint', (m.complaint->>'isComplaint')::boolean, 'level', ${levelIn('m.complaint')}, 'status', m.status, 'assigned', u.email, 'tags', m.tags,
      'hasCase', ${HAS_CASE}) order by m.id)
    from mentions m join topics t on t.id = m.topic_id left join users u on u.id = m.assigned_to
    where m.document_id = d.id and m.basket_at is null), '[]') as mentions,
  coalesce((select jsonb_agg(distinct jsonb_build_object('number', p.external_id, 'tier', coalesce(p.tier, v.tier),
      'segments', coalesce((select jsonb_agg(distinct s.segment order by s.segment) from customer_segments s where ${isPerson('s.customer_id', 'p.id')}), '[]')))
    from identity_links l join customers c on c.id = l.customer_id join customers p on p.id = ${PERSON} left join customer_values v on v.customer_id = p.id
    where l.author_id = d.author_id and l.state in ('linked', 'confirmed')), '[]') as customers`;

/** Words only: in no order; those that are gone are left out. */
export function readTextsById(db: Db, ids: readonly DocumentId[]): Promise<StoredText[]> {
  return db.query(`select ${STORED_TEXTS} from documents d where d.id = any($1::bigint[])`, [ids]);
}

/** With everything that is known of them: in no order; those that are gone are left out. */
export function readKnownTexts(db: Db, ids: readonly DocumentId[]): Promise<KnownText[]> {
  return db.query(
    `select ${STORED_TEXTS}, ${STORED_FACTS}, ${LATER} from documents d join sources s on s.id = d.source_id
     left join authors a on a.id = d.author_id
     left join tags g on g.document_id = d.id and g.kind = 'language' and g.target = ''
     where d.id = any($1::bigint[])`,
    [ids],
  );
}
