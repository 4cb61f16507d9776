import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import type { TagResources, Target } from '../../src/model/ports.ts';
import type { Complaint, LanguageTag, Sentiment, Tag } from '../../src/model/tag.ts';
import { understand } from '../../src/understand/understand.ts';
import { f1, type Judged, macroF1 } from './macro-f1.ts';

interface Post {
  language: 'ru' | 'en';
  sentiment: string;
  complaint: boolean;
  text: string;
  targets?: Record<string, string>;
}

// Floors only rise. The posts are our own, and the word lists were corrected after a look at them: the figures flatter.
const floors = JSON.parse(readFileSync(new URL('./baseline.json', import.meta.url), 'utf8')) as Record<
  string,
  number
>;
const posts = readFileSync(new URL('./data/posts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Post);

let resources: TagResources;
beforeAll(async () => {
  resources = await loadTagResources();
});

function tagsOf(post: Post): Tag[] {
  const targets = Object.keys(post.targets ?? {}).map((key): Target => {
    const start = post.text.indexOf(key);
    return { key, spans: [{ field: 'text', start, end: start + key.length }] };
  });
  const document = { title: null, text: post.text, kind: 'post' as const, declaredLanguage: null };
  return understand({ document, targets }, resources);
}

function readTag<Value>(tags: readonly Tag[], kind: string, target = ''): Value {
  return tags.find((tag) => tag.kind === kind && tag.target === target)?.value as Value;
}

/** What a person is asked about counts as no opinion. */
const told = ({ label }: Sentiment) => (label === 'unsure' ? 'neutral' : label);

function expectAtLeast(name: string, figure: number): void {
  const floor = floors[name];
  expect(floor, `no floor for ${name} in baseline.json`).toBeDefined();
  expect(figure, `${name}: ${figure.toFixed(3)}`).toBeGreaterThanOrEqual(floor ?? 1);
}

const TONES = ['negative', 'neutral', 'positive'];

describe('quality floors', () => {
  it.each(['ru', 'en'] as const)('sentiment of posts in %s', (language) => {
    const own = posts.filter((post) => post.language === language);
    const pairs = own.map(
      (post): Judged => ({ gold: post.sentiment, told: told(readTag(tagsOf(post), 'sentiment')) }),
    );
    expectAtLeast(`sentiment.${language}.macroF1`, macroF1(pairs, TONES));
  });

  it('sentiment towards named targets', () => {
    const pairs = posts.flatMap((post) => {
      const tags = tagsOf(post);
      return Object.entries(post.targets ?? {}).map(
        ([key, gold]): Judged => ({ gold, told: told(readTag(tags, 'sentiment', key)) }),
      );
    });
    const right = pairs.filter((pair) => pair.gold === pair.told).length;
    expectAtLeast('sentiment.targets.accuracy', right / pairs.length);
  });

  it.each(['ru', 'en'] as const)('complaints in %s', (language) => {
    const own = posts.filter((post) => post.language === language);
    const pairs = own.map((post): Judged => {
      const { isComplaint } = readTag<Complaint>(tagsOf(post), 'complaint');
      return { gold: String(post.complaint), told: String(isComplaint) };
    });
    const alarms = pairs.filter((pair) => pair.told === 'true');
    expectAtLeast(`complaint.${language}.f1`, f1(pairs, 'true'));
    expectAtLeast(
      `complaint.${language}.precision`,
      alarms.filter((pair) => pair.gold === 'true').length / alarms.length,
    );
  });

  it('language of short posts', () => {
    const right = posts.filter(
      (post) => readTag<LanguageTag>(tagsOf(post), 'language').code === post.language,
    ).length;
    expectAtLeast('language.accuracy', right / posts.length);
  });
});
