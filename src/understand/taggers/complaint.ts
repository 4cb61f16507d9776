import type { Answers, Classifier } from '../../model/opinion.ts';
import type { TaggedText, Tagger, TagResources, Target } from '../../model/ports.ts';
import { type Complaint, type ComplaintLevel, findTag, type Sentiment, type Tag } from '../../model/tag.ts';
import { isAimless } from '../complaint/aims.ts';
import { reasonOf, severityOf } from '../complaint/severity.ts';
import { type FaultSign, findFaults } from '../complaint/signs.ts';
import { meantAmong } from '../contrasted.ts';
import { shareOf } from '../nearness.ts';
import { answersBeside, BESIDE, opinionOf } from '../opinion.ts';
import { toThousandths } from '../probabilities.ts';
import { type Reading, readText } from '../reading.ts';

const SHOWN_SPANS = 8;
/** For models that have no operating points. */
const [ALERT, REVIEW] = [0.8, 0.2];
/** Log-odds. The models know posts: news tell of faults without complaining. */
const ARTICLE = -1.2;
/** Who praises one brand among the faults tells of another's. */
const PRAISED = -2;
/** Among several brands one beside which no fault stands is not the one at fault, unless the tone towards it leaves little doubt. */
const SPARED = -3;
/** What others are only set against is not complained of, however bad they are. */
const SET_AGAINST = -6;
const CLEARLY_NEGATIVE = -0.6;
/** Anger that names nobody is about the weather or a film. */
const AIMLESS = -1;
/** Faults of others are none of the target's below this share. */
const OWN_SHARE = 0.5;
/** The company itself does not complain. */
const OFFICIAL = 0.001;

/** Does a person ask, or deserve, to be put right? What for, and how urgently? */
export const complaint: Tagger = {
  kind: 'complaint',
  version: '3',
  usesModels: true,
  reads: [({ document }, { morphology }) => readText(document, morphology)],
  tag(text, resources) {
    const opinion = opinionOf(text, resources);
    const { classifier } = opinion;
    const { complaintFrom } = resources;
    const reading = readText(text.document, resources.morphology);
    const faults = findFaults(text, reading, resources.complaint);
    const whole = probabilityOf(opinion.answers);
    const beside = answersBeside(opinion, text.targets);
    const meant = meantAmong(opinion.written.tokens, text.targets);
    const towards = text.targets.map((target, at) => {
      const own = faultsOf(target, meant, reading, faults);
      const mercy = meant.includes(target) ? mercyFor(text.tags, target, meant, own) : SET_AGAINST;
      const odds = oddsTowards(whole, beside[at] ?? null) + mercy;
      return toTag(text, classifier, complaintFrom, target.key, odds, own);
    });
    const isNobody =
      text.targets.length === 0 && isAimless(text.document.text, reading, resources.morphology);
    const odds = oddsOf(whole) + (isNobody ? AIMLESS : 0);
    return [toTag(text, classifier, complaintFrom, '', odds, faults), ...towards];
  },
};

function probabilityOf(answers: Answers): number {
  return answers.get('complaint')?.probabilities[1] ?? 0;
}

function oddsOf(probability: number): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(bounded / (1 - bounded));
}

function oddsTowards(whole: number, beside: Answers | null): number {
  return beside ? BESIDE * oddsOf(probabilityOf(beside)) + (1 - BESIDE) * oddsOf(whole) : oddsOf(whole);
}

/** What speaks for one of several: it is praised, or nothing bad is said beside it. */
function mercyFor(
  tags: readonly Tag[],
  { key }: Target,
  targets: readonly Target[],
  faults: readonly FaultSign[],
): number {
  const tone = findTag<Sentiment>(tags, 'sentiment', key)?.value;
  if (tone?.label === 'positive') return PRAISED;
  return targets.length > 1 && faults.length === 0 && (tone?.score ?? 0) > CLEARLY_NEGATIVE ? SPARED : 0;
}

/** Those of the target among all of which something is said. */
function faultsOf(
  target: Target,
  targets: readonly Target[],
  reading: Reading,
  faults: readonly FaultSign[],
): readonly FaultSign[] {
  if (!targets.includes(target)) return [];
  if (targets.length < 2) return faults;
  const share = shareOf(target, targets, reading);
  return faults.filter((fault) => share(fault) >= OWN_SHARE);
}

function toTag(
  { document, isOfficial }: TaggedText,
  classifier: Classifier,
  from: TagResources['complaintFrom'],
  target: string,
  odds: number,
  faults: readonly FaultSign[],
): Omit<Tag<Complaint>, 'version'> {
  const known = 1 / (1 + Math.exp(-odds - (document.kind === 'article' ? ARTICLE : 0)));
  const probability = isOfficial ? Math.min(OFFICIAL, known) : known;
  const level = levelOf(classifier, from, probability);
  const value: Complaint = {
    isComplaint: probability >= (classifier.point('complaint', 'label') ?? 0.5),
    level,
    probability: toThousandths(probability),
    severity: severityOf(document.text, faults),
    reason: reasonOf(faults),
  };
  const strongest = [...faults].sort((one, two) => two.weight - one.weight).slice(0, SHOWN_SPANS);
  return { kind: 'complaint', target, value, spans: strongest.map(({ span }) => span) };
}

function levelOf(
  classifier: Classifier,
  { alert, review }: TagResources['complaintFrom'],
  probability: number,
): ComplaintLevel {
  if (probability >= (alert ?? classifier.point('complaint', 'alert') ?? ALERT)) return 'alert';
  return probability >= (review ?? classifier.point('complaint', 'review') ?? REVIEW) ? 'review' : 'none';
}
