import { z } from 'zod';
import type { DocumentSigns, FoundAuthor, FoundDocument } from '../../src/model/document.ts';
import { fromSeconds, listOf } from './ask.ts';

const profile = z.object({
  id: z.number(),
  first_name: z.string().default(''),
  last_name: z.string().default(''),
  screen_name: z.string().optional(),
});
const group = z.object({ id: z.number(), name: z.string(), screen_name: z.string().optional() });
const post = z.object({
  id: z.number(),
  owner_id: z.number(),
  from_id: z.number(),
  date: z.number(),
  text: z.string(),
  is_pinned: z.number().optional(),
  comments: z.object({ count: z.number() }).optional(),
  views: z.object({ count: z.number() }).optional(),
  attachments: z.array(z.object({ type: z.string() })).catch([]),
  /** What is passed on, the nearest first. */
  copy_history: z.array(z.object({ text: z.string().default('') })).catch([]),
});
const reply = z.object({
  id: z.number(),
  from_id: z.number(),
  date: z.number(),
  text: z.string().default(''),
  reply_to_comment: z.number().optional(),
  deleted: z.boolean().optional(),
});
const comment = reply.extend({ thread: z.object({ items: listOf(reply).optional() }).optional() });
const people = { profiles: listOf(profile).optional(), groups: listOf(group).optional() };

export const postsAnswer = z.object({ items: listOf(post), next_from: z.string().optional(), ...people });
export const commentsAnswer = z.object({ items: listOf(comment), ...people });
export type VkPost = z.output<typeof post>;
type Reply = z.output<typeof reply>;
type People = Pick<z.output<typeof postsAnswer>, 'profiles' | 'groups'>;

/** `-77_12`: owner and post, as in the post's address. */
export function keyOf({ owner_id, id }: VkPost): string {
  return `${owner_id}_${id}`;
}

/** Groups have negative ids. The handle is the number, which stays; names in addresses change. */
function authorOf(id: number, { profiles = [], groups = [] }: People): FoundAuthor {
  const handle = id < 0 ? `club${-id}` : `id${id}`;
  const user = profiles.find((one) => one.id === id);
  const club = groups.find((one) => one.id === -id);
  const name = club?.name ?? `${user?.first_name ?? ''} ${user?.last_name ?? ''}`.trim();
  const address = user?.screen_name ?? club?.screen_name ?? handle;
  return {
    site: 'vk.com',
    handle,
    ...(name === '' ? {} : { name }),
    profileUrl: `https://vk.com/${address}`,
  };
}

/** `[id7|Анна]` names somebody. */
function plain(text: string): string {
  return text.replace(/\[(?:id|club|public|event)-?\d+(?::[^|\]]*)?\|([^\]]*)\]/g, '$1').trim();
}

export function asPost(found: VkPost, people: People, now: Date): FoundDocument {
  return {
    externalId: keyOf(found),
    url: `https://vk.com/wall${keyOf(found)}`,
    kind: 'post',
    // Whoever adds a word speaks for himself; without one, what is passed on is what is said.
    text: plain(found.text) || plain(found.copy_history[0]?.text ?? ''),
    author: authorOf(found.from_id, people),
    publishedAt: fromSeconds(found.date, now),
    signs: signsOf(found),
  };
}

function signsOf({ attachments, copy_history, views }: VkPost): DocumentSigns {
  return {
    ...(attachments.some(({ type }) => type === 'photo') ? { hasImage: true } : {}),
    ...(copy_history.length === 0 ? {} : { isRepost: true }),
    ...(views === undefined ? {} : { reach: views.count }),
  };
}

function asReply(
  found: Reply,
  post: string,
  above: number | undefined,
  people: People,
  now: Date,
): FoundDocument {
  const url = `https://vk.com/wall${post}`;
  const answered = found.reply_to_comment ?? above;
  return {
    externalId: `${post}_r${found.id}`,
    url: `${url}?reply=${found.id}${above === undefined ? '' : `&thread=${above}`}`,
    kind: 'comment',
    text: plain(found.text),
    author: authorOf(found.from_id, people),
    publishedAt: fromSeconds(found.date, now),
    thread: { externalId: post, title: '', url },
    parentExternalId: answered === undefined ? post : `${post}_r${answered}`,
  };
}

/** Comments and the answers that stand beneath them. */
export function asComments(
  { items, ...people }: z.output<typeof commentsAnswer>,
  post: string,
  now: Date,
): FoundDocument[] {
  const all = items.flatMap((one) => [
    { found: one, above: undefined },
    ...(one.thread?.items ?? []).map((found) => ({ found, above: one.id })),
  ]);
  return all
    .filter(({ found }) => found.deleted !== true && found.text !== '')
    .map(({ found, above }) => asReply(found, post, above, people, now));
}
