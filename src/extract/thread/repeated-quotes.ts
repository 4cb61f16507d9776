import type { ThreadPost } from './model.ts';
import { runsOf, shareSaid, wordsOf } from './word-runs.ts';

/** Of a line's runs: a quotation may be cut in the middle of a sentence, or be typed anew. */
const MOSTLY = 0.8;
/** A line left over from a quotation whose words are gone is its caption: "Anna wrote:". */
const CAPTION_WORDS = 12;
/** No page of a thread says as much; a hostile one may, and is not remembered whole. */
const MOST_RUNS = 200_000;

/** The lines of `fullText` that are not the author's own, with their places. */
function quotedLines({ text, fullText }: ThreadPost): Set<number> {
  const own = new Map<string, number>();
  for (const line of text.split('\n')) own.set(line, (own.get(line) ?? 0) + 1);
  const quoted = new Set<number>();
  // From the end: a quotation stands before what is said of it, and may begin with the same words.
  const lines = fullText.split('\n');
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    const left = own.get(line) ?? 0;
    if (left > 0) own.set(line, left - 1);
    else quoted.add(at);
  }
  return quoted;
}

function withoutRepeated(post: ThreadPost, said: ReadonlySet<string>): ThreadPost {
  // A post of nothing but a quotation is told by it.
  if (post.text === '' || post.fullText === post.text) return post;
  const lines = post.fullText.split('\n');
  const quoted = quotedLines(post);
  const repeated = new Set([...quoted].filter((at) => (shareSaid(lines[at] ?? '', said) ?? 0) >= MOSTLY));
  if (repeated.size === 0) return post;
  const left = [...quoted].filter((at) => !repeated.has(at));
  const isOnlyCaptions = left.every((at) => wordsOf(lines[at] ?? '').length <= CAPTION_WORDS);
  const fullText = isOnlyCaptions ? post.text : lines.filter((_line, at) => !repeated.has(at)).join('\n');
  return { ...post, fullText };
}

/**
 * The posts of one page for reading it as one text: what a post quotes of an earlier one on that page is not told again in its
 * `fullText`. Documents keep their quotations, since each is shown by itself.
 */
export function withoutRepeatedQuotes(posts: readonly ThreadPost[]): ThreadPost[] {
  const said = new Set<string>();
  return posts.map((post) => {
    const told = withoutRepeated(post, said);
    if (said.size < MOST_RUNS) for (const run of runsOf(post.text)) said.add(run);
    return told;
  });
}
