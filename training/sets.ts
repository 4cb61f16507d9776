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

/** What a model learns to answer, from which set; label of the set → answer. Other labels are left out. */
export interface QuestionPlan {
  name: string;
  answers: readonly string[];
  from: LabelledSet;
  label: Readonly<Record<string, string>>;
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
  /** Files `lex_<name>.tsv.gz`. */
  wordLists: readonly ('ru_rubtsova_pmi' | 'ru_rusentilex2017' | 'ru_cabsar')[];
  /** Our own list, in `config/lexicons`. */
  ownList: string;
}

const TONES = ['negative', 'neutral', 'positive'];
const TONE = { negative: 'negative', neutral: 'neutral', positive: 'positive' };
const COMPLAINT = { complaint: 'yes', not: 'no' };

const set = (name: string, licence: Licence, origin: string): LabelledSet => ({ name, licence, origin });
const SENTIRUEVAL = set('ru_sentirueval', 'D', 'SentiRuEval-2016: tweets on banks and telecoms');
const GOEMOTIONS = set('ru_goemotions_mt', 'A', 'GoEmotions in machine translation: comments');

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
      {
        name: 'complaint',
        answers: ['no', 'yes'],
        from: set('ru_complaints', 'D', 'tweets on banks and telecoms, labelled by the makers of Molva'),
        label: COMPLAINT,
        isTone: false,
        weight: 1,
      },
    ],
    texts: [
      set('ru_sentirueval_unlabelled', 'D', 'SentiRuEval-2016: tweets without labels'),
      set('ru_rusentne', 'A', 'RuSentNE: sentences of news'),
      set('ru_bank_reviews_sravni', 'D', 'reviews of a bank'),
    ],
    wordLists: ['ru_rubtsova_pmi', 'ru_rusentilex2017', 'ru_cabsar'],
    ownList: 'sentiment-ru.tsv',
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
        name: 'complaint',
        answers: ['no', 'yes'],
        from: set('en_complaints', 'D', 'tweets to the support of firms'),
        label: COMPLAINT,
        isTone: false,
        weight: 1,
      },
    ],
    texts: [
      set('en_semeval_topic', 'D', 'SemEval-2017 task 4: tweets on topics'),
      set('en_sst2', 'D', 'SST-2: sentences of film reviews'),
      set('en_mams_target', 'A', 'MAMS: restaurant reviews'),
      set('en_sanders_brand', 'D', 'tweets on four firms'),
    ],
    wordLists: [],
    ownList: 'sentiment-en.tsv',
  },
];
