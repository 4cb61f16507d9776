import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, InputError, type InputIssue } from '../lib/errors.ts';
import type { Db } from '../store/db.ts';
import { listAllExamples } from '../store/topic-examples.ts';
import { listTopics } from '../store/topics.ts';
import { type ReadTopic, readTopicFile, type TopicFile, writeTopicFile } from './topic-file.ts';

const MAX_FILE = 2_000_000;
const MAX_FILES = 10_000;

interface Found {
  file: string;
  read: ReturnType<typeof readTopicFile>;
}

async function readOne(file: string): Promise<Found['read']> {
  const fail = (message: string) => ({ issues: [{ at: `${file}:1:1`, message }] });
  try {
    const about = await lstat(file);
    if (!about.isFile()) return fail('is no plain file');
    if (about.size > MAX_FILE) return fail('is larger than 2 MB; that is hardly one topic');
    return readTopicFile(file, await readFile(file, 'utf8'));
  } catch (error) {
    return fail(`cannot be read (${errorMessage(error)})`);
  }
}

/** Every `.yaml` and `.yml` of a folder, not of those inside it, by name. Throws InputError when there is no such folder. */
async function readFiles(folder: string): Promise<Found[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new InputError([{ at: folder, message: `cannot be read (${errorMessage(error)})` }]);
  });
  const wanted = names.filter((name) => /^[^.].*\.ya?ml$/i.test(name)).sort();
  if (wanted.length > MAX_FILES)
    throw new InputError([{ at: folder, message: `holds more than ${MAX_FILES} topics` }]);
  const found: Found[] = [];
  for (const name of wanted)
    found.push({ file: join(folder, name), read: await readOne(join(folder, name)) });
  return found;
}

function readTopics(found: readonly Found[]): ReadTopic[] {
  return found.flatMap(({ read }) => ('topic' in read ? [read.topic] : []));
}

function repeatedKeys(topics: readonly ReadTopic[]): InputIssue[] {
  const first = new Map<string, ReadTopic>();
  return topics.flatMap((topic) => {
    const other = first.get(topic.key);
    if (!other) first.set(topic.key, topic);
    return other
      ? [{ at: topic.at('key'), message: `"${topic.key}" is the key of ${other.at('key')} already` }]
      : [];
  });
}

/** The topics of a folder. Throws InputError with every mistake of every file. */
export async function readTopicFolder(folder: string): Promise<ReadTopic[]> {
  const found = await readFiles(folder);
  const topics = readTopics(found);
  const issues = found.flatMap(({ read }) => ('issues' in read ? read.issues : []));
  const all = [...issues, ...repeatedKeys(topics)];
  if (all.length > 0) throw new InputError(all);
  if (topics.length === 0) throw new InputError([{ at: folder, message: 'holds no .yaml file of a topic' }]);
  return topics;
}

export interface ExportSummary {
  written: string[];
  /** Files that said the same already: their comments stay. */
  same: number;
  /** Files whose topics are not in the store. */
  others: string[];
}

function contents({ key, name, enabled, about, contextCheck, query, examples }: TopicFile): string {
  return JSON.stringify([key, name, enabled, about, contextCheck, query.trim(), examples]);
}

async function storedTopics(db: Db): Promise<TopicFile[]> {
  const examples = await listAllExamples(db);
  const ofTopic = (id: number, mustMatch: boolean) =>
    examples.filter((one) => one.topicId === id && one.mustMatch === mustMatch);
  return (await listTopics(db)).map(({ id, key, name, enabled, about, contextCheck, query }) => ({
    key,
    name,
    enabled,
    about,
    contextCheck,
    query: query.trim(),
    examples: [...ofTopic(id, true), ...ofTopic(id, false)].map(
      ({ mustMatch, url, title, author, text, note }) => ({ mustMatch, url, title, author, text, note }),
    ),
  }));
}

/** Writes a file for each topic, into the one that holds its key, or `<key>.yaml`. Deletes nothing. Throws InputError when files there have mistakes. */
export async function exportTopics(db: Db, folder: string): Promise<ExportSummary> {
  await mkdir(folder, { recursive: true });
  const found = await readFiles(folder);
  const topics = await storedTopics(db);
  const broken = found.flatMap(({ read }) => ('issues' in read ? read.issues : []));
  if (broken.length > 0) throw new InputError(broken);
  const summary: ExportSummary = { written: [], same: 0, others: [] };
  const keys = new Set(topics.map(({ key }) => key));
  for (const { file, read } of found)
    if ('topic' in read && !keys.has(read.topic.key)) summary.others.push(file);
  for (const topic of topics) {
    const there = found.find(({ read }) => 'topic' in read && read.topic.key === topic.key);
    if (there && 'topic' in there.read && contents(there.read.topic) === contents(topic)) summary.same += 1;
    else {
      const file = there?.file ?? join(folder, `${topic.key}.yaml`);
      await writeFile(file, writeTopicFile(topic));
      summary.written.push(file);
    }
  }
  return summary;
}
