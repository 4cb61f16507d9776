import type { Goal } from './measure.ts';
import type { Licence } from './sets.ts';

/** Texts with targets named in them, and how they sound towards each. */
export interface TargetSource {
  /** Of the files. */
  name: string;
  /**
   * How a target is told: by its place, as a topic, by the catalogue of brands, in posts that were written for Molva, or by labels of our own
   * (`training/labels/<file>`: set, id, place of the target, tone).
   */
  as: 'span' | 'topic' | 'brands' | 'posts' | 'labels';
  file?: string;
  licence: Licence;
  origin: string;
}

export interface TargetSet extends TargetSource {
  /** The question that it teaches: a genre of texts. */
  question: string;
  goal: Goal;
  /** To learn more from: each counts so much beside one of the set. */
  more: readonly (TargetSource & { cost: number })[];
  /**
   * Is the model told how the text sounds as a whole (`readContext`)? Not where the classifier has learned from the same texts: what it
   * says of those is too good, and would be believed too much of others.
   */
  isTold: boolean;
}

export interface TargetPlan {
  language: 'ru' | 'en';
  sets: readonly TargetSet[];
  /** Sets of whole texts with a tone, from which moods of words are learned where there is no list of them. */
  moodsFrom: readonly string[];
}

const DONG: TargetSource = {
  name: 'en_dong2014_target',
  as: 'span',
  licence: 'D',
  origin: 'Dong 2014: tweets',
};
const MAMS: TargetSource = {
  name: 'en_mams_target',
  as: 'span',
  licence: 'A',
  origin: 'MAMS: restaurant reviews',
};
const TOPICS: TargetSource = {
  name: 'en_semeval_topic',
  as: 'topic',
  licence: 'D',
  origin: 'SemEval-2017 task 4: tweets on topics',
};
const SENTIRUEVAL: TargetSource = {
  name: 'ru_sentirueval',
  as: 'brands',
  licence: 'D',
  origin: 'SentiRuEval-2016: tweets on banks and telecoms',
};
const RUSENTNE: TargetSource = {
  name: 'ru_rusentne',
  as: 'span',
  licence: 'A',
  origin: 'RuSentNE: sentences of news',
};
const ROMIP: TargetSource = {
  name: 'ru_romip2012_news',
  as: 'labels',
  file: 'towards-ru.tsv',
  licence: 'D',
  origin: 'ROMIP-2012: quotations in news, targets labelled for Molva',
};
const OWN_POSTS: TargetSource = {
  name: 'posts',
  as: 'posts',
  licence: 'A',
  origin: 'posts written for Molva',
};

export const TARGET_PLANS: readonly TargetPlan[] = [
  {
    language: 'ru',
    sets: [
      { ...RUSENTNE, question: 'news', goal: 'opinionF1', more: [{ ...ROMIP, cost: 1 }], isTold: true },
      {
        ...OWN_POSTS,
        question: 'customer',
        goal: 'macroF1',
        more: [{ ...SENTIRUEVAL, cost: 0.15 }],
        isTold: false,
      },
    ],
    moodsFrom: [],
  },
  {
    language: 'en',
    sets: [
      { ...DONG, question: 'post', goal: 'accuracy', more: [{ ...TOPICS, cost: 0.1 }], isTold: true },
      { ...MAMS, question: 'review', goal: 'accuracy', more: [], isTold: true },
      {
        ...OWN_POSTS,
        question: 'customer',
        goal: 'macroF1',
        more: [
          { ...DONG, cost: 0.15 },
          { ...MAMS, cost: 0.15 },
          { ...TOPICS, cost: 0.07 },
        ],
        isTold: false,
      },
    ],
    moodsFrom: ['en_semeval2017_tweets', 'en_sst2'],
  },
];
