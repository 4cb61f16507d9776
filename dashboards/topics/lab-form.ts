import { z } from 'zod';
import type { ContextSwitch, Topic } from '../../src/model/topic.ts';
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
  /** The form has the switch; an address need not. */
  context: z.literal('shown').optional().catch(undefined),
  contextCheck: z.literal('yes').optional().catch(undefined),
  about: written(500).optional().catch(undefined),
  days: z.enum(['', ...DAYS]).catch(''),
  missed: text(MISSED_AT_MOST),
  /** The same, as the page of the language names it. */
  text: text(MISSED_AT_MOST),
  example: text(100_000),
  /** The button that was pressed: a verb and what it is about. */
  do: text(100),
});

/** What a person is working on. */
export interface LabForm extends ContextSwitch {
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
    contextCheck: read.context ? read.contextCheck === 'yes' : (topic?.contextCheck ?? false),
    about: read.about ?? topic?.about ?? '',
    missed: read.missed || read.text,
  };
}

export function draftOf({ topic, name, query, contextCheck, about }: LabForm): Draft {
  return { topic: topic?.key ?? null, name, query, contextCheck, about };
}

/** Are both the same but for where they are tried? */
export function isSameDraft(one: Draft, two: Draft): boolean {
  const isCheckedAlike =
    one.contextCheck === two.contextCheck && (!one.contextCheck || one.about === two.about);
  return one.query.trim() === two.query.trim() && isCheckedAlike;
}
