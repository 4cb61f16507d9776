import { readFileSync } from 'node:fs';
import { beforeAll, describe, it } from 'vitest';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import type { TagResources } from '../../src/model/ports.ts';
import type { Complaint, KindTag, Sentiment, Tag } from '../../src/model/tag.ts';
import { targetIn } from '../../src/understand/target-in.ts';
import { understand } from '../../src/understand/understand.ts';
import { expectAtLeast } from './floors.ts';
import { f1, type Judged, macroF1 } from './macro-f1.ts';

interface Post {
  text: string;
  tone: string;
  kind: string;
  complaint: boolean;
  targets: Record<string, string>;
}

/** A quarter of the posts that were written for Molva; no model has learned from it. */
function readPosts(language: string): Post[] {
  const text = readFileSync(new URL(`./data/own-posts-${language}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Post);
}

let resources: TagResources;
beforeAll(async () => {
  resources = await loadTagResources();
});

function tagsOf({ text, targets }: Post): Tag[] {
  const document = { title: null, text, kind: 'post' as const, declaredLanguage: null };
  const named = Object.keys(targets).map((name) => targetIn(text, name, [name]));
  return understand({ document, targets: named }, resources);
}

function read<Value>(tags: readonly Tag[], kind: string, target = ''): Value {
  return tags.find((tag) => tag.kind === kind && tag.target === target)?.value as Value;
}

const TONES = ['negative', 'neutral', 'positive'];

describe.each(['ru', 'en'])('posts of many trades in %s', (language) => {
  const posts = readPosts(language);
  let judged: { post: Post; tags: Tag[] }[] = [];
  beforeAll(() => {
    judged = posts.map((post) => ({ post, tags: tagsOf(post) }));
  });

  it('sound as people say', () => {
    const pairs = judged.map(
      ({ post, tags }): Judged => ({ gold: post.tone, told: read<Sentiment>(tags, 'sentiment').best ?? '' }),
    );
    expectAtLeast(`own.${language}.tone.macroF1`, macroF1(pairs, TONES));
  });

  it('sound so towards each brand', () => {
    const pairs = judged.flatMap(({ post, tags }) =>
      Object.entries(post.targets).map(
        ([name, gold]): Judged => ({ gold, told: read<Sentiment>(tags, 'sentiment', name).best ?? '' }),
      ),
    );
    const right = pairs.filter(({ gold, told }) => gold === told).length;
    expectAtLeast(`own.${language}.targets.accuracy`, right / pairs.length);
  });

  it('are told from complaints', () => {
    const pairs = judged.map(
      ({ post, tags }): Judged => ({
        gold: String(post.complaint),
        told: String(read<Complaint>(tags, 'complaint').isComplaint),
      }),
    );
    expectAtLeast(`own.${language}.complaint.f1`, f1(pairs, 'true'));
  });

  it('are of the kind that people say', () => {
    const pairs = judged.map(
      ({ post, tags }): Judged => ({ gold: post.kind, told: read<KindTag>(tags, 'kind').kind }),
    );
    const right = pairs.filter(({ gold, told }) => gold === told).length;
    expectAtLeast(`own.${language}.kind.accuracy`, right / pairs.length);
  });
});
