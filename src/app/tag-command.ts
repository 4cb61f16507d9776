import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { ExitCode } from '../commands/command.ts';
import { errorMessage } from '../lib/errors.ts';
import type { TagResources, Target } from '../model/ports.ts';
import { type Complaint, type KindTag, type LanguageTag, type Sentiment, tagOf } from '../model/tag.ts';
import { targetIn } from '../understand/target-in.ts';
import { understand } from '../understand/understand.ts';
import { loadTagResources } from './tag-resources.ts';

const target = z.object({ name: z.string(), start: z.int().min(0).nullish(), end: z.int().min(0).nullish() });
type NamedTarget = z.infer<typeof target>;

const post = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  lang: z.string().nullish(),
  targets: z.array(target).max(100).nullish(),
});
type Post = z.infer<typeof post>;

/**
 * `molva tag --jsonl`: a post a line on the way in (`{id, text, lang?, source?, targets?: [{name, start?, end?}]}`), what is understood of it on the way out. A
 * line that is none gets an error line of its own, `{line, error}`, and the others are read all the same: exit code 3.
 */
export async function tagLines(input: Readable, output: Writable): Promise<ExitCode> {
  const resources = await loadTagResources();
  let number = 0;
  let wrong = 0;
  const say = async (line: unknown): Promise<void> => {
    if (!output.write(`${JSON.stringify(line)}\n`)) await once(output, 'drain');
  };
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      await say(tagPost(readPost(line), resources));
    } catch (error) {
      wrong += 1;
      await say({ line: number, error: errorMessage(error) });
    }
  }
  return wrong > 0 ? 3 : 0;
}

/** Throws an error that names what is wrong with the line. */
function readPost(line: string): Post {
  const read = post.safeParse(JSON.parse(line));
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

function tagPost(given: Post, resources: TagResources) {
  const named = given.targets ?? [];
  const targets = named.map((target, at) => toTarget(given, target, at));
  const document = {
    title: null,
    text: given.text,
    kind: 'post' as const,
    declaredLanguage: given.lang ?? null,
  };
  const tags = understand({ document, targets }, resources);
  const language = tagOf<LanguageTag>(tags, 'language').value;
  const sentiment = tagOf<Sentiment>(tags, 'sentiment');
  const { isComplaint, ...complaint } = tagOf<Complaint>(tags, 'complaint').value;
  return {
    id: given.id,
    lang: language.code,
    sentiment: tell(sentiment.value),
    targets: named.map(({ name }, at) => ({
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
