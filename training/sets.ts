import { POST_KINDS } from '../src/model/tag.ts';
import { TONES } from '../src/understand/classifier/tone.ts';

/**
 * Licence classes of labelled sets: A permissive, B share-alike, C non-commercial (for measuring only: no weight that ships may
 * come from it), D none stated (texts never ship, weights may, the set named in the card).
 */
export type Licence = 'A' | 'B' | 'C' | 'D';

export interface LabelledSet {
  /** Of the files `<name>.train.jsonl(.gz)` and `<name>.dev.jsonl`. */
  name: string;
  origin: string;
  licence: Licence;
}

/** Labels of our own on texts of others: `training/labels/<file>`, lines of set, id and label. */
export interface OwnLabels {
  file: string;
  /** Sets in which the texts stand. */
  sets: readonly LabelledSet[];
  label: Readonly<Record<string, string>>;
  /** How much a text of them counts beside one of the set that the question is from. */
  cost: number;
  /** Are they like the texts that the question is about? Blend, biases and operating points are found on some of those only. */
  isLike: boolean;
}

/** What a model learns to answer, from which set; label of the set → answer. Other labels are left out. */
export interface QuestionPlan {
  name: string;
  answers: readonly string[];
  /** null where all labels are our own: on texts of others (`own`), or on posts that were written for Molva. */
  from: LabelledSet | null;
  /** Of a tone: beside its own texts, those of the other tones serve, and count so much each. */
  others?: number;
  /** Field of the text in the set. */
  field?: 'text_en';
  label: Readonly<Record<string, string>>;
  own?: readonly OwnLabels[];
  /** The last of the set by time are held back rather than any: tomorrow's texts are not today's. */
  byTime?: boolean;
  /** Does it say what kind of text the set is of? Those questions are asked of a text in the measure that it is of their kind. */
  isTone: boolean;
  /** Of the network's attention, beside the other questions. */
  weight: number;
}

export interface LanguagePlan {
  language: 'ru' | 'en';
  questions: readonly QuestionPlan[];
  /** Sets of which only the texts serve, for word vectors. */
  texts: readonly LabelledSet[];
  /** More texts of a genre; of one that no question is of, too: how such a text sounds towards a target is another thing. */
  genres: readonly {
    name: string;
    from: readonly LabelledSet[];
    /** Learned by the linear part alone: of what the network learns, all questions have their filters. */
    isForLinear?: true;
  }[];
  /** Files `lex_<name>.tsv.gz`. */
  wordLists: readonly ('ru_rubtsova_pmi' | 'ru_cabsar')[];
  /** Our own list of opinion words, in `training/lists`. */
  ownList: string;
  /** Further words of mood and judgement, of which no phrases are made. */
  moodList?: string;
  /** What news tell of, and who means whom well, in `training/lists`; there are such lists of Russian only. */
  news?: { factList: string; frameList: string };
  /** Signs of complaints, in `config/lexicons`. */
  faultList: string;
}

const TONE = { negative: 'negative', neutral: 'neutral', positive: 'positive' };
const COMPLAINT = { complaint: 'yes', not: 'no' };
const KIND = Object.fromEntries(POST_KINDS.map((kind) => [kind, kind]));
const OWN_COMPLAINT = Object.fromEntries(
  [...POST_KINDS, 'unknown'].map((kind) => [kind, kind === 'complaint' ? 'yes' : 'no']),
);

const set = (name: string, licence: Licence, origin: string): LabelledSet => ({ name, licence, origin });
const SENTIRUEVAL = set('ru_sentirueval', 'D', 'SentiRuEval-2016: tweets on banks and telecoms');
const GOEMOTIONS = set('ru_goemotions_mt', 'A', 'GoEmotions: comments, and their machine translation');
const UNLABELLED = set('ru_sentirueval_unlabelled', 'D', 'SentiRuEval-2016: tweets without labels');
const NEWS_RU = set('ru_rusentne', 'A', 'RuSentNE: sentences of news');
const KINDS_RU = 'kinds-ru.tsv';
const COMPLAINTS_EN = set('en_complaints', 'D', 'tweets to the support of firms');
const TOPICS_EN = set('en_semeval_topic', 'D', 'SemEval-2017 task 4: tweets on topics');
const FILMS_EN = set('en_sst2', 'D', 'SST-2: sentences of film reviews');
const RESTAURANTS_EN = set('en_mams_target', 'A', 'MAMS: restaurant reviews');
const TARGETS_EN = set('en_dong2014_target', 'D', 'Dong 2014: tweets');
const BRANDS_EN = set('en_sanders_brand', 'D', 'tweets on four firms');

/** Posts of customers were written for Molva; there are few, so that the other tones help. */
const CUSTOMER: QuestionPlan = {
  name: 'customer',
  answers: TONES,
  from: null,
  others: 0.2,
  label: {},
  isTone: true,
  weight: 1,
};

