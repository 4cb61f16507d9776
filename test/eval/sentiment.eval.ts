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

// The posts are our own. The older 116 were corrected after a look at them, while word lists told tones and complaints, so that they flatter;
// with 50 to 70 of a language one post was two points, and a better model could not be told from luck. They are measured together with the
// held-out posts of many trades since, 751 in all. On these the models before stood at: tone .735 ru, .680 en, complaints F1 .728 and .714,
// their precision .651 and .688.
const older = readPosts<Post>('posts.jsonl');

interface OwnPost extends Omit<Post, 'language' | 'sentiment'> {
  tone: string;
}

const later = (['ru', 'en'] as const).flatMap((language) =>
  readPosts<OwnPost>(`own-posts-${language}.jsonl`).map(
    ({ tone, complaint, text }): Post => ({ language, sentiment: tone, complaint, text }),
  ),
);
const posts = [...older, ...later];

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
    const pairs = older.flatMap((post) => {
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
    const right = older.filter(
      (post) => readTag<LanguageTag>(tagsOf(post), 'language').code === post.language,
    ).length;
    expectAtLeast('language.accuracy', right / older.length);
  });
});
