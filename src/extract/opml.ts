import { generateOpml, type Opml, parseOpml } from 'feedsmith';
import { InputError } from '../lib/errors.ts';

/** One subscription of a list. */
export interface OpmlEntry {
  url: string;
  name: string;
  /** The folder's name, folders within folders joined by ` / `. */
  category?: string;
  /** Our own kind; other programs leave it out. */
  kind?: string;
}

export interface OpmlList {
  entries: OpmlEntry[];
  /** Outlines whose address is none of the web, as they were written. */
  mistakes: { name: string; url: string }[];
  /** Outlines whose address stands in another one too. */
  repeats: { name: string; url: string }[];
}

export const MAX_OPML_CHARS = 2_000_000;
export const MAX_OPML_ENTRIES = 5000;
/** Folders in folders beyond that are somebody's joke. */
const MAX_DEPTH = 20;
const MAX_NAME = 200;
const KIND = /^[a-z0-9-]{1,40}$/;

type Outline = Opml.Outline<string, ['molvaKind']>;

function refuse(message: string): InputError {
  return new InputError([{ at: 'OPML', message }]);
}

/** Tags are counted before anything is built of them: what is too deep or too much is refused unread. */
function checkShape(text: string): void {
  if (text.length > MAX_OPML_CHARS) throw refuse('the file is larger than 2 MB; split it');
  // What bombs and reaches for local files are made of; no subscription list needs it.
  if (/<!DOCTYPE[^>]*(?:[[%]|\bSYSTEM\b|\bPUBLIC\b)|<!ENTITY/i.test(text))
    throw refuse('the file declares entities or names a DTD, which are not read');
  let depth = 0;
  let count = 0;
  for (const [tag] of text.matchAll(/<\/?outline\b[^>]*>/gi)) {
    if (tag.startsWith('</')) depth -= 1;
    else {
      count += 1;
      if (!tag.endsWith('/>')) depth += 1;
    }
    if (depth > MAX_DEPTH) throw refuse(`the file nests folders more than ${MAX_DEPTH} deep`);
    if (count > 2 * MAX_OPML_ENTRIES)
      throw refuse(`the file lists more than ${MAX_OPML_ENTRIES} sources; split it`);
  }
  if (!/<opml[\s>]/i.test(text)) throw refuse('this is not an OPML file: it has no <opml> element');
}

function httpUrl(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'http://');
  if (!/^https?:\/\//i.test(bare) || !URL.canParse(bare) || bare.length > 2000) return undefined;
  return new URL(bare).href;
}

/** Other programs write "no title" when they know none. */
function nameOf({ text, title }: Outline, url: string): string {
  const name = (title?.trim() || text?.trim() || '').replace(/\s+/g, ' ').slice(0, MAX_NAME);
  return name || (URL.canParse(url) ? new URL(url).host : url.slice(0, MAX_NAME));
}

function collect(outlines: readonly Outline[], folder: string, list: OpmlList): void {
  for (const outline of outlines) {
    if (outline.isComment) continue;
    const given = outline.xmlUrl ?? (outline.type === 'link' ? outline.url : undefined);
    if (given !== undefined) addEntry(outline, given, folder, list);
    const name = (outline.text ?? outline.title ?? '').trim().slice(0, MAX_NAME);
    const inner = given === undefined ? [folder, name].filter(Boolean).join(' / ') : folder;
    collect(outline.outlines ?? [], inner, list);
  }
}

function addEntry(outline: Outline, given: string, folder: string, list: OpmlList): void {
  const url = httpUrl(given);
  const name = nameOf(outline, url ?? given);
  if (url === undefined) {
    list.mistakes.push({ name, url: given.slice(0, MAX_NAME) });
    return;
  }
  const category = folder || outline.category?.trim().replace(/^\//, '').slice(0, MAX_NAME);
  const { molvaKind: kind } = outline;
  list.entries.push({
    url,
    name,
    ...(category ? { category } : {}),
    ...(typeof kind === 'string' && KIND.test(kind) ? { kind } : {}),
  });
}

/**
 * Reads a list of subscriptions. The same address counts once; what is no address is listed, and the rest is read.
 * @throws InputError when it is no OPML, or too large, too deep, or declares entities
 */
export function readOpml(text: string): OpmlList {
  checkShape(text);
  const list: OpmlList = { entries: [], mistakes: [], repeats: [] };
  let body: readonly Outline[];
  try {
    body = parseOpml(text, { extraOutlineAttributes: ['molvaKind'] }).body?.outlines ?? [];
  } catch {
    throw refuse('the file cannot be read: its markup is broken');
  }
  collect(body, '', list);
  const byAddress = new Map(list.entries.map((entry) => [`${entry.kind ?? ''} ${entry.url}`, entry]));
  const entries = [...byAddress.values()];
  if (entries.length > MAX_OPML_ENTRIES)
    throw refuse(`the file lists more than ${MAX_OPML_ENTRIES} sources; split it`);
  const kept = new Set(entries);
  const repeats = list.entries.filter((entry) => !kept.has(entry)).map(({ name, url }) => ({ name, url }));
  return { ...list, entries, repeats };
}

function outlineOf({ url, name, kind }: OpmlEntry): Outline {
  const names = { text: name, title: name };
  if (!kind || kind === 'feed') return { ...names, type: 'rss', xmlUrl: url };
  // No other program can subscribe to what is no feed; to it this is a link.
  return { ...names, type: 'link', url, molvaKind: kind };
}

/** Writes a list of subscriptions; those of one category stand in its folder. */
export function writeOpml(title: string, entries: readonly OpmlEntry[], now: Date): string {
  const folders = new Map<string, OpmlEntry[]>();
  for (const entry of entries) {
    const folder = entry.category ?? '';
    folders.set(folder, [...(folders.get(folder) ?? []), entry]);
  }
  const outlines = [...folders].flatMap(([folder, inside]): Outline[] =>
    folder === '' ? inside.map(outlineOf) : [{ text: folder, outlines: inside.map(outlineOf) }],
  );
  return generateOpml({ head: { title, dateCreated: now }, body: { outlines } } as never, {
    extraOutlineAttributes: ['molvaKind'],
  });
}
