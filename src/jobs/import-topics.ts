import { InputError, type InputIssue } from '../lib/errors.ts';
import { lineChanges } from '../lib/line-changes.ts';
import type { ContextSwitch, ExampleText, Topic, TopicExample } from '../model/topic.ts';
import { showCaret } from '../query/issues.ts';
import { nameExample } from '../query/name-example.ts';
import { readTopicQuery, type SavedQuery } from '../query/saved.ts';
import { addAudit } from '../store/audit.ts';
import type { Db } from '../store/db.ts';
import { exampleHash, listAllExamples, saveExample } from '../store/topic-examples.ts';
import { listTopics, saveTopic } from '../store/topics.ts';
import { learnCheck, listRatedTexts, type TaughtText, taughtBy } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import { enqueueRematch } from './rematch.ts';
import { failingExamples } from './topic-examples.ts';
import type { ReadTopic } from './topic-file.ts';
import { readTopicFolder } from './topic-folder.ts';

export interface ImportOptions {
  /** Change nothing. */
  dryRun: boolean;
  /** Also when examples fail. */
  anyway: boolean;
  actor: string;
}

export interface TopicChange {
  key: string;
  kind: 'new' | 'changed' | 'same';
  /** What is, or would be, different. */
  lines: string[];
}

/** A topic of a file beside what the store has of it. */
interface Step {
  file: ReadTopic;
  known: Topic | undefined;
  /** Name, query or switch differ. */
  isTopicChanged: boolean;
  /** Of the file: those that are new to the store or say something else there. */
  newExamples: ExampleText[];
  /** Of the store: those that the file does not name. */
  otherExamples: TopicExample[];
  lines: string[];
}

/** Makes the store's topics as the files of a folder say; deletes nothing. Throws InputError with every mistake, and has changed nothing. */
export async function importTopics(
  deps: Pick<JobDeps, 'db' | 'queue' | 'clock' | 'resources'>,
  folder: string,
  options: ImportOptions,
): Promise<TopicChange[]> {
  const files = await readTopicFolder(folder);
  return deps.db.transaction(async (tx) => {
    const topics = await listTopics(tx);
    const examples = await listAllExamples(tx);
    const steps = files.map((file) => compare(file, topics, examples));
    const issues = await findMistakes(deps, tx, steps, topics, options);
    if (issues.length > 0) throw new InputError(issues);
    if (!options.dryRun) await apply(deps, tx, steps, options.actor);
    return steps.map(toChange);
  });
}

function toChange({ file, known, lines, isTopicChanged, newExamples }: Step): TopicChange {
  const isChanged = isTopicChanged || newExamples.length > 0;
  return { key: file.key, kind: !known ? 'new' : isChanged ? 'changed' : 'same', lines };
}

function compare(file: ReadTopic, topics: readonly Topic[], examples: readonly TopicExample[]): Step {
  const known = topics.find((topic) => topic.key === file.key);
  const stored = new Map(
    examples.filter((one) => one.topicId === known?.id).map((one) => [exampleHash(one), one]),
  );
  const named = new Set(file.examples.map(exampleHash));
  const newExamples = file.examples.filter((one) => {
    const there = stored.get(exampleHash(one));
    return !there || there.mustMatch !== one.mustMatch || there.note !== one.note;
  });
  const otherExamples = [...stored].filter(([hash]) => !named.has(hash)).map(([, example]) => example);
  const topicLines = describeTopic(file, known);
  const lines = [
    ...topicLines,
    ...newExamples.map((one) => `${stored.has(exampleHash(one)) ? '~' : '+'} ${nameExample(one).en}`),
    ...otherExamples.map((one) => `= kept, though not in the file: ${nameExample(one).en}`),
  ];
  return { file, known, isTopicChanged: topicLines.length > 0, newExamples, otherExamples, lines };
}

function describeTopic(file: ReadTopic, known: Topic | undefined): string[] {
  const { name, enabled, query } = file;
  if (!known)
    return [
      `name: ${name}`,
      ...(enabled ? [] : ['off']),
      ...describeContext(file, { about: '', contextCheck: false }),
      ...query.split('\n').map((line) => `+ ${line}`),
    ];
  return [
    ...(known.name.trim() === name ? [] : [`name: ${known.name} → ${name}`]),
    ...(known.enabled === enabled ? [] : [enabled ? 'off → on' : 'on → off']),
    ...describeContext(file, known),
    ...lineChanges(known.query.trim(), query),
  ];
}

