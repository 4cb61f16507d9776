import type { TaggedText, Tagger, TagResources, Target } from '../../model/ports.ts';
import type { Complaint, ComplaintReason, Sentiment, Span, Tag } from '../../model/tag.ts';
import { shareOf } from '../nearness.ts';
import { findEntries, type Hit } from '../phrases.ts';
import { locate, type Reading, readText, type Word } from '../reading.ts';

const VERSION = '1';
const BIAS = -1.3;
const SENTIMENT_WEIGHT = 1.1;
const PRAISE_WEIGHT = 2;
/** Signs of one direction together: more of the same says little more. */
const SIGNS_CAP = 4;
const COMPLAINT_AT = 0.5;
const SHOWN_SPANS = 8;
const FAULT_AT = 0.8;
const NOT_WORDS = new Set(['не', 'ни', 'нет', 'без', 'not', 'no', 'never', 'without']);
const REASONS: readonly ComplaintReason[] = [
  'delivery',
  'price',
  'staff',
  'quality',
  'service',
  'app',
  'fraud',
  'other',
];
/** Money taken, law invoked or a long wait: answer today. */
const URGENT =
  /роспотребнадзор|прокуратур|(?<!\p{L})в суд|полици|украли|списал[иа]? (?:деньги|с)|мошенн|юрист|адвокат|second time|third time|lawyer|lawsuit|police|fraud|stole|scam|trading standards/iu;
const LONG =
  /(?:втор|трет|четв[её]рт|пят)\p{L}+ (?:день|недел|месяц)|недел[юи]|месяц|\d+ (?:дн|недел|месяц|days|weeks|months)|for (?:weeks|months|days)/iu;
const NEWS = /(?:^|\s)(?:из-за|заявил|сообщил|сообщает|announced|reports)(?:\s|$)/i;

interface Sign extends Hit {
  span: Span;
  reason: ComplaintReason | null;
  sentence: number;
  clause: number;
}

/** Does a person ask, or deserve, to be put right? Own experience × fault, less news, adverts, vacancies and questions. */
export const complaint: Tagger = {
  kind: 'complaint',
  version: VERSION,
  tag(text, resources) {
    const reading = readText(text.document, resources.morphology);
    const signs = findSigns(text, reading, resources);
    const targets = text.targets.map((target) =>
      judge(text, reading, nearTarget(signs, text, reading, target), target.key),
    );
    return [judge(text, reading, signs, ''), ...targets];
  },
};

function findSigns({ targets }: TaggedText, reading: Reading, { complaint: lexicon }: TagResources): Sign[] {
  const { words } = reading;
  const spans = targets.flatMap((target) => target.spans);
  const names = locate(reading, spans).words;
  const signs: Sign[] = [];
  for (const hit of findEntries(words, lexicon.signs)) {
    const first = words[hit.from] as Word;
    const last = words[hit.to - 1] as Word;
    if (hit.weight > 0 && names.has(first) && names.has(last)) continue;
    const denied = hit.weight > FAULT_AT && hit.from > 0 && NOT_WORDS.has(words[hit.from - 1]?.text ?? '');
    const reason = REASONS.find((name) => name === lexicon.reasons.get(hit.key)) ?? null;
    const span = { field: first.field, start: first.start, end: last.end };
    signs.push({
      ...hit,
      weight: denied ? -0.3 * hit.weight : hit.weight,
      span,
      reason,
      sentence: first.sentence,
      clause: first.clause,
    });
  }
  return signs;
}

/** Faults said of a rival, or far from where the target is named, are somebody else's. */
function nearTarget(signs: readonly Sign[], text: TaggedText, reading: Reading, target: Target): Sign[] {
  const share = shareOf(target, text.targets, reading);
  // One named firm is what a short post is about, wherever in it the name stands.
  const least = text.targets.length === 1 ? 0.85 : 0;
  return signs.map((sign) =>
    sign.weight > 0 && sign.reason !== null
      ? { ...sign, weight: sign.weight * Math.max(least, share(sign)) }
      : sign,
  );
}

