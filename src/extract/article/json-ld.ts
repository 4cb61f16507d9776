import type { DomDocument } from './dom.ts';

export type JsonObject = Record<string, unknown>;

const MAX_CHARS = 1_000_000;
const MAX_NODES = 500;
const MAX_DEPTH = 8;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One value or a list of them, as a list. */
export function asList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function asText(value: unknown): string | undefined {
  if (isJsonObject(value)) return asText(value['@value'] ?? value.name);
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
  return text === '' ? undefined : text;
}

/** Line breaks within strings and a semicolon behind the end are common, and no JSON. */
function parseLoosely(source: string): unknown {
  const plain = source.replace(
    /^\s*(?:<!--|\/\/<!\[CDATA\[|<!\[CDATA\[)|(?:-->|\/\/\]\]>|\]\]>)?\s*;?\s*$/g,
    '',
  );
  for (const text of [plain, plain.replace(/\p{Cc}+/gu, ' ').replace(/,\s*([}\]])/g, '$1')]) {
    try {
      return JSON.parse(text);
    } catch {
      // The next form may be readable; a script that is none says nothing.
    }
  }
  return undefined;
}

function collect(value: unknown, depth: number, nodes: JsonObject[]): void {
  if (depth > MAX_DEPTH || nodes.length >= MAX_NODES) return;
  if (Array.isArray(value)) for (const one of value) collect(one, depth + 1, nodes);
  if (!isJsonObject(value)) return;
  nodes.push(value);
  for (const inner of Object.values(value)) if (typeof inner === 'object') collect(inner, depth + 1, nodes);
}

/** Every object of the page's JSON-LD, outermost first. */
export function readJsonLd(document: DomDocument): JsonObject[] {
  const nodes: JsonObject[] = [];
  for (const script of document.querySelectorAll('script[type*="ld+json"]')) {
    const source = script.textContent ?? '';
    if (source.length <= MAX_CHARS) collect(parseLoosely(source), 0, nodes);
  }
  return nodes;
}

/** Schema.org types of a node, without their namespace. */
export function typesOf(node: JsonObject): string[] {
  return asList(node['@type']).map((type) => String(type).replace(/^.*[/#:]/, ''));
}

const ARTICLE =
  /(?:Article|BlogPosting|Blog|Report|Posting|Review|Recipe|AnalysisNewsArticle|OpinionNewsArticle)$/;
const PAGE =
  /^(?:WebPage|ItemPage|AboutPage|FAQPage|MedicalWebPage|VideoObject|Product|HowTo|Event|CreativeWork|PodcastEpisode)$/;

/** Nodes that describe the page's article, the likeliest first: those of an article type, then those of the page. */
export function articleNodes(nodes: readonly JsonObject[]): JsonObject[] {
  const ofType = (pattern: RegExp) =>
    nodes.filter((node) => typesOf(node).some((type) => pattern.test(type)));
  return [...ofType(ARTICLE), ...ofType(PAGE)];
}
