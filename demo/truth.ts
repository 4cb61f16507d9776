import type { SentimentLabel } from '../src/model/tag.ts';
import { type ForumPost, forumThreads, postPath } from './forum-posts.ts';
import { articlePath, BLOGS, hoursBefore } from './sites.ts';
import { PEOPLE } from './texts/people.ts';
import type { Brand, SampleArticle } from './texts/sample.ts';

/** What a careful reader would say of one document of the sample world. */
export interface TrueDocument {
  kind: 'article' | 'post';
  /** The permanent link within the world's origin, fragment included. */
  path: string;
  title: string | null;
  author: string;
  publishedAt: Date;
  /** Brands it is about, with the tone towards each; empty when it is about none. */
  brands: Partial<Record<Brand, SentimentLabel>>;
  complaint: boolean;
  /** External id of the customer who wrote it. */
  customer: string | null;
}

export function worldTruth(now: Date): TrueDocument[] {
  const articles = BLOGS.flatMap((blog) =>
    blog.articles.map((article) => ({
      kind: 'article' as const,
      path: articlePath(blog, article),
      title: article.title,
      publishedAt: hoursBefore(now, article.hoursAgo),
      ...judgement(article),
    })),
  );
  const posts = forumThreads(now).flatMap((thread) =>
    thread.posts.map((post) => ({
      kind: 'post' as const,
      path: postPath(post),
      title: null,
      publishedAt: post.at,
      ...judgement(post),
    })),
  );
  return [...articles, ...posts];
}

function judgement(text: SampleArticle | ForumPost) {
  return {
    author: text.author,
    brands: text.about ?? {},
    complaint: text.complaint ?? false,
    customer: PEOPLE[text.author]?.customer ?? null,
  };
}
