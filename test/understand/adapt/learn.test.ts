import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTagResources } from '../../../src/app/tag-resources.ts';
import type { TagResources } from '../../../src/model/ports.ts';
import type { Complaint } from '../../../src/model/tag.ts';
import { adaptResources } from '../../../src/understand/adapt/adapt-resources.ts';
import { packAdaptation, unpackAdaptation } from '../../../src/understand/adapt/adaptation-file.ts';
import { isHeldOut } from '../../../src/understand/adapt/groups.ts';
import { type Anchor, learn } from '../../../src/understand/adapt/learn.ts';
import { type Lesson, taggersReply } from '../../../src/understand/adapt/lesson.ts';
import { understand } from '../../../src/understand/understand.ts';
import { plainPosts, type TurnPost, turnPosts } from '../../support/turn-posts.ts';

let shipped: TagResources;
beforeAll(async () => {
  shipped = await loadTagResources();
});

const textOf = (text: string): Lesson['text'] => ({
  document: { title: null, text, kind: 'post', declaredLanguage: null },
  targets: [],
});
const lessonOf = ({ text, tone }: TurnPost, group: number): Lesson => ({
  text: textOf(text),
  kind: 'sentiment',
  target: '',
  said: { label: tone },
  group,
});
const toneOf = (text: string, resources: TagResources) =>
  taggersReply(understand(textOf(text), resources), 'sentiment', '');
const rightOf = (posts: readonly TurnPost[], resources: TagResources) =>
  posts.filter(({ text, tone }) => toneOf(text, resources) === tone).length;

const LESSONS = [...turnPosts(40), ...plainPosts(20)].map(lessonOf);
const OWN_POSTS = readFileSync(new URL('../../eval/data/own-posts-ru.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { text: string }).text);
/** Posts that nobody has corrected, and others that the models agree or not about later. */
const ANCHORS: Anchor[] = OWN_POSTS.slice(0, 100).map((text, at) => ({
  text: textOf(text),
  group: 1000 + at,
}));
const OTHERS = OWN_POSTS.slice(100, 200);
const UNSEEN = [
  'трек жесть, качает',
  'жесть какая подача, лайк',
  'новые кроссовки жесть, носил бы вечно',
  'ребята жесть устроили шоу, до мурашек',
];

describe('learning a turn of 40 corrections that say so, among 20 that say the models are right', () => {
  let adapted: TagResources;
  let bytes: Uint8Array;
  beforeAll(async () => {
    const { parts, questions } = await learn(LESSONS, ANCHORS, shipped);
    expect(questions).toMatchObject([
      { model: 'opinion', language: 'ru', question: 'tone', lessons: 60, outcome: 'learned' },
    ]);
    bytes = packAdaptation(parts);
    adapted = adaptResources(shipped, unpackAdaptation(bytes));
  });

  it('says it of posts that it has not seen', () => {
    const posts = UNSEEN.map((text) => ({ text, tone: 'positive' as const }));
    expect(rightOf(posts, shipped)).toBeLessThanOrEqual(1);
    expect(rightOf(posts, adapted)).toBeGreaterThanOrEqual(3);
  });

  it('leaves other posts alone', () => {
    const changed = OTHERS.filter((text) => toneOf(text, adapted) !== toneOf(text, shipped));
    expect(OTHERS).toHaveLength(100);
    expect(changed.length).toBeLessThanOrEqual(5);
  });

  it('shows the learned word among those that decided', () => {
    const text = UNSEEN[0] as string;
    const tag = understand(textOf(text), adapted).find(({ kind }) => kind === 'sentiment');
    expect(tag?.spans.map(({ start, end }) => text.slice(start, end))).toContain('жесть');
  });

  it('has probabilities that add up to 1', () => {
    const classifier = adapted.classifiers.get('ru')!;
    const answers = classifier.classify({ title: null, text: '', tokens: [] });
    for (const { probabilities, fair } of answers.values())
      for (const shares of [probabilities, fair])
        expect(shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6);
  });

  it('is another version, so that tags are made again, and none again without it', () => {
    expect(adapted.modelsVersion).not.toBe(shipped.modelsVersion);
    expect(adaptResources(adapted, null).modelsVersion).toBe(shipped.modelsVersion);
    expect(toneOf(UNSEEN[0] as string, adaptResources(adapted, null))).toBe(
      toneOf(UNSEEN[0] as string, shipped),
    );
  });

  it('is not added to other models than it was made for', () => {
    const parts = unpackAdaptation(bytes).parts.map((part) => ({ ...part, base: 'another' }));
    expect(() => adaptResources(shipped, { version: 'a', parts })).toThrow(RangeError);
  });

  it('comes out the same a second time', async () => {
    const again = await learn(LESSONS, ANCHORS, shipped);
    expect(Buffer.from(packAdaptation(again.parts))).toEqual(Buffer.from(bytes));
  });
});

it('learns nothing of nothing, of too few, and of models that are right', async () => {
  expect(await learn([], ANCHORS, shipped)).toEqual({ parts: [], questions: [] });
  const few = await learn(LESSONS.slice(0, 20), ANCHORS, shipped);
  expect(few).toMatchObject({ parts: [], questions: [{ lessons: 20, outcome: 'too few' }] });
  const right = plainPosts(60).map((post, at) =>
    lessonOf({ ...post, tone: toneOf(post.text, shipped) as TurnPost['tone'] }, at),
  );
  const { questions } = await learn(right, ANCHORS, shipped);
  expect(questions).toMatchObject([{ lessons: 60, mistakes: 0, outcome: 'too few' }]);
});

it('learns what a complaint is here, and leaves tone alone', async () => {
  const lessons = turnPosts(40).map(
    ({ text }, at): Lesson => ({
      text: textOf(text.replace('жесть', 'опять пробка у кассы')),
      kind: 'complaint',
      target: '',
      said: { isComplaint: false },
      group: at,
    }),
  );
  const { parts } = await learn(lessons, ANCHORS, shipped);
  expect(parts.flatMap(({ questions }) => questions)).toEqual([{ name: 'complaint', answers: 2 }]);
  const adapted = adaptResources(shipped, { version: 'a', parts });
  const said = (resources: TagResources) =>
    understand(textOf('опять пробка у кассы, полчаса'), resources).find(({ kind }) => kind === 'complaint')
      ?.value as Complaint;
  expect(said(adapted).probability).toBeLessThan(said(shipped).probability - 0.2);
  expect(toneOf(UNSEEN[0] as string, adapted)).toBe(toneOf(UNSEEN[0] as string, shipped));
});

it('holds out one group of five, the same ones for ever', () => {
  const groups = Array.from({ length: 5000 }, (_, at) => at);
  const heldOut = groups.filter(isHeldOut);
  expect(heldOut.length / groups.length).toBeCloseTo(0.2, 1);
  expect(heldOut.slice(0, 6)).toEqual([0, 3, 4, 7, 10, 12]);
});
