import { elementName, type Home, NO_SCOPE, type Scope, scopeWithin } from './feed-namespaces.ts';

/** An element; its text and attributes are read from the source when somebody asks. */
export interface XmlNode {
  /** Lower case with our prefix: `title`, `dc:date`. */
  name: string;
  parent: XmlNode | undefined;
  children: XmlNode[];
  /** What stands in the start tag after the name. */
  attributes: string;
  /** The content in `document.source`. */
  from: number;
  to: number;
  scope: Scope;
  document: XmlDocument;
}

export interface XmlDocument {
  source: string;
  /** Entities that the document type declares, as they are to be read. */
  entities: ReadonlyMap<string, string>;
  /** Does `xml:base` stand anywhere? */
  hasBase: boolean;
}

/** Feeds nest five or six deep, markup in them some twenty more; what lies deeper is content without a node. */
const MAX_DEPTH = 100;
/** A thousand entries with markup have some 60,000. */
const MAX_NODES = 150_000;
const NAME = /[A-Za-z_\u0400-\u04ff][^\s/>=<]*/y;

interface Tag {
  name: string;
  /** Of its bracket. */
  start: number;
  /** Behind the name, and behind the closing bracket. */
  from: number;
  to: number;
  /** Where its attributes end. */
  end: number;
  isEmpty: boolean;
}

/** The `>` that ends a tag: the first outside quoted values, else the first before the next `<`; -1 when none. */
function tagEnd(source: string, from: number): number {
  let first = -1;
  let quote = 0;
  for (let at = from; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 60) return first;
    if (code === 62) {
      if (quote === 0) return at;
      if (first === -1) first = at;
    } else if (code === quote) quote = 0;
    else if (quote === 0 && (code === 34 || code === 39) && isValueStart(source, at, from)) quote = code;
  }
  return first === -1 ? source.length : first;
}

/** A quotation mark opens a value only behind `=`. */
function isValueStart(source: string, at: number, from: number): boolean {
  let before = at - 1;
  while (before > from && source.charCodeAt(before) <= 32) before -= 1;
  return source.charCodeAt(before) === 61;
}

function readTag(source: string, at: number): Tag | undefined {
  NAME.lastIndex = at;
  const name = NAME.exec(source)?.[0];
  if (name === undefined) return undefined;
  const from = at + name.length;
  const found = tagEnd(source, from);
  if (found === -1) return undefined;
  const isEmpty = source.charCodeAt(found - 1) === 47;
  return {
    name,
    start: at - 1,
    from,
    to: Math.min(source.length, found + 1),
    end: isEmpty ? found - 1 : found,
    isEmpty,
  };
}

const ENTITY = /<!ENTITY\s+([\w.-]{1,60})\s+(?:"([^"]{0,1000})"|'([^']{0,1000})')\s*>/g;
const MAX_ENTITIES = 300;
const MAX_SUBSET_CHARS = 100_000;

/** Where the declaration at `at` ends; the entities of the first document type with a subset are kept. */
function skipDeclaration(
  source: string,
  at: number,
  entities: Map<string, string>,
  never: Set<string>,
): number {
  const close = source.indexOf('>', at);
  if (close === -1) return source.length;
  const isType = /^<!doctype[^>]*\[/i.test(source.slice(at, Math.min(close, at + 2000)));
  if (!isType || never.has('doctype')) return close + 1;
  never.add('doctype');
  const subset = /^[\s\S]*?\]\s*>/.exec(source.slice(at, at + MAX_SUBSET_CHARS))?.[0];
  if (subset === undefined) return close + 1;
  for (const [, name = '', double, single] of subset.matchAll(ENTITY)) {
    if (entities.size < MAX_ENTITIES) entities.set(name, double ?? single ?? '');
  }
  return at + subset.length;
}

const ENTRIES = new Set(['item', 'entry']);

/** `</langauge>`: the same letters in another order, for an element without elements. */
function isMisspelt(name: string, open: XmlNode): boolean {
  const sorted = (word: string) => [...word].sort().join('');
  return open.children.length === 0 && name.length === open.name.length && sorted(name) === sorted(open.name);
}

/** A tree under construction. */
class Builder {
  readonly root: XmlNode;
  readonly #home: Home;
  #open: XmlNode;
  #depth = 0;
  #beyond = 0;
  #count = 0;
  readonly #openNames = new Map<string, number>();

