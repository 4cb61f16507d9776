import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchTopic } from './topics.ts';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('./lucene/MonitorBench.java', import.meta.url));

export interface LuceneMeasured {
  /** Processor time of the thread that matches. */
  msPerPost: number;
  matchesPerPost: number;
  builtMs: number;
}

/** Of Lucene 8 with its modules core, memory, queries, queryparser, analyzers-common and monitor; null when it is not there. */
export function luceneClassPath(): string | null {
  return process.env.LUCENE_CLASSPATH ?? null;
}

/** The same posts, and queries that say most nearly the same, in a Java process of its own. */
export async function measureLucene(
  classPath: string,
  topics: readonly BenchTopic[],
  posts: readonly string[],
  count: number,
): Promise<LuceneMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-lucene-'));
  try {
    const [queryFile, postFile] = [join(folder, 'queries.txt'), join(folder, 'posts.txt')];
    writeFileSync(queryFile, topics.map(({ lucene }) => lucene).join('\n'));
    writeFileSync(postFile, posts.join('\n'));
    await run('javac', ['-nowarn', '-cp', classPath, '-d', folder, PROGRAM]);
    const args = [
      '-Xmx6g',
      '-cp',
      `${classPath}:${folder}`,
      'MonitorBench',
      queryFile,
      postFile,
      String(count),
    ];
    const { stdout } = await run('java', args);
    const [msPerPost = Number.NaN, matchesPerPost = Number.NaN, builtMs = Number.NaN] = stdout
      .split(' ')
      .map(Number);
    return { msPerPost, matchesPerPost, builtMs };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
