import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import type { ContextSwitch, ExampleText, Topic } from '../model/topic.ts';
import type { Query } from '../query/ast.ts';
import type { TopicContext, TopicExample } from '../query/context/check.ts';
import type { TextSpan } from '../query/context/features.ts';
import {
  createMentionCheck,
  createPlaceFinder,
  type MentionCheck,
  type MentionVerdict,
} from '../query/context/mention-check.ts';
import { loadContextModel } from '../query/context/model.ts';
import { createHighlighter } from '../query/highlight.ts';
import type { Reason } from '../query/why-not.ts';
import type { Db } from '../store/db.ts';
import { textsOf } from '../store/stored-texts.ts';
import { listExamples } from '../store/topic-examples.ts';
import { listRatings, teachingVersions } from '../store/topic-ratings.ts';
import { language } from '../understand/taggers/language.ts';

/** A text of which somebody said whether the brand is meant in it. */
export interface TaughtText {
  title: string | null;
  text: string;
  isBrand: boolean;
}

/** What a topic's check is about and how its places are found. */
export interface CheckedTopic extends ContextSwitch {
  name: string;
  query: Query;
}

/** The newest judgements teach most of what there is to learn, and cost is linear in them. */
const TAUGHT_AT_MOST = 100;
/** UTF-16 units to each side of a place; the check looks at fewer. */
const AROUND = 500;

export function taughtBy({ title, text, mustMatch }: ExampleText): TaughtText {
  return { title, text, isBrand: mustMatch };
}

/** Examples of a topic, and the documents that were rated for it. */
export async function listTaught(db: Db, topic: Topic['id']): Promise<TaughtText[]> {
  return [...(await listExamples(db, topic)).map(taughtBy), ...(await listRatedTexts(db, topic))];
}

/** The newest documents that were rated for a topic. */
export async function listRatedTexts(db: Db, topic: Topic['id']): Promise<TaughtText[]> {
  const ratings = await listRatings(db, topic, TAUGHT_AT_MOST);
  const verdicts = new Map(ratings.map(({ documentId, verdict }) => [documentId, verdict]));
  const rated = await textsOf(db, [...verdicts.keys()], language.version);
  return rated.map(({ id, title, text }) => ({ title, text, isBrand: verdicts.get(id) === 'ours' }));
}

/** The brand with the places at which it was said whether it is meant; texts that do not name it teach nothing. */
export function readContext(
  { name, about, query }: CheckedTopic,
  taught: readonly TaughtText[],
  morphology: Morphology,
): TopicContext {
  const highlight = createHighlighter(query, morphology);
  const findPlaces = createPlaceFinder(name, morphology);
  // What stands in both counts once; an example says it on purpose.
  const each = new Map([...taught].reverse().map((one) => [`${one.title ?? ''}\n${one.text}`, one]));
  const examples = [...each.values()]
    .reverse()
    .slice(0, TAUGHT_AT_MOST)
    .flatMap(({ title, text, isBrand }): TopicExample[] => {
      for (const words of [text, title ?? '']) {
        const [span] = findPlaces(words, highlight(words));
        if (span) return [{ ...around(words, span), isBrand }];
      }
      return [];
    });
  return { name, about, examples };
}

function around(text: string, { start, end }: TextSpan): { text: string; span: TextSpan } {
  const from = Math.max(0, start - AROUND);
  return { text: text.slice(from, end + AROUND), span: { start: start - from, end: end - from } };
}

/** null when the switch is off: everything that the query finds is a mention. */
export function learnCheck(
  topic: CheckedTopic,
  taught: readonly TaughtText[],
  morphology: Morphology,
): MentionCheck | null {
  if (!topic.contextCheck) return null;
  return createMentionCheck(loadContextModel(morphology), readContext(topic, taught, morphology));
}

/** The check of a stored topic; null when its switch is off. */
export async function learnStoredCheck(
  db: Db,
  topic: Pick<Topic, 'id'> & CheckedTopic,
  morphology: Morphology,
): Promise<MentionCheck | null> {
  return topic.contextCheck ? learnCheck(topic, await listTaught(db, topic.id), morphology) : null;
}

/** Is what a query found a mention? What no place shows, the check does not judge. */
export function passes(
  check: MentionCheck | null | undefined,
  document: { title?: string | null; text: string },
  spans: readonly Span[],
): boolean {
  return !check || check(document, spans).isMeant;
}

/** Why the check took what a query found for something else than the brand. */
export function whyRefused(name: string, { probability, words }: MentionVerdict): Reason {
  const percent = Math.round(probability * 100);
  const shown = words.map(({ word }) => word).join(', ');
  return {
    code: 'context',
    at: null,
    message: {
      ru: `по соседним словам это не «${name}» (вероятность ${percent} %): ${shown}`,
      en: `by the words beside it this is not “${name}” (probability ${percent} %): ${shown}`,
    },
  };
}

export interface ContextChecks {
  /** Of the topics whose switch is on, by key; learnt again when what teaches them has changed. */
  current(
    db: Db,
    topics: readonly (Pick<Topic, 'id' | 'key'> & CheckedTopic)[],
  ): Promise<ReadonlyMap<string, MentionCheck>>;
}

/** Keeps what was learnt, so that only a changed topic is learnt again. */
export function createContextChecks(morphology: Morphology): ContextChecks {
  let known = new Map<string, { version: string; query: Query; check: MentionCheck }>();
  return {
    current: async (db, topics) => {
      const checked = topics.filter(({ contextCheck }) => contextCheck);
      if (checked.length === 0) return new Map();
      const versions = await teachingVersions(
        db,
        checked.map(({ id }) => id),
      );
      const next: typeof known = new Map();
      for (const topic of checked) {
        const version = `${topic.name}\n${topic.about}\n${versions.get(topic.id) ?? ''}`;
        const before = known.get(topic.key);
        const isSame = before?.version === version && before.query === topic.query;
        const check = isSame ? before.check : await learnStoredCheck(db, topic, morphology);
        if (check) next.set(topic.key, { version, query: topic.query, check });
      }
      known = next;
      return new Map([...next].map(([key, { check }]) => [key, check]));
    },
  };
}
