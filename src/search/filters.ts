import type { SearchRequest } from '../model/search.ts';

/** The only place where a filter is built: values are quoted here and nowhere else. */
function quote(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
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