function describeContext(file: ContextSwitch, known: ContextSwitch): string[] {
  return [
    ...(known.contextCheck === file.contextCheck
      ? []
      : [`context check: ${file.contextCheck ? 'off → on' : 'on → off'}`]),
    ...(known.about === file.about ? [] : [`about: ${known.about} → ${file.about}`]),
  ];
}

/** The queries as they would stand after the import. */
function queriesAfter(steps: readonly Step[], topics: readonly Topic[]): SavedQuery[] {
  const files = new Map(steps.map(({ file }): [string, SavedQuery] => [file.key, file]));
  const kept = topics.filter(({ key }) => !files.has(key));
  return [...kept, ...files.values()];
}

async function findMistakes(
  deps: Pick<JobDeps, 'clock' | 'resources'>,
  tx: Db,
  steps: readonly Step[],
  topics: readonly Topic[],
  { anyway }: ImportOptions,
): Promise<InputIssue[]> {
  const after = queriesAfter(steps, topics);
  const issues: InputIssue[] = [];
  for (const step of steps) {
    // What the check of a topic has learnt besides its examples.
    const rated = step.file.contextCheck && step.known ? await listRatedTexts(tx, step.known.id) : [];
    issues.push(...configMistake(step), ...queryMistakes(deps, step, after, rated, anyway));
  }
  return [...issues, ...brokenNeighbours(steps, topics, after)];
}

function configMistake({ file, known, isTopicChanged }: Step): InputIssue[] {
  if (known?.origin !== 'config' || !isTopicChanged) return [];
  const message = `the topic "${file.key}" stands in the configuration file; change it there (examples may stand here)`;
  return [{ at: file.at('key'), message }];
}

function queryMistakes(
  { clock, resources }: Pick<JobDeps, 'clock' | 'resources'>,
  { file, isTopicChanged, newExamples, otherExamples }: Step,
  after: readonly SavedQuery[],
  rated: readonly TaughtText[],
  anyway: boolean,
): InputIssue[] {
  const read = readTopicQuery(file.query, after, file.key);
  if ('issues' in read)
    return read.issues.map((issue) => ({
      at: file.atQuery(issue.line, issue.column),
      message: `${issue.message.en}\n${showCaret(file.query, issue)}`,
    }));
  if (anyway || !(isTopicChanged || newExamples.length > 0)) return [];
  const examples: ExampleText[] = [...file.examples, ...otherExamples];
  const judged = { ...file, query: read.query };
  const check = learnCheck(judged, [...examples.map(taughtBy), ...rated], resources.morphology);
  return failingExamples({ ...judged, check }, examples, resources, clock.now()).map(
    ({ example, reasons }) => {
      const place = file.examples.indexOf(example);
      const why = reasons.map((reason) => reason.message.en).join('; ');
      const kept = place < 0 ? 'kept in the store, ' : '';
      return {
        at: place < 0 ? file.at('query') : file.at(place),
        message: `an example fails: ${kept}${nameExample(example).en}: ${why}`,
      };
    },
  );
}

/** Topics that name others may no longer be readable when those change. */
function brokenNeighbours(
  steps: readonly Step[],
  topics: readonly Topic[],
  after: readonly SavedQuery[],
): InputIssue[] {
  const inFiles = new Set(steps.map(({ file }) => file.key));
  return topics.flatMap(({ key, query }) => {
    if (inFiles.has(key) || 'issues' in readTopicQuery(query, topics, key)) return [];
    const read = readTopicQuery(query, after, key);
    return 'issues' in read
      ? [{ at: `topic ${key}`, message: `could no longer be read: ${read.issues[0]?.message.en ?? ''}` }]
      : [];
  });
}

async function apply(
  { queue, clock }: Pick<JobDeps, 'queue' | 'clock'>,
  tx: Db,
  steps: readonly Step[],
  actor: string,
): Promise<void> {
  const now = clock.now();
  let isQueryChanged = false;
  let count = 0;
  for (const { file, known, isTopicChanged, newExamples } of steps) {
    if (!isTopicChanged && newExamples.length === 0) continue;
    count += 1;
    const saved = isTopicChanged ? await saveTopic(tx, file, 'user', now, actor) : null;
    isQueryChanged = isQueryChanged || saved?.changed === true;
    const id = saved?.id ?? known?.id;
    if (id === undefined) throw new Error(`the topic ${file.key} was not saved`);
    for (const example of newExamples) await saveExample(tx, id, example, actor, now);
  }
  if (count === 0) return;
  if (isQueryChanged) await enqueueRematch(queue, tx, now);
  await addAudit(tx, {
    at: now,
    actor,
    action: 'topics.imported',
    subject: 'topics',
    detail: { count },
  });
}
