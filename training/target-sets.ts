import type { Goal } from './measure.ts';
import type { Licence } from './sets.ts';

/** A set of texts with a target named in each, and how the text sounds towards it. */
export interface TargetSet {
  /** Of the files. */
  name: string;
  /** The question that it teaches. */
  question: string;
  licence: Licence;
  origin: string;
  goal: Goal;
  /** Texts with a topic that is named in them, to learn more from: each counts so much beside one of the set. */
  more?: { name: string; licence: Licence; origin: string; cost: number };
}

export interface TargetPlan {
  language: 'ru' | 'en';
  sets: readonly TargetSet[];
  /** Sets of whole texts with a tone, from which moods of words are learned where there is no list of them. */
  moodsFrom: readonly string[];
}

export const TARGET_PLANS: readonly TargetPlan[] = [
  {
    language: 'ru',
    sets: [
      {
        name: 'ru_rusentne',
        question: 'news',
        licence: 'A',
        origin: 'RuSentNE: sentences of news',
        goal: 'opinionF1',
      },
    ],
    moodsFrom: [],
  },
  {
    language: 'en',
    sets: [
      {
        name: 'en_dong2014_target',
        question: 'post',
        licence: 'D',
        origin: 'Dong 2014: tweets',
        goal: 'accuracy',
        more: {
          name: 'en_semeval_topic',
          licence: 'D',
          origin: 'SemEval-2017 task 4: tweets on topics',
          cost: 0.2,
        },
      },
      {
        name: 'en_mams_target',
        question: 'review',
        licence: 'A',
        origin: 'MAMS: restaurant reviews',
        goal: 'accuracy',
      },
    ],
    moodsFrom: ['en_semeval2017_tweets', 'en_sst2'],
  },
];