  constructor(document: XmlDocument, home: Home) {
    this.#home = home;
    this.root = {
      name: '',
      parent: undefined,
      children: [],
      attributes: '',
      from: 0,
      to: document.source.length,
      scope: NO_SCOPE,
      document,
    };
    this.#open = this.root;
  }

  get isFull(): boolean {
    return this.#count >= MAX_NODES;
  }

  open(tag: Tag): void {
    if (this.#depth >= MAX_DEPTH) {
      if (!tag.isEmpty) this.#beyond += 1;
      return;
    }
    const parent = this.#open;
    const attributes = parent.document.source.slice(tag.from, tag.end);
    const scope = attributes.includes('xmlns')
      ? scopeWithin(parent.scope, attributes, this.#home)
      : parent.scope;
    const name = elementName(tag.name, scope, this.#home);
    if (ENTRIES.has(name) && this.#isInOpenEntry(name)) return this.#openBeside(tag, name);
    const { document } = parent;
    const node = { name, parent, children: [], attributes, from: tag.to, to: tag.to, scope, document };
    parent.children.push(node);
    this.#count += 1;
    if (tag.isEmpty) return;
    this.#open = node;
    this.#depth += 1;
    this.#openNames.set(name, (this.#openNames.get(name) ?? 0) + 1);
  }

  /** An entry within an entry means that the end tag of the first is missing; in Atom's `content` it is content. */
  #isInOpenEntry(name: string): boolean {
    return Boolean(this.#openNames.get(name)) && !this.#openNames.get('content');
  }

  #openBeside(tag: Tag, name: string): void {
    while (this.#openNames.get(name)) this.#leave(tag.start);
    this.open(tag);
  }

  /** An end tag closes what is open within its element; one that nothing is open for closes nothing. */
  close(written: string, at: number): void {
    if (this.#beyond > 0) {
      this.#beyond -= 1;
      return;
    }
    const name = elementName(written, this.#open.scope, this.#home);
    if (!this.#openNames.get(name)) {
      if (isMisspelt(name, this.#open)) this.#leave(at);
      return;
    }
    while (this.#open.name !== name) this.#leave(at);
    this.#leave(at);
  }

  end(at: number): XmlNode {
    while (this.#open.parent !== undefined) this.#leave(at);
    return this.root;
  }

  #leave(at: number): void {
    const { name, parent } = this.#open;
    this.#open.to = at;
    this.#openNames.set(name, (this.#openNames.get(name) ?? 1) - 1);
    this.#open = parent ?? this.root;
    this.#depth -= 1;
  }
}

/** Where a comment or section that starts at `at` ends. One without an end is no such thing. */
function sectionEnd(source: string, at: number, stop: string, never: Set<string>): number {
  const found = never.has(stop) ? -1 : source.indexOf(stop, at);
  if (found !== -1) return found + stop.length;
  never.add(stop);
  return stop === ']]>' ? source.length : at + 2;
}

/**
 * One pass over XML as feeds write it: unclosed, crossed, cut off. Never throws; time grows with the length alone.
 * Elements of the `home` vocabulary are named without a prefix.
 */
export function parseXml(source: string, home: Home): XmlNode {
  const entities = new Map<string, string>();
  const builder = new Builder({ source, entities, hasBase: source.includes('xml:base') }, home);
  const never = new Set<string>();
  let at = source.indexOf('<');
  while (at !== -1 && !builder.isFull) {
    let next = at + 1;
    const mark = source.charCodeAt(next);
    if (mark === 33) {
      if (source.startsWith('<![CDATA[', at)) next = sectionEnd(source, at, ']]>', never);
      else if (source.startsWith('<!--', at)) next = sectionEnd(source, at, '-->', never);
      else next = skipDeclaration(source, at, entities, never);
    } else if (mark === 63) next = sectionEnd(source, at, '>', never);
    else if (mark === 47) {
      const tag = readTag(source, next + 1);
      if (tag) builder.close(tag.name, at);
      next = tag?.to ?? next;
    } else {
      const tag = readTag(source, next);
      if (tag) builder.open(tag);
      next = tag?.to ?? next;
    }
    at = source.indexOf('<', next);
  }
  return builder.end(at === -1 ? source.length : at);
}
