import type { SearchFilters } from '../model/search.ts';
import type { Condition } from '../query/candidates.ts';

/**
 * How a value stands in the index and in filters. Inside quotes Meilisearch undoes an escaped quote but not an escaped backslash, so that a value with
 * a backslash could not be written exactly: a sign that looks like it stands in its place.
 */
export function toFilterValue(value: string): string {
  return value.replaceAll('\\', '\u29F5');
}

/** The only place where a filter is built: values are quoted here and nowhere else. */
function quote(value: string): string {
  return `"${toFilterValue(value).replaceAll('"', '\\"')}"`;
}

function anyOf(attribute: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${attribute} IN [${values.map(quote).join(', ')}]`];
}

function tone({ topics, sentiments }: SearchFilters): string[] {
  if (topics.length === 0 || sentiments.length === 0)
    return [...anyOf('topic', topics), ...anyOf('sentiment', sentiments)];
  return anyOf(
    'topicSentiment',
    topics.flatMap((topic) => sentiments.map((label) => `${topic}:${label}`)),
  );
}

function complaints({ complaintsOnly, maybeComplaints, topics }: SearchFilters): string[] {
  if (maybeComplaints) return [...anyOf('complaintLevel', ['review']), 'mention = true'];
  if (!complaintsOnly) return [];
  return topics.length === 0 ? ['complaint IS NOT EMPTY'] : anyOf('complaint', topics);
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** In the order of the index, whose times are whole seconds. */
function behind({ behind: place }: SearchFilters): string[] {
  if (!place) return [];
  const at = seconds(place.time);
  return [`(time < ${at} OR (time = ${at} AND id < ${Number(place.id)}))`];
}

/** Filter of Meilisearch: every part must hold. */
export function buildFilters(filters: SearchFilters): string[] {
  return [
    ...tone(filters),
    ...complaints(filters),
    ...anyOf('intent', filters.postKinds),
    ...anyOf('language', filters.languages),
    ...anyOf('source', filters.sources),
    ...anyOf('author', filters.author === '' ? [] : [filters.author.toLowerCase()]),
    ...(filters.mentionsOnly ? ['mention = true'] : []),
    ...(filters.after === null ? [] : [`id > ${filters.after}`]),
    ...(filters.from ? [`time >= ${seconds(filters.from)}`] : []),
    ...(filters.to ? [`time < ${seconds(filters.to)}`] : []),
    ...behind(filters),
  ];
}

/** What a query requires, as a filter of Meilisearch. */
export function writeCondition(condition: Condition): string {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.items
        .map((item) => `(${writeCondition(item)})`)
        .join(condition.op === 'and' ? ' AND ' : ' OR ');
    case 'not':
      return `NOT (${writeCondition(condition.item)})`;
    case 'one-of':
      return `${condition.field} IN [${condition.values.map(quote).join(', ')}]`;
    case 'begins':
      return `${condition.field} STARTS WITH ${quote(condition.beginning)}`;
    case 'present':
      return `${condition.field} IS NOT EMPTY`;
    case 'between': {
      const { field, from, to } = condition;
      const bounds = [
        ...(Number.isFinite(from) ? [`${field} >= ${Math.floor(from / 1000)}`] : []),
        ...(Number.isFinite(to) ? [`${field} < ${Math.floor(to / 1000)}`] : []),
      ];
      return bounds.length === 0 ? `${field} IS NOT NULL` : bounds.join(' AND ');
    }
  }
}
