import { beforeAll, describe, it } from 'vitest';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import type { TagResources } from '../../src/model/ports.ts';
import type { Complaint, KindTag, Sentiment, Tag } from '../../src/model/tag.ts';
import { targetIn } from '../../src/understand/target-in.ts';
import { expectAtLeast } from './floors.ts';
import { f1, type Judged, macroF1 } from './macro-f1.ts';
import { readPosts, readTag, tagPost } from './tagged.ts';

interface Post {
  text: string;
  tone: string;
  kind: string;
  complaint: boolean;
  targets: Record<string, string>;
}

let resources: TagResources;
beforeAll(async () => {
  resources = await loadTagResources();
});

function tagsOf({ text, targets }: Post): Tag[] {
  const named = Object.keys(targets).map((name) => targetIn(text, name, [name]));
  return tagPost(text, named, resources);
}

const TONES = ['negative', 'neutral', 'positive'];

describe.each(['ru', 'en'])('posts of many trades in %s', (language) => {
  // A quarter of what was written for Molva: no model has learned from it.
  const posts = readPosts<Post>(`own-posts-${language}.jsonl`);
  let judged: { post: Post; tags: Tag[] }[] = [];
  beforeAll(() => {
    judged = posts.map((post) => ({ post, tags: tagsOf(post) }));
  });

  it('sound as people say', () => {
    const pairs = judged.map(
      ({ post, tags }): Judged => ({
        gold: post.tone,
        told: readTag<Sentiment>(tags, 'sentiment').best ?? '',
      }),
    );
    expectAtLeast(`own.${language}.tone.macroF1`, macroF1(pairs, TONES));
  });

  it('sound so towards each brand', () => {
    const pairs = judged.flatMap(({ post, tags }) =>
      Object.entries(post.targets).map(
        ([name, gold]): Judged => ({ gold, told: readTag<Sentiment>(tags, 'sentiment', name).best ?? '' }),
      ),
    );
    const right = pairs.filter(({ gold, told }) => gold === told).length;
    expectAtLeast(`own.${language}.targets.accuracy`, right / pairs.length);
  });

  it('are told from complaints', () => {
    const pairs = judged.map(
      ({ post, tags }): Judged => ({
        gold: String(post.complaint),
        told: String(readTag<Complaint>(tags, 'complaint').isComplaint),
      }),
    );
    expectAtLeast(`own.${language}.complaint.f1`, f1(pairs, 'true'));
  });

  it('are of the kind that people say', () => {
    const pairs = judged.map(
      ({ post, tags }): Judged => ({ gold: post.kind, told: readTag<KindTag>(tags, 'kind').kind }),
    );
    const right = pairs.filter(({ gold, told }) => gold === told).length;
    expectAtLeast(`own.${language}.kind.accuracy`, right / pairs.length);
  });
});
