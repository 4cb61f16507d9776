import { z } from 'zod';
import type { Topic } from '../../src/model/topic.ts';
import type { Draft } from '../../src/query/draft.ts';

export const DAYS = ['7', '30', '90', '365'] as const;
export const MISSED_AT_MOST = 20_000;

const written = (longest: number) =>
  z.string().transform((given) => given.slice(0, longest).replace(/\r\n?/g, '\n'));
const text = (longest: number) => written(longest).catch('');

/** What the lab's form holds; nonsense in it is left out rather than refused. */
const formSchema = z.object({
  /** Of the topic, in the address. */
  topic: text(64),
  key: text(64),
  name: text(200),
  query: written(50_001).optional().catch(undefined),
  days: z.enum(['', ...DAYS]).catch(''),
  missed: text(MISSED_AT_MOST),
  /** The same, as the page of the language names it. */
  text: text(MISSED_AT_MOST),
  example: text(100_000),
  /** The button that was pressed: a verb and what it is about. */
  do: text(100),
});

/** What a person is working on. */
export interface LabForm {
  /** The saved topic; null of a new one. */
  topic: Topic | null;
  key: string;
  name: string;
  query: string;
  days: string;
  missed: string;
  example: string;
  do: string;
}

/** Reads the form, or the address; null when the address names a topic that is not there. */
export function readLabForm(source: unknown, topics: readonly Topic[]): LabForm | null {
  const read = formSchema.parse(source ?? {});
  const key = (read.topic || read.key).trim();
  const topic = topics.find((one) => one.key === key) ?? null;
  if (read.topic !== '' && !topic) return null;
  return {
    ...read,
    topic,
    key,
    name: topic ? topic.name : read.name,
    query: read.query ?? topic?.query ?? '',
    missed: read.missed || read.text,
  };
}

export function draftOf({ topic, query }: LabForm): Draft {
  return { topic: topic?.key ?? null, query };
}
