import type { TaggedText, Tagger, TagResources, Target } from '../../model/ports.ts';
import type { Sentiment, SentimentLabel, Span, Tag } from '../../model/tag.ts';
import { findEmoticons } from '../emoticons.ts';
import { degree, isNegated } from '../modifiers.ts';
import { shareOf } from '../nearness.ts';
import { findEntries } from '../phrases.ts';
import { locate, READ_AT_MOST, type Reading, readText, type Word } from '../reading.ts';

const VERSION = '1';
/** How fast the sum of strengths saturates: score = sum / √(sum² + this). */
const SATURATION = 12;
// Praise is cheaper than blame, in adverts above all: it takes more to be believed.
const NEGATIVE_AT = -0.25;
const POSITIVE_AT = 0.3;
const UNSURE_AT = 0.12;
const SHOWN_SPANS = 12;
// A denied good word is bad; a denied bad one is only a little good.
const DENIED_GOOD = -0.75;
const DENIED_BAD = -0.35;

/** A word, phrase or face with the strength it has where it stands. */
interface Opinion {
  span: Span;
  strength: number;
  sentence: number;
  clause: number;
}

/** What is felt, from word lists: for the document ('') and towards each target. */
export const sentiment: Tagger = {
  kind: 'sentiment',
  version: VERSION,
  tag(text, resources) {
    const reading = readText(text.document, resources.morphology);
    const opinions = findOpinions(text, reading, resources);
    const all = toTag('', opinions);
    return [all, ...text.targets.map((target) => towardsTarget(target, text.targets, reading, opinions))];
  },
};

function findOpinions(text: TaggedText, reading: Reading, { sentiment: lexicon }: TagResources): Opinion[] {
  const { words } = reading;
  const names = locate(
    reading,
    text.targets.flatMap((target) => target.spans),
  ).words;
  const hits = [...findEntries(words, lexicon.ru), ...findEntries(words, lexicon.en)];
  const opinions: Opinion[] = [];
  for (const { from, to, weight } of hits) {
    const first = words[from];
    const last = words[to - 1];
    // «Хороший банк» as a brand is a name and no praise.
    if (!first || !last || weight === 0 || names.has(first)) continue;
    const span = { field: first.field, start: first.start, end: last.end };
    const strength = strengthAt(reading, from, weight);
    opinions.push({ span, strength, sentence: first.sentence, clause: first.clause });
  }
  return [...opinions, ...faceOpinions(text, words)];
}

function strengthAt(reading: Reading, index: number, weight: number): number {
  const word = reading.words[index] as Word;
  let strength = weight * degree(reading.words, index);
  if (isNegated(reading.words, index)) strength *= weight > 0 ? DENIED_GOOD : DENIED_BAD;
  if (reading.exclaims.has(word.sentence)) strength *= 1.15;
  if (reading.questions.has(word.sentence)) strength *= 0.7;
  return strength * turnFactor(reading, word);
}

/** After «но» weighs more, before it less. */
function turnFactor({ turns }: Reading, word: Word): number {
  if (turns.has(word.clause)) return 1.3;
  return turns.has(word.clause + 1) ? 0.7 : 1;
}

function faceOpinions({ document }: TaggedText, words: readonly Word[]): Opinion[] {
  const faces = [
    ...findEmoticons('title', (document.title ?? '').slice(0, READ_AT_MOST)),
    ...findEmoticons('text', document.text.slice(0, READ_AT_MOST)),
  ];
  return faces.map(({ field, start, end, weight }) => {
    const before = words.findLast((word) => word.field === field && word.end <= start);
    const { sentence = 0, clause = 0 } = before ?? {};
    return { span: { field, start, end }, strength: weight, sentence, clause };
  });
}

function towardsTarget(
  target: Target,
  targets: readonly Target[],
  reading: Reading,
  opinions: readonly Opinion[],
): Tag<Sentiment> {
  const share = shareOf(target, targets, reading);
  return toTag(
    target.key,
    opinions.map((opinion) => ({ ...opinion, strength: opinion.strength * share(opinion) })),
  );
}

function toTag(target: string, opinions: readonly Opinion[]): Tag<Sentiment> {
  const strong = opinions.filter(({ strength }) => Math.abs(strength) >= 0.2);
  const spans = [...strong].sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength)).slice(0, SHOWN_SPANS);
  const value = decide(strong.map(({ strength }) => strength));
  return { kind: 'sentiment', version: VERSION, target, value, spans: spans.map(({ span }) => span) };
}

function decide(strengths: readonly number[]): Sentiment {
  const sum = strengths.reduce((total, strength) => total + strength, 0);
  const effort = strengths.reduce((total, strength) => total + Math.abs(strength), 0);
  const score = sum / Math.sqrt(sum * sum + SATURATION);
  const label = labelOf(score, effort);
  return { label, score: round(score), confidence: round(confidenceOf(label, score, effort)) };
}

/** Strong words that cancel each other out, or a faint lean, are left to people. */
function labelOf(score: number, effort: number): SentimentLabel {
  const size = Math.abs(score);
  if (score <= NEGATIVE_AT) return 'negative';
  if (score >= POSITIVE_AT) return 'positive';
  return size >= UNSURE_AT || effort >= 4 ? 'unsure' : 'neutral';
}

function confidenceOf(label: SentimentLabel, score: number, effort: number): number {
  if (label === 'unsure') return 0.3;
  if (label === 'neutral') return effort === 0 ? 0.6 : 0.5;
  // One-sided texts are surer than mixed ones of the same sum.
  return Math.min(0.95, 0.45 + 0.5 * Math.abs(score));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
