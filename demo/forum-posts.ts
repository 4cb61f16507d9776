import { hoursBefore } from './sites.ts';
import { FORUM, LATE_POST } from './texts/forum.ts';
import type { SamplePost } from './texts/sample.ts';

export interface ForumPost extends Omit<SamplePost, 'hoursAgo'> {
  id: number;
  at: Date;
}

export interface ForumThread {
  id: number;
  title: string;
  posts: ForumPost[];
}

/** Numbered in the order of time over the whole forum, as a real one does. */
export function forumThreads(now: Date): ForumThread[] {
  const all = FORUM.flatMap((thread) => thread.posts);
  const byTime = [...all].sort((one, two) => two.hoursAgo - one.hoursAgo);
  const numbers = new Map(byTime.map((post, index) => [post, 101 + index]));
  return FORUM.map((thread) => ({
    id: thread.id,
    title: thread.title,
    posts: thread.posts.map((post) => ({
      ...post,
      id: numbers.get(post) ?? 0,
      at: hoursBefore(now, post.hoursAgo),
    })),
  }));
}

/** Adds the post that was held back. */
export function addLatePost(threads: ForumThread[], at: Date): ForumPost | null {
  const thread = threads.find((each) => each.id === LATE_POST.thread);
  if (!thread) return null;
  const last = Math.max(...threads.flatMap((each) => each.posts.map((post) => post.id)));
  const { author, text, about, complaint } = LATE_POST;
  const post: ForumPost = { id: last + 1, at, author, text, about, complaint };
  thread.posts.push(post);
  return post;
}

export function threadPath(thread: ForumThread, start = 0): string {
  return `/forum/viewtopic.php?f=2&t=${thread.id}${start > 0 ? `&start=${start}` : ''}`;
}

/** The engine's permanent link; it does not change when a thread grows. */
export function postPath(post: ForumPost): string {
  return `/forum/viewtopic.php?p=${post.id}#p${post.id}`;
}