export const PLANS: readonly LanguagePlan[] = [
  {
    language: 'ru',
    questions: [
      {
        name: 'company',
        answers: TONES,
        from: SENTIRUEVAL,
        label: TONE,
        byTime: true,
        isTone: true,
        weight: 1,
      },
      {
        name: 'post',
        answers: TONES,
        from: set('ru_rusentitweet', 'D', 'RuSentiTweet: general tweets'),
        label: TONE,
        isTone: true,
        weight: 1,
      },
      {
        name: 'news',
        answers: TONES,
        from: set('ru_romip2012_news', 'D', 'ROMIP-2012: quotations in news'),
        label: TONE,
        isTone: true,
        weight: 1,
      },
      { name: 'comment', answers: TONES, from: GOEMOTIONS, label: TONE, isTone: true, weight: 0.5 },
      CUSTOMER,
      {
        name: 'complaint',
        answers: ['no', 'yes'],
        from: set('ru_complaints', 'D', 'tweets on banks and telecoms, labelled by the makers of Molva'),
        label: COMPLAINT,
        own: [
          { file: KINDS_RU, sets: [SENTIRUEVAL], label: OWN_COMPLAINT, cost: 0.6, isLike: true },
          { file: KINDS_RU, sets: [UNLABELLED], label: OWN_COMPLAINT, cost: 0.3, isLike: false },
        ],
        isTone: false,
        weight: 1,
      },
      {
        name: 'kind',
        answers: POST_KINDS,
        from: null,
        label: {},
        own: [{ file: KINDS_RU, sets: [SENTIRUEVAL, UNLABELLED], label: KIND, cost: 1, isLike: true }],
        isTone: false,
        weight: 0.5,
      },
    ],
    texts: [UNLABELLED, NEWS_RU, set('ru_bank_reviews_sravni', 'D', 'reviews of a bank')],
    genres: [{ name: 'news', from: [NEWS_RU] }],
    wordLists: ['ru_rubtsova_pmi', 'ru_cabsar'],
    ownList: 'opinion-ru.tsv',
    moodList: 'moods-ru.tsv',
    news: { factList: 'facts-ru.tsv', frameList: 'frames-ru.tsv' },
    faultList: 'complaint-ru.tsv',
  },
  {
    language: 'en',
    questions: [
      {
        name: 'post',
        answers: TONES,
        from: set('en_semeval2017_tweets', 'D', 'SemEval-2017 task 4: tweets'),
        label: TONE,
        isTone: true,
        weight: 1,
      },
      {
        name: 'comment',
        answers: TONES,
        from: GOEMOTIONS,
        field: 'text_en',
        label: TONE,
        isTone: true,
        weight: 0.5,
      },
      {
        name: 'company',
        answers: TONES,
        from: COMPLAINTS_EN,
        others: 0.2,
        // The set says only whether they complain.
        label: {},
        own: [{ file: 'tones-en.tsv', sets: [COMPLAINTS_EN], label: TONE, cost: 1, isLike: true }],
        isTone: true,
        weight: 1,
      },
      CUSTOMER,
      {
        name: 'complaint',
        answers: ['no', 'yes'],
        from: COMPLAINTS_EN,
        label: COMPLAINT,
        isTone: false,
        weight: 1,
      },
      {
        name: 'kind',
        answers: POST_KINDS,
        from: null,
        label: {},
        own: [
          {
            file: 'kinds-en.tsv',
            sets: [COMPLAINTS_EN, TOPICS_EN, BRANDS_EN],
            label: KIND,
            cost: 1,
            isLike: true,
          },
        ],
        isTone: false,
        weight: 0.5,
      },
    ],
    texts: [TOPICS_EN, FILMS_EN, RESTAURANTS_EN, BRANDS_EN],
    genres: [
      { name: 'review', from: [FILMS_EN, RESTAURANTS_EN] },
      // Words and signs stand apart in these tweets as in the reviews: without them such tweets are taken for reviews.
      { name: 'post', from: [TARGETS_EN], isForLinear: true },
    ],
    wordLists: [],
    ownList: 'opinion-en.tsv',
    faultList: 'complaint-en.tsv',
  },
];

/**
 * Sets that must not teach what ships, for their licence is non-commercial: `npm run eval -- --learn` learns from them in memory, to
 * show what this trainer makes of them.
 */
export const MEASURED_PLANS: readonly LanguagePlan[] = [
  {
    language: 'en',
    questions: [
      {
        name: 'post',
        answers: TONES,
        from: set('en_airline', 'C', 'tweets to airlines'),
        label: TONE,
        isTone: true,
        weight: 1,
      },
    ],
    texts: [],
    genres: [],
    wordLists: [],
    ownList: 'opinion-en.tsv',
    faultList: 'complaint-en.tsv',
  },
];
