import { createWriters } from '../../corpus/copies/cases.ts';
import { CHANGES } from '../../corpus/copies/changes.ts';
import { between, type Writer } from '../../corpus/copies/grammar.ts';
import { createMemoryStories } from '../../src/understand/stories/memory-stories.ts';
import { printTable, quantile, type Row } from '../report.ts';

export const COPY_SHARE = 0.2;
const CHUNK = 1000;
const POOL = 400;

/** Posts of some 30 to 90 words, a fifth of them changed copies of posts shortly before. */
export function createStream(seed: number): () => string {
  const { ru, en } = createWriters(seed);
  const kinds = Object.values(CHANGES);
  const pool: { text: string; language: 'ru' | 'en'; writer: Writer }[] = [];
  return () => {
    const { random } = ru;
    const old = pool[Math.floor(random() * pool.length)];
    if (old && random() < COPY_SHARE)
      return (kinds[Math.floor(random() * kinds.length)] as (typeof kinds)[number])(
        old.writer,
        old.text,
        old.language,
      );
    const language = random() < 0.7 ? 'ru' : 'en';
    const writer = language === 'ru' ? ru : en;
    const post = { text: writer.write(between(random, 2, 6)), language, writer } as const;
    pool[pool.length < POOL ? pool.length : Math.floor(random() * POOL)] = post;
    return post.text;
  };
}

/** `from` in `size` texts; CPU of signature, look-up, comparison and entry. */
function measure(
  stories: ReturnType<typeof createMemoryStories>,
  texts: readonly string[],
  from: number,
): number[] {
  const times: number[] = [];
  for (const [at, text] of texts.entries()) {
    const started = performance.now();
    stories.add(from + at, text);
    times.push(performance.now() - started);
  }
  return times;
}

/** In memory, at growing numbers of texts. */
export async function benchArrivals(): Promise<void> {
  const most = Number(process.argv[3] ?? 1_000_000);
  const levels = [10_000, 100_000, 1_000_000].filter((level) => level <= most);
  const stories = createMemoryStories();
  const next = createStream(7);
  const rows: Row[] = [];
  let count = 0;
  for (const level of levels) {
    for (; count < level - CHUNK; count += 1) stories.add(count, next());
    const texts = Array.from({ length: CHUNK }, next);
    const before = process.cpuUsage();
    const times = measure(stories, texts, count);
    const { user, system } = process.cpuUsage(before);
    count += CHUNK;
    const { bytes, texts: kept } = stories.size();
    rows.push({
      texts: level,
      'CPU ms/text': (user + system) / 1000 / CHUNK,
      median: quantile(times, 0.5),
      'p99 ms': quantile(times, 0.99),
      'index MB': bytes / 1e6,
      'texts in it': kept,
    });
  }
  console.log('An arrival, in memory: signature, look-up, comparison, entry');
  printTable(rows);
  console.log();
}
