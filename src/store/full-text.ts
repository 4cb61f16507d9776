import type { DocumentId } from '../model/ids.ts';
import type { SearchPage, SearchRequest } from '../model/search.ts';
import type { Db } from './db.ts';

const TIME = 'coalesce(d.published_at, d.found_at)';

/** Our search box knows words, phrases and exclusions; websearch_to_tsquery also takes a bare `or` for an operator. */
const PHRASE_OR_OR = /"[^"]*"?|(?<![\p{L}\p{N}])or(?![\p{L}\p{N}])/giu;

/** Collects conditions and their parameters; nothing that a person typed ever becomes SQL. */
function conditions(request: SearchRequest): { where: string; params: unknown[] } {
  const params: unknown[] = [];
  const parts: string[] = ['true'];
  const bind = (value: unknown): string => `$${params.push(value)}`;
  if (request.text !== '') {
    const text = bind(request.text.replace(PHRASE_OR_OR, (part) => (part.startsWith('"') ? part : '"or"')));
    // `russian` stems words in Latin letters as English, so one configuration serves both.
    parts.push(`d.full_text_index @@ websearch_to_tsquery('russian', ${text})`);
  }
  const mention: string[] = [];
  if (request.topics.length > 0) mention.push(`t.key = any(${bind(request.topics)}::text[])`);
  if (request.sentiments.length > 0)
    mention.push(`m.sentiment->>'label' = any(${bind(request.sentiments)}::text[])`);
  if (request.complaintsOnly) mention.push(`(m.complaint->>'isComplaint')::boolean`);
  if (request.mentionsOnly || mention.length > 0) {
    parts.push(
      `exists (select 1 from mentions m join topics t on t.id = m.topic_id where m.document_id = d.id ${mention.map((c) => `and ${c}`).join(' ')})`,
    );
  }
  if (request.languages.length > 0) {
    parts.push(
      `exists (select 1 from tags g where g.document_id = d.id and g.kind = 'language' and g.value->>'code' = any(${bind(request.languages)}::text[]))`,
    );
  }
  if (request.sources.length > 0) parts.push(`s.key = any(${bind(request.sources)}::text[])`);
  if (request.author !== '') {
    const author = bind(request.author.toLowerCase());
    parts.push(
      `exists (select 1 from authors a where a.id = d.author_id and (lower(a.handle) = ${author} or lower(a.name) = ${author}))`,
    );
  }
  if (request.from) parts.push(`${TIME} >= ${bind(request.from)}`);
  if (request.to) parts.push(`${TIME} < ${bind(request.to)}`);
  return { where: parts.join(' and '), params };
}

/** The store's own search, for when there is no Meilisearch: newest first, totals exact. */
export async function searchFullText(db: Db, request: SearchRequest): Promise<SearchPage> {
  const { where, params } = conditions(request);
  const from = `from documents d join sources s on s.id = d.source_id where ${where}`;
  const [count] = await db.query<{ n: number }>(`select count(*)::int as n ${from}`, params);
  const rows = await db.query<{ id: DocumentId }>(
    `select d.id ${from} order by ${TIME} desc, d.id desc limit $${params.length + 1} offset $${params.length + 2}`,
    [...params, request.limit, request.offset],
  );
  return { ids: rows.map((row) => row.id), total: count?.n ?? 0, facets: null };
}
