import { parseArgs } from 'node:util';
import { loadTagResources } from '../src/app/tag-resources.ts';
import { randomFrom, shuffle } from '../src/lib/random.ts';
import type { TagResources, Target } from '../src/model/ports.ts';
import { adaptResources } from '../src/understand/adapt/adapt-resources.ts';
import { packAdaptation, unpackAdaptation } from '../src/understand/adapt/adaptation-file.ts';
import { type Anchor, learn } from '../src/understand/adapt/learn.ts';
import { freshText, type Lesson, taggersReply } from '../src/understand/adapt/lesson.ts';
import { TONES } from '../src/understand/classifier/tone.ts';
import { understand } from '../src/understand/understand.ts';
import { measure, type Score } from './measure.ts';
import { type Record_, readSet } from './read-set.ts';

/** `npm run adapt -- --data DIR [--draws N]`: what an installation gains from so many corrections of posts of its kind, and what it costs on others. */
const { values } = parseArgs({
  options: { data: { type: 'string' }, draws: { type: 'string', default: '3' } },
});

const SIZES = [50, 200, 1000];
/** People correct mistakes rather than confirm what is right. */
const MISTAKEN = 2 / 3;
const ANCHORS = 600;

interface Case extends Anchor {
  right: string;
  target: string;
}

interface Plan {
  name: string;
  /** Sets that the shipped models have not learned from, or their dev halves: corrections and cases are drawn from them, apart. */
  set: string;
  half: 'train' | 'dev';
  towards?: true;
  /** Of another kind. */
  other: string;
}

const PLANS: readonly Plan[] = [
  { name: 'tweets to airlines (en)', set: 'en_airline', half: 'train', other: 'en_semeval2017_tweets' },
  {
    name: 'laptop reviews, towards (en)',
    set: 'en_semeval14_laptops',
    half: 'train',
    towards: true,
    other: 'en_semeval2017_tweets',
  },
  { name: 'tweets on banks and telecoms (ru)', set: 'ru_sentirueval', half: 'dev', other: 'ru_rusentitweet' },
  { name: 'general tweets (ru)', set: 'ru_rusentitweet', half: 'dev', other: 'ru_sentirueval' },
];

function toCase({ text, label, start, end }: Record_, group: number, towards: boolean): Case[] {
  if (!(TONES as readonly unknown[]).includes(label)) return [];
  const spans = [{ field: 'text' as const, start: Number(start), end: Number(end) }];
  const targets: Target[] = towards ? [{ key: 'target', spans }] : [];
  const document = { title: null, text, kind: 'post' as const, declaredLanguage: null };
  return [{ text: { document, targets }, right: String(label), target: towards ? 'target' : '', group }];
}

function readCases(folder: string, set: string, half: 'train' | 'dev', towards: boolean): Case[] {
  return (readSet(folder, set, half) ?? []).flatMap((record, at) => toCase(record, at, towards));
}

function said(one: Case, resources: TagResources): string | null {
  return taggersReply(understand(freshText(one.text), resources), 'sentiment', one.target);
}

function score(cases: readonly Case[], resources: TagResources): Score {
  const numberOf = (label: string | null) => TONES.indexOf(label as (typeof TONES)[number]);
  return measure(
    cases.map(({ right }) => numberOf(right)),
    cases.map((one) => numberOf(said(one, resources))),
    TONES.length,
  );
}

function draw(cases: readonly Case[], size: number, seed: number, shipped: TagResources) {
  const mixed = shuffle([...cases], randomFrom(seed));
  const mistaken = mixed.filter((one) => said(one, shipped) !== one.right);
  const wrong = mistaken.slice(0, Math.round(size * MISTAKEN));
  const right = mixed.filter((one) => !mistaken.includes(one)).slice(0, size - wrong.length);
  const chosen = new Set([...wrong, ...right]);
  const lessons = [...chosen].map(
    ({ text, target, group, right: label }): Lesson => ({
      text,
      target,
      group,
      kind: 'sentiment',
      said: { label },
    }),
  );
  return { lessons, anchors: mixed.filter((one) => !chosen.has(one)).slice(0, ANCHORS) };
}

const points = (share: number): string => (100 * share).toFixed(1);

async function run(
  folder: string,
  { name, set, half, towards, other }: Plan,
  shipped: TagResources,
): Promise<void> {
  const all = shuffle(readCases(folder, set, half, towards ?? false), randomFrom(7));
  if (all.length === 0) return;
  const kept =
    half === 'train' ? readCases(folder, set, 'dev', towards ?? false) : all.slice(0, all.length / 2);
  const material = half === 'train' ? all : all.slice(all.length / 2);
  const others = readCases(folder, other, 'dev', false);
  const before = { own: score(kept, shipped), other: score(others, shipped) };
  console.log(
    `| ${name} | 0 | – | ${points(before.own.accuracy)} | ${points(before.own.macroF1)} | ${points(before.other.macroF1)} | | |`,
  );
  for (const size of SIZES) {
    const rows: { own: Score; other: Score; seconds: number; bytes: number }[] = [];
    for (let seed = 1; seed <= Number(values.draws); seed += 1) {
      const { lessons, anchors } = draw(material, size, seed, shipped);
      if (lessons.length < size) continue;
      const started = performance.now();
      const learned = await learn(lessons, anchors, shipped);
      const seconds = (performance.now() - started) / 1000;
      const bytes = packAdaptation(learned.parts);
      const adapted = adaptResources(shipped, unpackAdaptation(bytes));
      rows.push({ own: score(kept, adapted), other: score(others, adapted), seconds, bytes: bytes.length });
    }
    if (rows.length === 0) continue;
    const mean = (of: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
    console.log(
      `| ${name} | ${size} | ${rows.length} | ${points(mean(({ own }) => own.accuracy))} | ${points(mean(({ own }) => own.macroF1))} | ${points(mean((row) => row.other.macroF1))} | ${mean(({ seconds }) => seconds).toFixed(1)} | ${(mean(({ bytes }) => bytes) / 1000).toFixed(0)} |`,
    );
  }
}

if (values.data === undefined) {
  console.error('usage: npm run adapt -- --data DIR [--draws N]');
  process.exitCode = 2;
} else {
  const shipped = await loadTagResources();
  console.log(
    '| corrections of | how many | draws | accuracy on its kind | macro-F1 on its kind | macro-F1 on another kind | seconds | kB |\n|---|---|---|---|---|---|---|---|',
  );
  for (const plan of PLANS) await run(values.data, plan, shipped);
}
