import type { Tagger } from '../../model/ports.ts';
import type { Sentiment, Span } from '../../model/tag.ts';
import { decidingWords, type ToneReading } from '../classifier/tone.ts';
import { opinionOf, writtenOf } from '../opinion.ts';
import { toThousandths } from '../probabilities.ts';
import { tonesTowards } from '../towards.ts';

/** What is felt: for the document ('') and towards each target, with the words that decided. */
export const sentiment: Tagger = {
  kind: 'sentiment',
  version: '4',
  usesModels: true,
  reads: [({ document }, { morphology }) => writtenOf(document, morphology), opinionOf],
  tag(text, resources) {
    const opinion = opinionOf(text, resources);
    const { classifier, text: read, tone } = opinion;
    const towards = tonesTowards(opinion, text.targets, resources);
    const wordsFor = createWords((one) => decidingWords(classifier, read, one));
    return [
      { key: '', reading: tone },
      ...text.targets.map(({ key }, at) => ({ key, reading: towards[at] ?? tone })),
    ].map(({ key, reading }) => ({
      kind: 'sentiment',
      target: key,
      value: toSentiment(reading, resources.unsureBelow),
      spans: wordsFor(reading.tone),
    }));
  },
};

/** Deciding words are looked for once per tone. */
function createWords(find: (tone: ToneReading['tone']) => Span[]): (tone: ToneReading['tone']) => Span[] {
  const known = new Map<string, Span[]>();
  return (tone) => {
    const spans = known.get(tone) ?? find(tone);
    known.set(tone, spans);
    return spans;
  };
}

function toSentiment({ tone, probabilities }: ToneReading, unsureBelow: number): Sentiment {
  const [negative = 0, neutral = 0, positive = 0] = probabilities;
  const confidence = { negative, neutral, positive }[tone];
  return {
    label: confidence < unsureBelow ? 'unsure' : tone,
    best: tone,
    score: toThousandths(positive - negative),
    confidence: toThousandths(confidence),
  };
}
