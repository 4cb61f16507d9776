import type { Answer } from '../model/opinion.ts';
import type { TagResources, Target } from '../model/ports.ts';
import { readContext } from './classifier/target-context.ts';
import { viewFrom } from './classifier/target-view.ts';
import { readTone, type ToneReading, toneInAll, toneOf } from './classifier/tone.ts';
import { answersBeside, BESIDE, type Opinion } from './opinion.ts';

/** The question about general posts: where the model has it, it is asked in other genres too that no question is of. */
const GENERAL = 'post';
/**
 * Genres whose model of targets is not told how a text sounds as a whole, for the classifier has learned from the same texts: what that model
 * says counts so much, how the text sounds the rest. Found on held-back posts, no sharper than a tenth.
 */
const UNTOLD: ReadonlyMap<string, number> = new Map([['customer', 0.7]]);

/**
 * How the text sounds towards each target. In genres that a model of targets was learned from, that model is asked; in others a text
 * sounds towards its one target as it sounds, and of several, what stands beside one counts more than the whole.
 */
export function tonesTowards(
  opinion: Opinion,
  targets: readonly Target[],
  { targetReaders }: Pick<TagResources, 'targetReaders'>,
): ToneReading[] {
  const { classifier, written, answers, tone } = opinion;
  const reader = targetReaders.get(classifier.language);
  const beside = answersBeside(opinion, targets);
  const genres = classifier.answers('genre');
  const shares = answers.get('genre')?.probabilities ?? [];
  return targets.map(({ spans }, at) => {
    const own = beside[at];
    const plain = own ? mix(readTone(classifier, own), tone, BESIDE) : tone;
    if (!reader || spans.length === 0) return plain;
    const others = targets.flatMap((target, other) => (other === at ? [] : target.spans));
    const view = viewFrom(written, spans, others);
    const said = view && reader.read(view, readContext(classifier, written, answers, view));
    if (!said) return plain;
    return toneInAll(
      genres.map((genre, number) => [
        toneInGenre(genre, said.get(genre) ?? said.get(GENERAL), plain),
        shares[number] ?? 0,
      ]),
    );
  });
}

function toneInGenre(genre: string, said: Answer | undefined, plain: ToneReading): Answer {
  if (!said) return plain;
  const share = UNTOLD.get(genre);
  return share === undefined ? said : mix(said, plain, share);
}

function mix(one: Answer, two: Answer, share: number): ToneReading {
  const part = (name: keyof Answer): Float64Array => {
    const powers = one[name].map((value, at) => value ** share * (two[name][at] ?? 0) ** (1 - share));
    const sum = powers.reduce((total, power) => total + power, 0) || 1;
    return powers.map((power) => power / sum);
  };
  return toneOf({ probabilities: part('probabilities'), fair: part('fair') });
}
