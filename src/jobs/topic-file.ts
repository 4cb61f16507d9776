import { type Document, isMap, isScalar, LineCounter, parseDocument, Scalar, stringify, visit } from 'yaml';
import { z } from 'zod';
import { errorMessage, type InputIssue } from '../lib/errors.ts';
import { createLocator, type Locate } from '../lib/yaml-places.ts';
import type { ContextSwitch, ExampleText } from '../model/topic.ts';
import { exampleHash, MAX_EXAMPLE_TEXT, storableExample } from '../store/topic-examples.ts';
import { storableQuery } from '../store/topics.ts';

/** A topic as its file holds it. */
export interface TopicFile extends ContextSwitch {
  key: string;
  name: string;
  enabled: boolean;
  query: string;
  examples: ExampleText[];
}

/** A topic read from a file, with the places of its parts for messages. */
export interface ReadTopic extends TopicFile {
  /** `topics/romashka.yaml:3:1`; of an example by its index in `examples`. */
  at(part: 'key' | 'query' | number): string;
  /** Of a place in the query, from 1. */
  atQuery(line: number, column: number): string;
}

type Path = readonly PropertyKey[];

const UNKNOWN_AT_MOST = 20;
const EXAMPLES_AT_MOST = 1000;
const MAX_ABOUT = 500;
const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const optional = z.string().max(2000).nullish();

const exampleSchema = z.strictObject({
  text: z.string().min(1).max(MAX_EXAMPLE_TEXT),
  title: optional,
  author: optional,
  address: optional,
  note: optional,
});
const examplesSchema = z.array(exampleSchema).max(EXAMPLES_AT_MOST).nullish();

const fileSchema = z.strictObject({
  key: z.string().regex(KEY, 'use lower-case Latin letters, digits, - and _'),
  name: z.string().trim().min(1).max(200),
  enabled: z.boolean().default(true),
  about: z.string().trim().max(MAX_ABOUT).default(''),
  context_check: z.boolean().default(false),
  query: z.string().trim().min(1).max(50_000),
  must_match: examplesSchema,
  must_not_match: examplesSchema,
});
type Raw = z.infer<typeof fileSchema>;

/** Reads one file. Every mistake with its place; the query itself is not read. */
export function readTopicFile(file: string, text: string): { topic: ReadTopic } | { issues: InputIssue[] } {
  const lines = new LineCounter();
  const issues: InputIssue[] = [];
  const fail = ({ line, col }: { line: number; col: number }, message: string): void =>
    void issues.push({ at: `${file}:${line}:${col}`, message });

  const document = parse(text, lines);
  if (typeof document === 'string') return { issues: [{ at: `${file}:1:1`, message: document }] };
  for (const { pos, message } of [...document.errors, ...document.warnings])
    fail(lines.linePos(pos[0]), message);
  for (const { offset, message } of oddities(document)) fail(lines.linePos(offset), message);
  if (issues.length > 0) return { issues };

  const locate = createLocator(document, lines);
  const read = fileSchema.safeParse(document.toJS());
  for (const [path, message] of (read.error?.issues ?? []).flatMap(mistakes)) fail(locate(path), message);
  if (!read.success) return { issues };
  for (const [path, message] of repetitions(read.data)) fail(locate(path), message);
  if (issues.length > 0) return { issues };
  const placeInQuery = createQueryLocator(document, lines, text);
  return { topic: toTopic(file, read.data, locate, placeInQuery) };
}

/** Each setting that is unknown is a mistake of its own. */
function mistakes(issue: z.core.$ZodIssue): [Path, string][] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, UNKNOWN_AT_MOST)
      .map((key) => [[...path, key], `${name([...path, key])}: there is no such setting`]);
  if (path.length === 0)
    return [[path, 'a mapping is expected: key, name, query, must_match, must_not_match']];
  const isMissing = issue.message.endsWith('received undefined');
  return [[path, `${name(path)}: ${isMissing ? 'is missing' : issue.message}`]];
}

function name(path: Path): string {
  return path.map(String).join('.');
}

type PlaceInQuery = (line: number, column: number) => { line: number; col: number } | null;

/** Where a place of the query stands in the file, when the query is written as a block or in one plain line. */
function createQueryLocator(document: Document.Parsed, lines: LineCounter, text: string): PlaceInQuery {
  const node = document.get('query', true);
  if (!isScalar(node) || !node.range || typeof node.value !== 'string') return () => null;
  const { type, value } = node;
  const start = lines.linePos(node.range[0]);
  const lead = value.slice(0, value.length - value.trimStart().length);
  const skipped = lead.split('\n').length - 1;
  const indent = lead.length - (lead.lastIndexOf('\n') + 1);
  const source = text.split('\n');
  const written = value.split('\n');
  return (line, column) => {
    const before = line === 1 ? indent : 0;
    if (type === 'PLAIN' && written.length === 1)
      return { line: start.line, col: start.col + before + column - 1 };
    if (type !== 'BLOCK_LITERAL') return null;
    const at = start.line + skipped + line;
    const [shown = '', said = ''] = [source[at - 1], written[skipped + line - 1]];
    return { line: at, col: Math.max(0, shown.trimEnd().length - said.trimEnd().length) + before + column };
  };
}

