import { foldText } from '../../lib/fold.ts';
import type { DocumentId } from '../../model/ids.ts';
import type { Morphology } from '../../model/ports.ts';
import type { SentimentLabel, Span } from '../../model/tag.ts';
import type { TalkPhrase, TalkSize } from '../../model/talk.ts';
import { createMatcher } from '../../query/matcher.ts';
import { parseQuery } from '../../query/parse.ts';
import type { FoundPhrase, SpokenText } from './find-talk.ts';
import type { Usage } from './significance.ts';
import { createVoiceCount, numberKeys } from './voices.ts';

/** A mention of the topic. */
export interface SpokenMention extends SpokenText {
  id: DocumentId;
  tone: SentimentLabel;
  at: Date;
}

/** Counts what the phrases' queries find: the figures that are shown are those that a search shows. */
export interface PhraseCount {
  /** Mentions of the period; then, after `next`, those of the time before. */
  add(mention: SpokenMention): void;
  next(): void;
  /** In the order of the phrases; those whose query finds nothing are left out. */
  counted(period: TalkSize, before: TalkSize): CountedPhrase[];
}

export interface CountedPhrase {
  found: FoundPhrase;
  shown: TalkPhrase;
  usage: Usage;
}

const MOST_EXAMPLES = 3;
/** Spellings of a phrase that are looked at. */
const MOST_SPELLINGS = 200;

interface Tally {
  found: FoundPhrase;
  /** Numbers of mentions. */
  here: number[];
  before: number[];
  tones: Record<SentimentLabel, number>;
  spellings: Map<string, number>;
}

export function createPhraseCount(phrases: readonly FoundPhrase[], morphology: Morphology): PhraseCount {
  const tallies = new Map<string, Tally>();
  const matcher = createMatcher([], morphology);
  for (const found of phrases) {
    const read = parseQuery(found.query, 'search');
    if ('issues' in read || tallies.has(found.query)) continue;
    matcher.set({ key: found.query, query: read.query });
    tallies.set(found.query, emptyTally(found));
  }
  const ids: DocumentId[] = [];
  const times: number[] = [];
  const authors: (string | number)[] = [];
  const stories: (string | number)[] = [];
  let isBefore = false;
  return {
    add: (mention) => {
      const number = ids.push(mention.id) - 1;
      times.push(mention.at.getTime());
      authors.push(mention.author);
      stories.push(mention.story);
      for (const { key, spans } of matcher.match({ title: mention.title, text: mention.text })) {
        const tally = tallies.get(key) as Tally;
        (isBefore ? tally.before : tally.here).push(number);
        if (isBefore) continue;
        tally.tones[mention.tone] += 1;
        noteSpelling(tally, mention, spans[0]);
      }
    },
    next: () => {
      isBefore = true;
    },
    counted: (period, before) => {
      const voices = { authors: numberKeys(authors), stories: numberKeys(stories) };
      const count = createVoiceCount(voices);
      return [...tallies.values()]
        .filter(({ here }) => here.length > 0)
        .map((tally): CountedPhrase => {
          const usage = {
            here: Math.min(period.voices, count(tally.here)),
            ofHere: period.voices,
            there: Math.min(before.voices, count(tally.before)),
            ofThere: before.voices,
          };
          const newest = [...tally.here].sort((one, other) => (times[other] ?? 0) - (times[one] ?? 0));
          const examples = oneOfEach(newest, voices).map((number) => ids[number] as DocumentId);
          return { found: tally.found, usage, shown: toShown(tally, usage, examples) };
        });
    },
  };
}

function emptyTally(found: FoundPhrase): Tally {
  const tones = { negative: 0, neutral: 0, positive: 0, unsure: 0 };
  return { found, here: [], before: [], tones, spellings: new Map() };
}

/** Words are found folded; with their ё and their capitals they are found again where they stand. */
function noteSpelling(tally: Tally, { title, text }: SpokenMention, span: Span | undefined): void {
  if (span === undefined || tally.spellings.size >= MOST_SPELLINGS) return;
  const written = ((span.field === 'title' ? title : text) ?? '').slice(span.start, span.end);
  if (written.length > 2 * tally.found.phrase.length || foldText(written).text !== tally.found.phrase) return;
  tally.spellings.set(written, (tally.spellings.get(written) ?? 0) + 1);
}

function spellingOf({ found, spellings }: Tally): string {
  const ranked = [...spellings].sort(([, often], [, times]) => times - often);
  const [best] = ranked;
  // A capital may be the sentence's; small letters that many wrote are the word's own.
  const small = ranked.find(([text]) => text === text.toLowerCase());
  if (best && small && small[1] * 3 >= best[1]) return small[0];
  return best?.[0] ?? found.phrase;
}

/** The first few of different authors and stories. */
function oneOfEach(
  numbers: readonly number[],
  { authors, stories }: { authors: Int32Array; stories: Int32Array },
): number[] {
  const chosen: number[] = [];
  for (const number of numbers) {
    if (chosen.length === MOST_EXAMPLES) break;
    const isNew = chosen.every((one) => authors[one] !== authors[number] && stories[one] !== stories[number]);
    if (isNew) chosen.push(number);
  }
  return chosen;
}

function toShown(tally: Tally, { here, ofHere, there, ofThere }: Usage, examples: DocumentId[]): TalkPhrase {
  return {
    phrase: spellingOf(tally),
    query: tally.found.query,
    mentions: tally.here.length,
    mentionsBefore: tally.before.length,
    voices: here,
    voicesBefore: there,
    share: here / Math.max(1, ofHere),
    shareBefore: there / Math.max(1, ofThere),
    tones: tally.tones,
    examples,
    longer: tally.found.longer,
  };
}
