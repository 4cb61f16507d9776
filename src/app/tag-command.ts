import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { ExitCode } from '../commands/command.ts';
import { errorMessage } from '../lib/errors.ts';
import type { TagResources, Target } from '../model/ports.ts';
import {
  type Complaint,
  type KindTag,
  type LanguageTag,
  type Sentiment,
  type Tag,
  tagOf,
} from '../model/tag.ts';
import { targetIn } from '../understand/target-in.ts';
import { type Untagged, understandEach } from '../understand/understand.ts';
import { loadTagResources } from './tag-resources.ts';

const target = z.object({ name: z.string(), start: z.int().min(0).nullish(), end: z.int().min(0).nullish() });
type NamedTarget = z.infer<typeof target>;

const postSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  lang: z.string().nullish(),
  targets: z.array(target).max(100).nullish(),
});
type Post = z.infer<typeof postSchema>;

/**
 * `molva tag --jsonl`: a post a line on the way in (`{id, text, lang?, source?, targets?: [{name, start?, end?}]}`), what is understood of it on the way out. A
 * line that is none gets an error line of its own, `{line, error}`, and the others are read all the same: exit code 3.
 */
export async function tagLines(input: Readable, output: Writable): Promise<ExitCode> {
  const resources = await loadTagResources();
  let read = 0;
  let wrong = 0;
  for await (const lines of linesAsTheyCome(input)) {
    const said = tagTogether(lines, read, resources);
    read += lines.length;
    wrong += said.filter((line) => 'error' in line).length;
    const written = said.map((line) => `${JSON.stringify(line)}\n`).join('');
    if (!output.write(written)) await once(output, 'drain');
  }
  return wrong > 0 ? 3 : 0;
}

/** Whole lines, as many as have come: whoever sends one and waits gets an answer. */
async function* linesAsTheyCome(input: Readable): AsyncGenerator<string[]> {
  let begun = '';
  for await (const piece of input.setEncoding('utf8')) {
    if (!piece.includes('\n')) {
      begun += piece;
      continue;
    }
    const lines = (begun + piece).split('\n');
    begun = lines.pop() ?? '';
    yield lines;
  }
  if (begun !== '') yield [begun];
}

/** `before`: so many lines came before these. */
function tagTogether(lines: readonly string[], before: number, resources: TagResources) {
  const read = lines.flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, before + at + 1)]));
  const tagged = understandEach(
    read.flatMap((one) => ('error' in one ? [] : one.untagged)),
    resources,
  );
  let next = 0;
  return read.map((one) => {
    if ('error' in one) return one;
    const tags = tagged[next++] as Tag[] | Error;
    return tags instanceof Error ? { line: one.line, error: errorMessage(tags) } : answerTo(one, tags);
  });
}

interface ReadLine {
  line: number;
  post: Post;
  untagged: Untagged;
}

function readLine(written: string, line: number): ReadLine | { line: number; error: string } {
  try {
    const post = readPost(written);
    const targets = (post.targets ?? []).map((target, at) => toTarget(post, target, at));
    const { text, lang } = post;
    const document = { title: null, text, kind: 'post' as const, declaredLanguage: lang ?? null };
    return { line, post, untagged: { document, targets } };
  } catch (error) {
    return { line, error: errorMessage(error) };
  }
}

/** Throws an error that names what is wrong with the line. */
function readPost(line: string): Post {
  const read = postSchema.safeParse(JSON.parse(line));
  if (!read.success) throw new TypeError(z.prettifyError(read.error));
  return read.data;
}

/** Where the target stands: as given, or wherever it is named. */
function toTarget({ text }: Post, { name, start, end }: NamedTarget, at: number): Target {
  const key = `${at} ${name}`;
  if (typeof start !== 'number') return targetIn(text, key, [name]);
  const last = Math.min(end ?? start + name.length, text.length);
  return { key, spans: start < last ? [{ field: 'text', start, end: last }] : [] };
}

function answerTo({ post, untagged: { targets } }: ReadLine, tags: readonly Tag[]) {
  const language = tagOf<LanguageTag>(tags, 'language').value;
  const sentiment = tagOf<Sentiment>(tags, 'sentiment');
  const { isComplaint, ...complaint } = tagOf<Complaint>(tags, 'complaint').value;
  return {
    id: post.id,
    lang: language.code,
    sentiment: tell(sentiment.value),
    targets: (post.targets ?? []).map(({ name }, at) => ({
      name,
      ...tell(tagOf<Sentiment>(tags, 'sentiment', targets[at]?.key).value),
    })),
    complaint: { label: isComplaint, ...complaint },
    kind: tagOf<KindTag>(tags, 'kind').value.kind,
    spans: sentiment.spans,
  };
}

/** The best of the three, and whether that is sure. */
function tell({ label, best, score, confidence }: Sentiment) {
  const known = best ?? (label === 'unsure' ? 'neutral' : label);
  return { label: known, score, confidence, ...(label === 'unsure' ? { unsure: true } : {}) };
}
