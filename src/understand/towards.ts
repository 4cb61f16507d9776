import type { Answer, Answers } from '../model/opinion.ts';
import type { TagResources, Target } from '../model/ports.ts';
import { readContext } from './classifier/target-context.ts';
import { viewFrom } from './classifier/target-view.ts';
import { readTone, type ToneReading, toneInAll, toneOf } from './classifier/tone.ts';
import { isContrasted } from './contrasted.ts';
import { answersBeside, BESIDE, type Opinion } from './opinion.ts';

/** The question about general posts: where the model has it, it is asked in other genres too that no question is of … */
const GENERAL = 'post';
/** … but not of this: a tweet to a firm, or about it, sounds towards the firm as it sounds. */
const AS_IT_SOUNDS = 'company';
/**
 * Genres whose model of targets is not told how a text sounds as a whole, for the classifier has learned from the same texts: what that model
 * says counts so much, how the text sounds the rest. Found on held-back posts, no sharper than a tenth.
 */
const UNTOLD: ReadonlyMap<string, number> = new Map([['customer', 0.7]]);

/** So much of an opinion is left where its opposite is only meant. */
const TURNED = 0.7;

/** A genre that the text is this unlikely to be of is not asked about: to look from a target takes as long as all the rest. */
const SLIGHT = 0.01;

/**
 * How the text sounds towards each target. In genres that a model of targets was learned from, that model is asked; in others a text
 * sounds towards its one target as it sounds, and of several, what stands beside one counts more than the whole.
 */
export function tonesTowards(
  opinion: Opinion,
  targets: readonly Target[],
  { targetReaders }: Pick<TagResources, 'targetReaders'>,
): ToneReading[] {
  if (targets.length === 0) return [];
  const { classifier, written, answers, tone } = opinion;
  const reader = targetReaders.get(classifier.language);
  const beside = answersBeside(opinion, targets);
  const genres = likelyGenres(opinion, reader?.questions ?? []);
  const asked = genres.flatMap(({ question }) => question ?? []);
  return targets.map((target, at) => {
    const { spans } = target;
    if (isContrasted(written.tokens, target)) return turned(tone);
    const own = beside[at];
    const plain = own ? mixed(readTone(classifier, own), tone, BESIDE) : tone;
    if (!reader || spans.length === 0 || asked.length === 0) return plain;
    const others = targets.flatMap((target, other) => (other === at ? [] : target.spans));
    const view = viewFrom(written, spans, others);
    if (!view) return plain;
    const isTold = asked.some((question) => !UNTOLD.has(question));
    const said = reader.read(view, isTold ? readContext(classifier, written, answers, view) : []);
    return toneInAll(
      genres.map(({ question, share }) => [toneInGenre(question, said, plain), share] as const),
    );
  });
}

interface Genre {
  /** That the model of targets is asked; null: it knows nothing of the genre. */
  question: string | null;
  /** Of 1. */
  share: number;
}

/** What the text may be, the slight chances left out. */
function likelyGenres({ classifier, answers }: Opinion, questions: readonly string[]): Genre[] {
  const shares = answers.get('genre')?.probabilities ?? [];
  const likely = classifier
    .answers('genre')
    .map(
      (genre, at): Genre => ({
        question: questionAbout(genre, questions),
        share: shares[at] ?? 0,
      }),
    )
    .filter(({ share }) => share >= SLIGHT);
  const all = likely.reduce((sum, { share }) => sum + share, 0);
  return likely.map(({ question, share }) => ({ question, share: share / all }));
}

function questionAbout(genre: string, questions: readonly string[]): string | null {
  if (questions.includes(genre)) return genre;
  return genre !== AS_IT_SOUNDS && questions.includes(GENERAL) ? GENERAL : null;
}

function toneInGenre(question: string | null, said: Answers, plain: ToneReading): Answer {
  const answer = question === null ? undefined : said.get(question);
  if (question === null || !answer) return plain;
  const share = UNTOLD.get(question);
  return share === undefined ? answer : mixed(answer, plain, share);
}

/** “Unlike Acorn, Briar let me down”: of Acorn the opposite is said, but less surely. */
function turned({ probabilities, fair }: ToneReading): ToneReading {
  const turn = ([negative = 0, neutral = 0, positive = 0]: readonly number[]): number[] => [
    positive * TURNED,
    neutral + (negative + positive) * (1 - TURNED),
    negative * TURNED,
  ];
  return toneOf({ probabilities: turn(probabilities), fair: turn(fair) });
}

function mixed(one: Answer, other: Answer, share: number): ToneReading {
  return toneInAll([
    [one, share],
    [other, 1 - share],
  ]);
}
