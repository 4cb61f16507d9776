import type { SearchRequest } from '../model/search.ts';

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

function tone({ topics, sentiments }: SearchRequest): string[] {
  if (topics.length === 0 || sentiments.length === 0)
    return [...anyOf('topic', topics), ...anyOf('sentiment', sentiments)];
  return anyOf(
    'topicSentiment',
    topics.flatMap((topic) => sentiments.map((label) => `${topic}:${label}`)),
  );
}

function complaints({ complaintsOnly, topics }: SearchRequest): string[] {
  if (!complaintsOnly) return [];
  return topics.length === 0 ? ['complaint IS NOT EMPTY'] : anyOf('complaint', topics);
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** Meilisearch filter: every part must hold. */
export function buildFilter(request: SearchRequest): string[] {
  return [
    ...tone(request),
    ...complaints(request),
    ...anyOf('language', request.languages),
    ...anyOf('source', request.sources),
    ...anyOf('author', request.author === '' ? [] : [request.author.toLowerCase()]),
    ...(request.mentionsOnly ? ['mention = true'] : []),
    ...(request.from ? [`time >= ${seconds(request.from)}`] : []),
    ...(request.to ? [`time < ${seconds(request.to)}`] : []),
  ];
}
