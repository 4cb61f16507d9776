import { fileURLToPath } from 'node:url';
import { foldWord } from '../src/lib/fold.ts';
import type { Morphology } from '../src/model/ports.ts';
import { readOpinionText } from '../src/understand/classifier/opinion-text.ts';
import type { Example } from './examples.ts';
import { readText } from './read-set.ts';
import type { LanguagePlan, QuestionPlan } from './sets.ts';
import { readOwnList } from './word-lists.ts';

/** A post that was written for Molva: `training/posts/<language>.jsonl`. */
interface OwnPost {
  text: string;
  tone: string;
  kind: string;
  complaint: boolean;
  /** Brand → how the post sounds towards it. */
  targets: Record<string, string>;
}

/** The sets are of few trades; ours are of many, and there are few of them. */
const POST_COST = 1;
const PHRASE_COST = 0.15;
const STRONG = 2;

/** What our own posts teach of a question. */
export function readOwnPosts(
  { language }: LanguagePlan,
  { name, answers, isTone }: QuestionPlan,
  morphology: Morphology,
): Example[] {
  const said = (post: OwnPost): string => {
    if (isTone) return post.tone;
    return name === 'complaint' ? (post.complaint ? 'yes' : 'no') : post.kind;
  };
  return postsOf(language).flatMap((post) =>
    toExample(post.text, answers.indexOf(said(post)), POST_COST, morphology),
  );
}

/** What plain phrases teach of a tone. */
export function readPlainPhrases(
  plan: LanguagePlan,
  { answers, isTone }: QuestionPlan,
  morphology: Morphology,
): Example[] {
  if (!isTone) return [];
  return plainPhrases(plan).flatMap(([text, tone]) =>
    toExample(text, answers.indexOf(tone), PHRASE_COST, morphology),
  );
}

function toExample(text: string, answer: number, cost: number, morphology: Morphology): Example[] {
  return answer < 0 ? [] : [{ text: readOpinionText({ title: null, text }, morphology), answer, cost }];
}

export function postsOf(language: string): OwnPost[] {
  const file = fileURLToPath(new URL(`posts/${language}.jsonl`, import.meta.url));
  const lines = readText(file)?.trim().split('\n') ?? [];
  return lines.map((line) => JSON.parse(line) as OwnPost);
}

/** What goes round a word of opinion, and what is then said if the word is good; N stands for the word. */
const FRAMES: Readonly<Record<'ru' | 'en', readonly (readonly [string, 'same' | 'turned'])[]>> = {
  ru: [
    ['сервис N', 'same'],
    ['очень N банк', 'same'],
    ['N', 'same'],
    ['магазин не N', 'turned'],
    ['не очень N', 'turned'],
    ['сервис совсем не N', 'turned'],
  ],
  en: [
    ['the service is N', 'same'],
    ['N shop', 'same'],
    ['N', 'same'],
    ["it isn't N", 'turned'],
    ['not N at all', 'turned'],
    ['the staff are not very N', 'turned'],
  ],
};
/** Words that the frames suit: adjectives and adverbs. */
const SUITABLE = { ru: /(?:ый|ий|ой|о)$/, en: /^(?!.*(?:ing|ed|s|ly)$)[a-z]+$/ } as const;

/**
 * What no collection of real posts says often enough: a strong word alone, and the same word denied. A denied bad word is left out:
 * «не плохой» is faint praise.
 */
function plainPhrases({ language, ownList }: LanguagePlan): [string, string][] {
  return readOwnList(`lists/${ownList}`, 2).flatMap(([word, strength]) => {
    const form = foldWord(word);
    if (Math.abs(strength) < STRONG || !SUITABLE[language].test(form)) return [];
    const [own, turned] = strength > 0 ? ['positive', 'negative'] : ['negative', null];
    return FRAMES[language].flatMap(([frame, turn]): [string, string][] => {
      const tone = turn === 'same' ? own : turned;
      return tone === null ? [] : [[frame.replace('N', form), tone as string]];
    });
  });
}
