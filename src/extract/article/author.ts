import { cleanAuthor, joinAuthors } from './author-name.ts';
import { attribute, type DomDocument, type DomElement, flatText } from './dom.ts';
import { articleNodes, asList, asText, isJsonObject, type JsonObject, typesOf } from './json-ld.ts';

const META =
  'meta[name="author" i], meta[property="author" i], meta[property="article:author" i], meta[name="article:author" i], meta[name="parsely-author" i], meta[name="sailthru.author" i], meta[name="dc.creator" i], meta[name="dcterms.creator" i], meta[name="byl" i], meta[name="citation_author" i], meta[property="og:article:author" i], meta[name="article.author" i], meta[name="cXenseParse:author" i]';
/** Surest first; each is asked only when those before it say nothing. */
const MARKUP: readonly string[] = [
  '[itemprop~=author] [itemprop=name], [itemprop=author], [property=author]',
  '.p-author .p-name, .p-author, .byline .author, .author.vcard .fn, .vcard .fn',
  'a[rel~=author], [data-testid*=author-name], [data-testid*=byline] a, [class*=author-name], [class*=authorName], [class*=AuthorName], [class*=author__name], [class*=byline__name], [class*=byline-name], [class*=bylineName]',
  '[class*=byline] a, [class*=Byline] a, .post-author a, .entry-author a, .author a, a[href*="/author/"], a[href*="/authors/"]',
  '.byline, .author, .post-author, .entry-author, .article-author, [class*=byline], [class*=Byline], #author, [class*=author], [class*=Author]',
];
const ELSEWHERE =
  'aside, footer, nav, [class*=comment], [id*=comment], [class*=related], [class*=sidebar], [class*=recommend], [class*=teaser], [class*=popular], [class*=latest]';
const OTHERS =
  'footer, nav, [class*=comment], [id*=comment], [class*=related], [class*=recommend], [class*=teaser], [class*=popular], [class*=latest]';
const MAX_BYLINE = 160;
/** «Jane Doe is a writer …» */
const BIOGRAPHY =
  /^\W*(?:about (?:the author:?|author:?)? ?)?(\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,3}) (?:is|was|has|covers|writes|works) /u;

function isElsewhere(element: DomElement): boolean {
  const near = element.closest(ELSEWHERE);
  return near !== null && near.localName !== 'body' && near.querySelector('h1') === null;
}

function isOrganization(node: unknown): boolean {
  return isJsonObject(node) && typesOf(node).some((type) => type.endsWith('Organization'));
}

function named(value: unknown, byId: ReadonlyMap<string, JsonObject>, withOrganizations = false): string[] {
  return asList(value).flatMap((one) => {
    const id = isJsonObject(one) && one.name === undefined ? one['@id'] : undefined;
    const node = typeof id === 'string' ? (byId.get(id) ?? one) : one;
    if (isOrganization(node) && !withOrganizations) return [];
    const names = isJsonObject(node) ? asList(node.name) : [node];
    return names.flatMap((name) => cleanAuthor(asText(name)) ?? []);
  });
}

function indexById(nodes: readonly JsonObject[]): Map<string, JsonObject> {
  const byId = new Map<string, JsonObject>();
  for (const node of nodes) {
    const id = node['@id'];
    if (typeof id === 'string' && node.name !== undefined) byId.set(id, node);
  }
  return byId;
}

/** Names that the page's own data give; a person before an organisation. */
function fromJsonLd(nodes: readonly JsonObject[]): string | undefined {
  const byId = indexById(nodes);
  for (const node of articleNodes(nodes)) {
    const found = joinAuthors([...named(node.author, byId), ...named(node.creator, byId)]);
    if (found !== undefined && !isPublisher(found, nodes)) return found;
  }
  return undefined;
}

/** A site that names itself as the author: a byline says more. */
function isPublisher(name: string, nodes: readonly JsonObject[]): boolean {
  const ofSite = nodes.filter((node) =>
    typesOf(node).some((type) => /^(?:Organization|NewsMediaOrganization|WebSite)$/.test(type)),
  );
  return ofSite.some((node) => asText(node.name)?.toLowerCase() === name.toLowerCase());
}

function fromMeta(document: DomDocument): string | undefined {
  const names = [...document.querySelectorAll(META)].flatMap(
    (meta) => cleanAuthor(attribute(meta, 'content')) ?? [],
  );
  return joinAuthors(names);
}

