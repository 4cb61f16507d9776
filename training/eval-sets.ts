import type { Target } from '../src/model/ports.ts';
import { TONES } from '../src/understand/classifier/tone.ts';
import { type Record_, readSet } from './read-set.ts';
import { type LabelledTargets, readBrands, readSpans } from './target-examples.ts';

/** A text to be judged, and what people said of it. */
export interface EvalCase {
  text: string;
  targets: Target[];
  /** Number of the right class. */
  right: number;
  /** Whose tone is asked: a target's number, or null for the whole. */
  about: number | null;
}

/** A line of the table by which issue 5 is judged. */
export interface EvalRow {
  name: string;
  /** What is compared. */
  asks: 'sentiment' | 'complaint';
  figure: 'macroF1' | 'macroRecall' | 'accuracy' | 'opinionF1' | 'yesF1';
  must: number;
  aim: number;
  /** Is it asked of a model that has learned from this set alone, in memory? */
  learns?: boolean;
  read(folder: string): EvalCase[];
}

const toneOf = (label: unknown): number => TONES.indexOf(label as (typeof TONES)[number]);

function whole(set: string, classOf = ({ label }: Record_) => toneOf(label)): EvalRow['read'] {
  return (folder) =>
    (readSet(folder, set, 'dev') ?? []).flatMap((record) => {
      const right = classOf(record);
      return right < 0 ? [] : [{ text: record.text, targets: [], right, about: null }];
    });
}

function towards(read: (folder: string) => LabelledTargets[]): EvalRow['read'] {
  return (folder) =>
    read(folder).flatMap(({ text, targets }) =>
      targets.flatMap(({ label }, about) => {
        const right = toneOf(label);
        return right < 0 ? [] : [{ text, targets: [...targets], right, about }];
      }),
    );
}

const towardsSpans = (set: string): EvalRow['read'] => towards((folder) => readSpans(folder, set, 'dev'));

const yes = ({ label }: Record_): number => (label === 'complaint' ? 1 : 0);

/**
 * The issue asks for macro-F1 and gives 78.8 for a plain linear model that learns from the set. On this half such a model (TF-IDF of words and
 * letters, linear SVM) reaches 71.6 to 73.9, and an accuracy of 79.0 to 80.2: so accuracy seems to be meant, and both are told.
 */
function airlines(how: 'never learned from' | 'learned in memory', figure: 'macroF1' | 'accuracy'): EvalRow {
  return {
    name: `US airline tweets (${how})`,
    asks: 'sentiment',
    figure,
    must: 79.5,
    aim: 81,
    learns: how === 'learned in memory',
    read: whole('en_airline'),
  };
}

export const EVAL_ROWS: readonly EvalRow[] = [
  {
    name: 'SentiRuEval-2016 documents',
    asks: 'sentiment',
    figure: 'macroF1',
    must: 68,
    aim: 71,
    read: whole('ru_sentirueval'),
  },
  {
    name: 'SentiRuEval targets',
    asks: 'sentiment',
    figure: 'macroF1',
    must: 67,
    aim: 70,
    read: towards((folder) => readBrands(folder, 'ru_sentirueval', 'dev')),
  },
  {
    name: 'RuSentiTweet',
    asks: 'sentiment',
    figure: 'macroF1',
    must: 69.5,
    aim: 72,
    read: whole('ru_rusentitweet'),
  },
  {
    name: 'ROMIP-2012 news quotations',
    asks: 'sentiment',
    figure: 'macroF1',
    must: 61,
    aim: 64,
    read: whole('ru_romip2012_news'),
  },
  {
    name: 'RuSentNE',
    asks: 'sentiment',
    figure: 'opinionF1',
    must: 40,
    aim: 46,
    read: towardsSpans('ru_rusentne'),
  },
  {
    name: 'SemEval-2017 tweets',
    asks: 'sentiment',
    figure: 'macroRecall',
    must: 65.5,
    aim: 68,
    read: whole('en_semeval2017_tweets'),
  },
  airlines('never learned from', 'macroF1'),
  airlines('never learned from', 'accuracy'),
  airlines('learned in memory', 'macroF1'),
  airlines('learned in memory', 'accuracy'),
  {
    name: 'MAMS targets',
    asks: 'sentiment',
    figure: 'accuracy',
    must: 70,
    aim: 74,
    read: towardsSpans('en_mams_target'),
  },
  {
    name: 'Dong 2014 targets',
    asks: 'sentiment',
    figure: 'accuracy',
    must: 69,
    aim: 72,
    read: towardsSpans('en_dong2014_target'),
  },
  {
    name: 'complaints, English',
    asks: 'complaint',
    figure: 'macroF1',
    must: 82.5,
    aim: 85,
    read: whole('en_complaints', yes),
  },
  {
    name: 'complaints, Russian',
    asks: 'complaint',
    figure: 'yesF1',
    must: 79,
    aim: 83,
    read: whole('ru_complaints', yes),
  },
];
