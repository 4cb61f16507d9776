import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpinionText, TargetView } from '../src/model/opinion.ts';
import type { Morphology, Target } from '../src/model/ports.ts';
import { readOpinionText } from '../src/understand/classifier/opinion-text.ts';
import { viewFrom } from '../src/understand/classifier/target-view.ts';
import { TONES } from '../src/understand/classifier/tone.ts';
import { targetIn } from '../src/understand/target-in.ts';
import { readOwnRows } from './own-files.ts';
import { postsOf } from './own-posts.ts';
import { type Half, type Record_, readSet } from './read-set.ts';
import type { TargetPlan, TargetSource } from './target-sets.ts';

export interface TargetExample {
  view: TargetView;
  answer: number;
  /** Texts with several targets: those of one are never divided. */
  text: string;
  read: OpinionText;
  /** How much it counts. */
  cost: number;
}

/** A text with what people said of each of its targets. */
export interface LabelledTargets {
  text: string;
  targets: readonly (Target & { label: string })[];
}

/** The training half of a source. */
export function readTargetExamples(
  { name, as, file }: TargetSource,
  { language }: TargetPlan,
  folder: string,
  cost: number,
  morphology: Morphology,
): TargetExample[] {
  const labelled = {
    span: () => readSpans(folder, name, 'train'),
    topic: () => readTopics(folder, name, 'train'),
    brands: () => readBrands(folder, name, 'train'),
    posts: () => readPosts(language),
    labels: () => readOwnLabels(folder, name, file ?? ''),
  }[as]();
  return labelled.flatMap((one) => toExamples(one, cost, morphology));
}

function toExamples(
  { text, targets }: LabelledTargets,
  cost: number,
  morphology: Morphology,
): TargetExample[] {
  const read = readOpinionText({ title: null, text }, morphology);
  return targets.flatMap(({ spans, label }, own) => {
    const answer = TONES.indexOf(label as (typeof TONES)[number]);
    const others = targets.flatMap((target, at) => (at === own ? [] : target.spans));
    const view = answer < 0 ? null : viewFrom(read, spans, others);
    return view ? [{ view, answer, text, read, cost }] : [];
  });
}

/** Sets that say where the target stands. */
export function readSpans(folder: string, set: string, half: Half): LabelledTargets[] {
  return (readSet(folder, set, half) ?? []).flatMap(({ text, start, end, label }) =>
    typeof start === 'number' && typeof end === 'number'
      ? [{ text, targets: [{ key: 'target', spans: [{ field: 'text', start, end }], label: String(label) }] }]
      : [],
  );
}

/** Texts of others with labels of our own. */
function readOwnLabels(folder: string, set: string, file: string): LabelledTargets[] {
  const texts = new Map((readSet(folder, set, 'train') ?? []).map(({ id, text }) => [String(id), text]));
  return readOwnRows(`labels/${file}`, 5).flatMap(([from, id = '', start, end, label = '']) => {
    const text = texts.get(id);
    if (from !== set || text === undefined) return [];
    const span = { field: 'text' as const, start: Number(start), end: Number(end) };
    return [{ text, targets: [{ key: 'target', spans: [span], label }] }];
  });
}

/** Texts on a topic: those in which it is named. */
function readTopics(folder: string, set: string, half: Half): LabelledTargets[] {
  return (readSet(folder, set, half) ?? []).map(({ text, topic, label }) => ({
    text,
    targets: [labelledIn(text, 'topic', [String(topic).replace(/^[#@]/, '')], label)],
  }));
}

interface Brand {
  id: string;
  name: string;
  aliases: string[];
}

/** Texts on brands of the catalogue. */
export function readBrands(folder: string, set: string, half: Half): LabelledTargets[] {
  const brands = JSON.parse(readFileSync(join(folder, 'ru_brand_catalog.json'), 'utf8')) as Brand[];
  const named = new Map(brands.map(({ id, name, aliases }) => [id, [name, ...aliases]]));
  return (readSet(folder, set, half) ?? []).map(({ text, targets }: Record_) => ({
    text,
    targets: Object.entries(targets as Record<string, string>).map(([id, label]) =>
      labelledIn(text, id, named.get(id) ?? [id], label),
    ),
  }));
}

function readPosts(language: string): LabelledTargets[] {
  return postsOf(language).map(({ text, targets }) => ({
    text,
    targets: Object.entries(targets).map(([name, label]) => labelledIn(text, name, [name], label)),
  }));
}

function labelledIn(
  text: string,
  key: string,
  names: readonly string[],
  label: unknown,
): Target & { label: string } {
  return { ...targetIn(text, key, names), label: String(label) };
}
