import { pause } from '../../lib/pause.ts';
import type { DocumentId } from '../../model/ids.ts';
import type { Morphology } from '../../model/ports.ts';
import type { Talk, TalkPhrase, TalkSize } from '../../model/talk.ts';
import type { Topic } from '../../model/topic.ts';
import type { Db } from '../../store/db.ts';
import {
  readTalkTexts,
  sampleMentions,
  sampleOthers,
  type TalkText,
  type TalkTime,
} from '../../store/talk.ts';
import { createPhraseCount, type SpokenMention } from '../../understand/talk/count-phrases.ts';
import { createTalkReader, type FoundPhrase, type FoundTalk } from '../../understand/talk/find-talk.ts';

export interface TalkAsk {
  topic: Pick<Topic, 'id' | 'name'>;
  from: Date;
  to: Date;
  by: TalkTime;
}

const DAY_MS = 86_400_000;
/** A day is compared with a week: else every Monday would be news after the Sunday. */
const SHORTEST_BEFORE_MS = 7 * DAY_MS;
const MOST_MENTIONS = 5_000;
const MOST_OTHERS = 2_500;
/** UTF-16 units, of each time; they are held until all is counted. */
const MOST_TEXT = 4_000_000;
const BATCH = 500;

/** With what a time is compared: the time before it, as long, and at least a week. */
export function timeBefore({ from, to }: Pick<TalkAsk, 'from' | 'to'>): { from: Date; to: Date } {
  const length = Math.max(SHORTEST_BEFORE_MS, to.getTime() - from.getTime());
  return { from: new Date(from.getTime() - length), to: from };
}

/** What people say about a topic, and what of it is new. Of very many mentions a sample is read: a few seconds at most. */
export async function readTalk(db: Db, morphology: Morphology, ask: TalkAsk): Promise<Talk> {
  const span = { topicId: ask.topic.id, by: ask.by };
  const before = timeBefore(ask);
  const [now, then] = [
    await sampleMentions(db, { ...span, from: ask.from, to: ask.to }, MOST_MENTIONS),
    await sampleMentions(db, { ...span, ...before }, MOST_MENTIONS),
  ];
  const others = now.total === 0 ? [] : await sampleOthers(db, ask.topic.id, ask, MOST_OTHERS);
  const reader = createTalkReader(morphology, ask.topic.name);
  const read: SpokenMention[][] = [];
  for (const ids of [now.ids, then.ids, others]) {
    if (read.length > 0) reader.next();
    const texts: SpokenMention[] = [];
    for await (const text of talkTexts(db, ask.topic, ids)) {
      const spoken = toSpoken(text);
      reader.add(spoken);
      texts.push(spoken);
    }
    read.push(texts);
  }
  const voices = reader.voices();
  const found = reader.find();
  const size = (at: number, total: number, { from, to }: { from: Date; to: Date }): TalkSize => ({
    from,
    to,
    mentions: total,
    read: read[at]?.length ?? 0,
    voices: voices[at] ?? 0,
  });
  const sizes = { period: size(0, now.total, ask), before: size(1, then.total, before) };
  const counted = createPhraseCount([...found.key, ...(found.fresh ?? [])], morphology);
  for (const [at, texts] of read.slice(0, 2).entries()) {
    if (at > 0) counted.next();
    for await (const part of inParts(texts)) for (const text of part) counted.add(text);
  }
  return { ...sizes, ...shown(found, counted.counted(sizes.period, sizes.before)) };
}

/** A batch at a time; others have their turn between two. */
async function* inParts<T>(all: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < all.length; from += BATCH) {
    yield all.slice(from, from + BATCH);
    await pause();
  }
}

/** Until so much was read. */
async function* talkTexts(
  db: Db,
  topic: TalkAsk['topic'],
  ids: readonly DocumentId[],
): AsyncGenerator<TalkText> {
  let left = MOST_TEXT;
  for await (const part of inParts(ids)) {
    if (left <= 0) return;
    for (const text of await readTalkTexts(db, topic.id, part)) {
      left -= text.text.length;
      yield text;
    }
  }
}

/** Without a known author, or a story, a text is one of its own. */
function toSpoken({ authorId, storyId, sourceId, ...text }: TalkText): SpokenMention {
  return { ...text, author: authorId ?? -text.id, story: storyId ?? -text.id, source: sourceId };
}

type Counted = ReturnType<ReturnType<typeof createPhraseCount>['counted']>;

function shown(found: FoundTalk, counted: Counted): Pick<Talk, 'key' | 'fresh'> {
  const byQuery = new Map(counted.map((one) => [one.found.query, one]));
  const take = (phrases: readonly FoundPhrase[], isOfUse: (one: Counted[number]) => boolean): TalkPhrase[] =>
    phrases.flatMap(({ query }) => {
      const one = byQuery.get(query);
      return one && isOfUse(one) ? [one.shown] : [];
    });
  return {
    key: take(found.key, () => true),
    fresh: found.fresh && take(found.fresh, ({ usage }) => found.isFresh(usage)),
  };
}