function judge(text: TaggedText, reading: Reading, signs: readonly Sign[], target: string): Tag<Complaint> {
  const probability = logistic(BIAS + weigh(text, reading, signs, target));
  const faults = signs.filter((sign) => sign.weight >= FAULT_AT && sign.reason !== null);
  const strongest = [...faults].sort((a, b) => b.weight - a.weight).slice(0, SHOWN_SPANS);
  const value: Complaint = {
    isComplaint: probability >= COMPLAINT_AT && signs.some((sign) => sign.weight > 0 && sign.reason !== null),
    probability: Math.round(probability * 1000) / 1000,
    severity: severityOf(text.document.text, faults),
    reason: reasonOf(signs),
  };
  return { kind: 'complaint', version: VERSION, target, value, spans: strongest.map(({ span }) => span) };
}

function weigh(text: TaggedText, reading: Reading, signs: readonly Sign[], target: string): number {
  const plus = capped(signs.map((sign) => Math.max(0, sign.weight)));
  const minus = capped(signs.map((sign) => Math.max(0, -sign.weight)));
  const tone = text.tags.find((tag) => tag.kind === 'sentiment' && tag.target === target)?.value as
    | Sentiment
    | undefined;
  return (
    plus -
    minus -
    SENTIMENT_WEIGHT * (tone?.score ?? 0) -
    // Who praises one brand among the faults tells of a fault put right, or of another's. Praise of nobody in
    // particular is as often bitter irony.
    (target !== '' && tone?.label === 'positive' ? PRAISE_WEIGHT : 0) -
    genre(text, reading) -
    aimless(text, reading, signs)
  );
}

/** Anger that names neither a fault nor a company is about the weather or the film. */
function aimless({ targets }: TaggedText, { words }: Reading, signs: readonly Sign[]): number {
  const isNamed = signs.some(
    (sign) => sign.weight >= FAULT_AT && sign.reason !== null && sign.reason !== 'other',
  );
  const isAddressed = targets.length > 0 || words.some((word) => word.text.startsWith('@'));
  return isNamed || isAddressed ? 0 : 1.5;
}

/** The strongest counts in full, each further one less. */
function capped(weights: readonly number[]): number {
  const total = [...weights]
    .sort((a, b) => b - a)
    .reduce((sum, weight, rank) => sum + weight * 0.85 ** rank, 0);
  return Math.min(SIGNS_CAP, total);
}

/** What speaks for news, adverts and passed-on posts, whatever the words. */
function genre({ document }: TaggedText, { words }: Reading): number {
  let against = document.kind === 'article' ? 1.2 : 0;
  if (/https?:\/\/\S+\s*$/.test(document.text.slice(-300))) against += 0.9;
  if (/^\s*RT\s+@/.test(document.text)) against += 0.9;
  if (NEWS.test(document.text.slice(0, 300))) against += 0.6;
  // A vent of three words states no fault.
  if (words.length < 5) against += 0.6;
  return against;
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function severityOf(text: string, faults: readonly Sign[]): Complaint['severity'] {
  const head = text.slice(0, 5_000);
  if (URGENT.test(head) || faults.some((sign) => sign.reason === 'fraud')) return 3;
  if (LONG.test(head) || faults.length >= 3) return faults.length >= 3 && LONG.test(head) ? 3 : 2;
  return faults.length === 2 ? 2 : 1;
}

/** The reason with most weight; a named one wins over `other`. */
function reasonOf(signs: readonly Sign[]): ComplaintReason {
  const sums = new Map<ComplaintReason, number>();
  for (const { reason, weight } of signs) {
    if (reason !== null && weight > 0) sums.set(reason, (sums.get(reason) ?? 0) + weight);
  }
  const named = [...sums].filter(([reason]) => reason !== 'other').sort((a, b) => b[1] - a[1])[0];
  return named && named[1] >= 0.3 ? named[0] : 'other';
}
