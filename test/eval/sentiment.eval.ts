import { beforeAll, describe, it } from 'vitest';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import type { TagResources, Target } from '../../src/model/ports.ts';
import type { Complaint, LanguageTag, Sentiment, Tag } from '../../src/model/tag.ts';
import { expectAtLeast } from './floors.ts';
import { f1, type Judged, macroF1 } from './macro-f1.ts';
import { readPosts, readTag, tagPost } from './tagged.ts';

interface Post {
  language: 'ru' | 'en';
  sentiment: string;
  complaint: boolean;
  text: string;
  targets?: Record<string, string>;
}

// The posts are our own. While word lists told tones and complaints, these were corrected after a look at them, so that the floors
// flattered; with the models, which have never seen the posts, they were set anew. One has fallen since, the precision of English
// complaints from .85 to .80, for the place where a post is called one is now found in a steadier way: F1 rose. own-posts.eval.ts says more.
const posts = readPosts<Post>('posts.jsonl');

let resources: TagResources;
beforeAll(async () => {
  resources = await loadTagResources();
});

function tagsOf(post: Post): Tag[] {
  const targets = Object.keys(post.targets ?? {}).map((key): Target => {
    const start = post.text.indexOf(key);
    return { key, spans: [{ field: 'text', start, end: start + key.length }] };
  });
  return tagPost(post.text, targets, resources);
}

/** What a person is asked about counts as no opinion. */
const told = ({ label }: Sentiment) => (label === 'unsure' ? 'neutral' : label);

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
