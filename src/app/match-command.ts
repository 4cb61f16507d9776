import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import type { ExitCode } from '../commands/command.ts';
import { InputError, type InputIssue } from '../lib/errors.ts';
import { type AccountBook, createAccountBook } from '../match/account-book.ts';
import { createFileLearner } from '../match/learn/file-learner.ts';
import { createMatcher, type MatchResult } from '../match/matcher.ts';
import {
  customerLine,
  mentionLine,
  type ReviewLine,
  reviewLine,
  toMatchCustomer,
  toMatchPost,
} from '../match/records.ts';
import { MemoryRegister } from '../match/register/memory-register.ts';
import { loadMatchWords } from './match-words.ts';

export interface MatchFiles {
  customers: string;
  /** In order of time. */
  mentions: string;
  reviews?: string | undefined;
  out: string;
}

const PROGRESS_EVERY = 100_000;
const SHOWN_ISSUES = 20;

/** Lines of a file, unpacked when its name ends in `.gz`, one at a time. */
async function* linesOf(file: string): AsyncGenerator<{ line: string; at: string }> {
  const raw = createReadStream(file);
  await once(raw, 'open').catch(() => {
    throw new InputError([{ at: file, message: 'cannot be opened; check the path' }]);
  });
  // `pipeline` hands a broken archive's error on to whoever reads.
  const input = file.endsWith('.gz') ? pipeline(raw, createGunzip(), () => {}) : raw;
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() !== '') yield { line, at: `${file}:${number}` };
  }
}

/** Records of a file; what is wrong with a line is noted, and the others are read all the same. */
async function* recordsOf<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  issues: InputIssue[],
): AsyncGenerator<z.output<Schema>> {
  for await (const { line, at } of linesOf(file)) {
    const record = readLine(line, at, schema, issues);
    if (record !== null) yield record;
  }
}

function readLine<Schema extends z.ZodType>(
  line: string,
  at: string,
  schema: Schema,
  issues: InputIssue[],
): z.output<Schema> | null {
  try {
    const read = schema.safeParse(JSON.parse(line));
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues)
      issues.push({ at, message: `${path.join('.')}: ${message}` });
  } catch {
    issues.push({ at, message: 'is not JSON; write one object per line' });
  }
  return null;
}

async function readReviews(file: string | undefined, issues: InputIssue[]): Promise<ReviewLine[]> {
  const reviews: ReviewLine[] = [];
  if (file !== undefined)
    for await (const review of recordsOf(file, reviewLine, issues)) reviews.push(review);
  return reviews.sort((one, two) => one.at.getTime() - two.at.getTime());
}

function decide(book: AccountBook, { author_id: author, customer_id: customer, verdict }: ReviewLine): void {
  if (verdict === 'confirm') book.bind(author, customer);
  else book.reject(author, customer);
}

function toPrediction(id: string, { decision, candidates }: MatchResult, ms: number) {
  const [best] = candidates;
  return {
    mention_id: id,
    customer_id: best?.customerId ?? null,
    score: best?.probability ?? 0,
    decision,
    candidates: candidates.map(({ customerId }) => customerId),
    // The key of an identifier would tell what it says.
    evidence: (best?.evidence ?? []).map(({ key: _told, ...shown }) => shown),
    ms: Number(ms.toFixed(3)),
  };
}

/**
 * `molva match`: holds posts in the order of the file against a register, and writes a line for each: who it may be, how likely, why,
 * and what would be done. Of people's decisions only those count that were made before a post. 3: some lines could not be read.
 */
export async function matchFiles(files: MatchFiles, say: (text: string) => void): Promise<ExitCode> {
  const words = await loadMatchWords();
  const issues: InputIssue[] = [];
  const register = new MemoryRegister();
  for await (const line of recordsOf(files.customers, customerLine, issues)) {
    register.put(toMatchCustomer(line, words));
    const size = await register.size();
    if (size % PROGRESS_EVERY === 0) say(`${size} customers read`);
  }
  const reviews = await readReviews(files.reviews, issues);
  const book = createAccountBook();
  const learner = createFileLearner();
  let matcher = createMatcher(register, words);
  const output = createWriteStream(files.out);
  let done = 0;
  let decided = 0;
  for await (const line of recordsOf(files.mentions, mentionLine, issues)) {
    const post = toMatchPost(line);
    for (; decided < reviews.length && (reviews[decided] as ReviewLine).at < post.publishedAt; decided += 1) {
      decide(book, reviews[decided] as ReviewLine);
      matcher = createMatcher(register, words, learner.decide(reviews[decided] as ReviewLine));
    }
    const started = performance.now();
    const result = await matcher.match(post, book.historyOf(post.authorId));
    const ms = performance.now() - started;
    learner.see(post.authorId, result);
    const [best] = result.candidates;
    if (result.decision === 'auto' && best) book.bind(post.authorId, best.customerId);
    if (!output.write(`${JSON.stringify(toPrediction(post.id, result, ms))}\n`)) await once(output, 'drain');
    done += 1;
    if (done % PROGRESS_EVERY === 0) say(`${done} posts matched`);
  }
  output.end();
  await once(output, 'finish');
  for (const { at, message } of issues.slice(0, SHOWN_ISSUES)) say(`${at}: ${message}`);
  if (issues.length > SHOWN_ISSUES) say(`… and ${issues.length - SHOWN_ISSUES} more`);
  say(`${await register.size()} customers, ${done} posts, written to ${files.out}`);
  return issues.length > 0 ? 3 : 0;
}