/** What is wrong with the whole, in words, when it cannot be parsed at all. */
function parse(text: string, lines: LineCounter): Document.Parsed | string {
  try {
    // The library compares each key with all before it; `oddities` looks for repetitions in one pass.
    return parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  } catch (error) {
    return error instanceof RangeError ? 'is nested too deeply' : errorMessage(error);
  }
}

/** What YAML allows and a topic's file has no use for: it could stand for far more than it says, or hide a setting. */
function oddities(document: Document.Parsed): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  const seen = new Map<unknown, Set<unknown>>();
  visit(document, {
    Alias: (_key, node) => {
      found.push({ offset: node.range?.[0] ?? 0, message: 'references (*) are not read here; write it out' });
    },
    Pair: (_key, { key }, path) => {
      const map = path.at(-1);
      if (!isMap(map)) return;
      if (!isScalar(key)) return void found.push({ offset: 0, message: 'every setting needs a plain name' });
      const keys = seen.get(map) ?? new Set();
      seen.set(map, keys);
      if (keys.has(key.value))
        found.push({ offset: key.range?.[0] ?? 0, message: `"${String(key.value)}" stands here twice` });
      keys.add(key.value);
    },
  });
  return found;
}

const LISTS = ['must_match', 'must_not_match'] as const;

function examplesOf(raw: Raw): { example: ExampleText; path: Path }[] {
  return LISTS.flatMap((list) =>
    (raw[list] ?? []).map(({ text, title, author, address, note }, at) => ({
      path: [list, at],
      example: storableExample({
        mustMatch: list === 'must_match',
        url: address ?? null,
        title: title ?? null,
        author: author ?? null,
        text,
        note: note ?? '',
      }),
    })),
  );
}

function repetitions(raw: Raw): [Path, string][] {
  const seen = new Set<string>();
  return examplesOf(raw).flatMap(({ example, path }): [Path, string][] => {
    const hash = exampleHash(example);
    if (seen.has(hash)) return [[path, `${name(path)}: the same example stands here twice`]];
    seen.add(hash);
    return [];
  });
}

function toTopic(file: string, raw: Raw, locate: Locate, placeInQuery: PlaceInQuery): ReadTopic {
  const examples = examplesOf(raw);
  return {
    key: raw.key,
    name: raw.name,
    enabled: raw.enabled,
    about: raw.about,
    contextCheck: raw.context_check,
    query: storableQuery(raw.query),
    examples: examples.map(({ example }) => example),
    at: (part) => {
      const { line, col } = locate(typeof part === 'number' ? (examples[part]?.path ?? []) : [part]);
      return `${file}:${line}:${col}`;
    },
    atQuery: (line, column) => {
      const place = placeInQuery(line, column) ?? locate(['query']);
      return `${file}:${place.line}:${place.col}`;
    },
  };
}

/** Always in the same order and layout, so that differences are what changed. */
export function writeTopicFile(topic: TopicFile): string {
  const { key, name, enabled, about, contextCheck, query, examples } = topic;
  const listed = (mustMatch: boolean) =>
    examples.filter((example) => example.mustMatch === mustMatch).map(writeExample);
  const [must, mustNot] = [listed(true), listed(false)];
  return stringify(
    {
      key,
      name: line(name),
      enabled,
      ...(about === '' ? {} : { about: line(about) }),
      ...(contextCheck ? { context_check: true } : {}),
      query: block(query),
      ...(must.length > 0 ? { must_match: must } : {}),
      ...(mustNot.length > 0 ? { must_not_match: mustNot } : {}),
    },
    { lineWidth: 0 },
  );
}

function writeExample({ text, title, author, url, note }: ExampleText): Record<string, unknown> {
  return {
    text: block(text),
    ...(title === null ? {} : { title: line(title) }),
    ...(author === null ? {} : { author: line(author) }),
    ...(url === null ? {} : { address: line(url) }),
    ...(note === '' ? {} : { note: line(note) }),
  };
}

/** As it is, line by line, where YAML can hold it so. */
function block(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = HIDDEN.test(text) || text.trim() === '' ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_LITERAL;
  return scalar;
}

/** What stands in one line. */
function line(text: string): Scalar {
  const scalar = new Scalar(text);
  if (HIDDEN.test(text) || text.includes('\n')) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

// Characters that editors lose or YAML takes for something else; blanks at the end of a line.
const HIDDEN = /[^\P{Cc}\t\n]|[\u2028\u2029\uFEFF]|[ \t]$/mu;