/** Names in a block that is only called after its author need to look like names. */
function isFullName(name: string): boolean {
  return /^\p{Lu}\S* .*\p{Lu}/u.test(name);
}

function nameIn(element: DomElement, isVague: boolean): string | undefined {
  const text = attribute(element, 'content') ?? flatText(element);
  const named = text.length > MAX_BYLINE ? BIOGRAPHY.exec(text)?.[1] : text;
  const name = cleanAuthor(named);
  return name !== undefined && (!isVague || isFullName(name)) ? name : undefined;
}

function fromMarkup(
  document: DomDocument,
  selector: string,
  isWanted: (element: DomElement) => boolean,
): string | undefined {
  const isVague = selector === MARKUP.at(-1);
  for (const element of [...document.querySelectorAll(selector)].slice(0, 60)) {
    const name = isWanted(element) ? nameIn(element, isVague) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** «Jane Doe’s blog» in the page's title, for blogs of one person that sign nothing. */
function fromBlogName(document: DomDocument): string | undefined {
  const title = flatText(document.querySelector('title'));
  return cleanAuthor(
    /(\p{Lu}\p{Ll}+(?: \p{Lu}\.?)? \p{Lu}\p{Ll}+)['’]s (?:we)?b(?:log|site)/u.exec(title)?.[1],
  );
}

const LEAD =
  /^(?:by|written by|words by|story by|von|автор(?:ы)?(?: текста| статьи| материала)?:?|текст:|author:)\s+(?=\S)/iu;
const LABEL = /^(?:by|authors?|written by|posted by|автор(?:ы)?(?: текста| статьи)?|текст)\s*:?$/iu;
const MAX_LINE = 70;

/** A byline as a line of its own: "By Jane Doe", or "Author" above the name. */
function fromText(text: string): string | undefined {
  const lines = text.split('\n', 600);
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    const shown = LABEL.test(line) ? next : LEAD.test(line) ? line : undefined;
    const name = shown !== undefined && shown.length <= MAX_LINE ? cleanAuthor(shown) : undefined;
    if (name !== undefined && name.split(' ').length <= 6) return name;
  }
  return undefined;
}

/** "Written by" in the cards that Twitter shows. */
function fromCard(document: DomDocument): string | undefined {
  for (const at of ['1', '2']) {
    const label = attribute(document.querySelector(`meta[name="twitter:label${at}"]`), 'content');
    if (label !== undefined && /written by|author|автор|verfasst von|écrit par|escrito por/i.test(label))
      return cleanAuthor(attribute(document.querySelector(`meta[name="twitter:data${at}"]`), 'content'));
  }
  return undefined;
}

function fromPublisher(nodes: readonly JsonObject[]): string | undefined {
  const byId = indexById(nodes);
  return articleNodes(nodes).flatMap((node) => named(node.author, byId, true))[0];
}

/**
 * Who wrote the page's article, as it shows it; several names parted by commas. `text` is the page's own text, where a
 * byline may stand without any markup.
 */
export function findAuthor(
  document: DomDocument,
  jsonLd: readonly JsonObject[],
  text: string,
): string | undefined {
  const told = fromJsonLd(jsonLd) ?? fromMeta(document) ?? fromCard(document);
  if (told !== undefined) return told;
  for (const selector of MARKUP) {
    const found = fromMarkup(document, selector, (element) => !isElsewhere(element));
    if (found !== undefined) return found;
  }
  return fromText(text) ?? fromBeside(document) ?? fromBlogName(document) ?? fromPublisher(jsonLd);
}

/** Sidebars introduce the author, if nothing nearer does. */
function fromBeside(document: DomDocument): string | undefined {
  for (const selector of MARKUP) {
    const found = fromMarkup(document, selector, (element) => element.closest(OTHERS) === null);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The account under which the article was written, where the platform's markup tells it beside the name. */
export function findAccount(document: DomDocument): string | undefined {
  const users = [...document.querySelectorAll('.ljuser, [data-ljuser]')];
  const own = users.find((user) => user.closest('[class*=comment], [id*=comment], aside, footer') === null);
  const account = attribute(own, 'data-ljuser') ?? attribute(own, 'lj:user') ?? flatText(own ?? null);
  return account === '' ? undefined : account;
}
